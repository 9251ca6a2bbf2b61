"""Writes policy files for tests, and asks them one case."""

from datetime import date
from pathlib import Path

from niangjia.policy.compiling import Compiled, compile_policy
from niangjia.policy.engine import Decision, Engine
from niangjia.policy.library import Library
from niangjia.policy.trace import Trace

ON = date(2025, 6, 1)


def write(
    root: Path,
    body: str,
    scheme: str = "aid",
    region: str = "350600",
    outputs: str = '["补助"]',
    head: str = "",
) -> Path:
    """A file with the usual head; `body` holds inputs, steps and what else is tried."""
    folder = root / region
    folder.mkdir(exist_ok=True)
    path = folder / f"{scheme}.toml"
    asked = f"outputs = {outputs}\n" if outputs else ""
    path.write_text(
        f'[policy]\nregion = "{region}"\nscheme = "{scheme}"\ntitle = {{ zh = "测试补助", en = "Test aid" }}\n'
        f'version = "1"\nfrom = 2024-01-01\nunit = "household"\nsource = "测试办法"\n{asked}{head}\n{body}',
        encoding="utf-8",
    )
    return path


def money(name: str = "自付", more: str = "") -> str:
    return f'[input."{name}"]\ntype = "money"\nmin = 0\nmax = 1000000\n{more}\n'


def flag(name: str) -> str:
    return f'[input."{name}"]\ntype = "bool"\n'


def step(expr: str, name: str = "补助", type_: str = '"money"', more: str = "") -> str:
    return f'[[step]]\nname = "{name}"\ntype = {type_}\nexpr = "{expr}"\nsource = "第一条"\n{more}\n'


def compiled(path: Path, on: date = ON, **options: object) -> Compiled:
    library = Library.around(path)
    return compile_policy(library.load(path), on, library, **options)  # type: ignore[arg-type]


def decide(path: Path, case: dict[str, object], on: date = ON, **options: object) -> Decision:
    return Engine(compiled(path, on, **options)).decide(case)


def explain(path: Path, case: dict[str, object], on: date = ON, **options: object) -> Trace:
    return Engine(compiled(path, on, **options)).explain(case)
