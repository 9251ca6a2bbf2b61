"""`niangjia policy …`: check, explain and docs for one file; run and compare come from `sets` and load only
then.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from niangjia.policy.errors import Finding, Place, PolicyError

if TYPE_CHECKING:
    from niangjia.policy.library import Library

    Commands = argparse._SubParsersAction[Any]


def main(argv: Sequence[str]) -> int:
    """0 = fine, 1 = the policy or case is wrong (said on stderr or in the report), 2 = wrong words on the
    line.
    """
    parser = _parser(argv[0] if argv else "")
    words = parser.parse_args(list(argv))
    try:
        code: int = words.run(words)
    except PolicyError as error:
        print(error.text(getattr(words, "lang", "zh")), file=sys.stderr)
        return 1
    except FileNotFoundError as error:
        said = "There is no such file." if getattr(words, "lang", "zh") == "en" else "没有这个文件。"
        print(f"{error.filename}: {said}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return code


class _Help(argparse.HelpFormatter):
    """A fixed width: to ask for the terminal's, argparse loads shutil and all its archive formats."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


class _Parser(argparse.ArgumentParser):
    """Its subcommands are parsers of this class too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)


def _parser(word: str) -> argparse.ArgumentParser:
    """Builds only the subcommand asked for: describing all of them costs as much as an explanation."""
    parser = _Parser(prog="niangjia policy", description="政策文件：检查、解释、测算")
    commands = parser.add_subparsers(required=True, metavar="check | explain | docs | run | compare")
    for name, describe in _OWN.items():
        if word == name or word not in _OWN:
            describe(commands)
    if word not in _OWN:
        import_module("niangjia.policy.sets.command").register(commands)
    return parser


def _describe_check(commands: Commands) -> None:
    check = commands.add_parser("check", help="检查政策文件并运行其中的示例")
    check.add_argument("files", nargs="*", type=Path, help="政策文件或文件夹；不写则检查随附的全部政策")
    check.add_argument("--strict", action="store_true", help="警告也算不通过")
    check.add_argument("--quiet", action="store_true", help="不打印提示")
    check.add_argument("--lang", choices=("zh", "en"), default="zh")
    check.set_defaults(run=_check)


def _describe_explain(commands: Commands) -> None:
    explain = commands.add_parser("explain", help="对一个案例逐步解释")
    explain.add_argument("file", type=Path)
    explain.add_argument("--case", type=Path, required=True, help="JSON 文件：各输入的名称与值")
    explain.add_argument("--on", type=day, help="事发日，如 2025-10-01；不写则为政策首日")
    explain.add_argument("--set", action="append", default=[], metavar="参数=值", help="改用另一种参数")
    explain.add_argument("--order", default="", help="多层政策的另一种顺序")
    explain.add_argument(
        "--lift", action="append", default=[], metavar="步骤=理由", help="放开“原则上”的封顶"
    )
    explain.add_argument("--lang", choices=("zh", "en"), default="zh")
    explain.add_argument("--json", action="store_true", help="输出 JSON")
    explain.add_argument("--html", action="store_true", help="输出 HTML 片段")
    explain.set_defaults(run=_explain)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是日期，请写成 2025-10-01 (write a day as 2025-10-01)"
        ) from None


def _describe_docs(commands: Commands) -> None:
    docs = commands.add_parser("docs", help="打印一份政策的手册页（Markdown）")
    docs.add_argument("file", type=Path, nargs="?", help="政策文件或文件夹；不写则列出随附的全部政策")
    docs.add_argument("--lang", choices=("zh", "en"), default="zh")
    docs.set_defaults(run=_docs)


_OWN = {"check": _describe_check, "explain": _describe_explain, "docs": _describe_docs}


def _check(words: argparse.Namespace) -> int:
    from niangjia.policy.checks import check
    from niangjia.policy.library import SHIPPED, Library

    files = [each for given in words.files or [SHIPPED] for each in _files(given)]
    if not files:
        print("没有找到政策文件。" if words.lang == "zh" else "No policy files found.", file=sys.stderr)
        return 1
    libraries: dict[Path, Library] = {}
    failed = 0
    for path in files:
        root = path.resolve().parent.parent
        library = libraries.setdefault(root, Library.around(path))
        findings = [] if not path.is_file() else check(path, library)
        failed += _report(path, findings, words)
    total = len(files)
    zh = f"{total} 份政策，{total - failed} 份通过，{failed} 份有错。"
    print(zh if words.lang == "zh" else f"Policies: {total}, passed: {total - failed}, failed: {failed}.")
    return 1 if failed else 0


def _files(given: Path) -> list[Path]:
    return sorted(given.rglob("*.toml")) if given.is_dir() else [given]


_LEVELS = {
    "zh": {"error": "错误", "warning": "警告", "note": "提示"},
    "en": {"error": "error", "warning": "warning", "note": "note"},
}


def _report(path: Path, findings: list[Finding], words: argparse.Namespace) -> bool:
    if not path.is_file():
        findings = [Finding("error", "没有这个文件。", "There is no such file.", Place(path.name))]
    shown = [finding for finding in findings if not (words.quiet and finding.level == "note")]
    bad = ("error", "warning") if words.strict else ("error",)
    failed = any(finding.level in bad for finding in findings)
    sign = "✗" if failed else "✓"
    print(f"{sign} {Path(path.parent.name) / path.name}")
    for finding in shown:
        print(f"    {_LEVELS[words.lang][finding.level]}: {finding.text(words.lang)}")
    return failed


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise PolicyError(f"“{each}”应写成 名称=值。", f"'{each}' should be name=value.")
        pairs[name] = value
    return pairs


def _setting(text: str) -> object:
    """A parameter from the command line: true, a number, a day, else a label."""
    if text in ("true", "false"):
        return text == "true"
    for read in (Decimal, date.fromisoformat):
        try:
            return read(text)
        except (ArithmeticError, ValueError):
            continue
    return text


def _case(path: Path) -> dict[str, object]:
    from niangjia.policy.examples import normal

    try:
        case = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        line, column = getattr(error, "lineno", 0), getattr(error, "colno", 0)
        raise PolicyError(
            '案例不是 JSON，请检查引号、逗号和括号，如 {"自付": 5000}。',
            'The case is not JSON; check quotes, commas and brackets, like {"自付": 5000}.',
            Place(path.name, line=line, column=column),
        ) from None
    if not isinstance(case, dict):
        raise PolicyError("案例应是一个对象 {…}。", "The case should be an object {…}.").within(
            file=path.name
        )
    made: dict[str, object] = normal(case)
    return made


def _explain(words: argparse.Namespace) -> int:
    from niangjia.policy.compiling import compile_policy
    from niangjia.policy.engine import Engine
    from niangjia.policy.examples import strangers
    from niangjia.policy.library import Library, refuse_another_time

    library = Library.around(words.file)
    policy = library.load(words.file)
    on = words.on or policy.start
    refuse_another_time(policy, on, library)
    compiled = compile_policy(
        policy,
        on,
        library,
        settings={name: _setting(value) for name, value in _pairs(words.set).items()},
        lifted=_pairs(words.lift),
        order=words.order,
    )
    trace = Engine(compiled).explain(_case(words.case))
    for stranger in strangers(trace):
        print(stranger.text(words.lang), file=sys.stderr)
    if words.json:
        print(json.dumps(trace.json(words.lang), ensure_ascii=False, indent=1))
        return 0
    from niangjia.policy import rendering
    from niangjia.policy.explanation import explain

    made = explain(trace, words.lang)
    print(rendering.html(made) if words.html else rendering.text(made), end="")
    return 0


def _docs(words: argparse.Namespace) -> int:
    from niangjia.policy import handbook, inventory
    from niangjia.policy.library import SHIPPED, Library

    if words.file is None or words.file.is_dir():
        print(inventory.page(Library(words.file or SHIPPED), words.lang), end="")
        return 0
    library = Library.around(words.file)
    print(handbook.page(library.load(words.file), library, words.lang), end="")
    return 0
