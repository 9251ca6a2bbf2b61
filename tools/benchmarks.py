"""`./run bench [name | all]`: lists the benchmarks, or runs one or all of them, one after the other."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "bench"


def benchmarks() -> dict[str, Path]:
    """By name: `bench/NAME.py`, or `bench/NAME/__main__.py` where it takes more than one file."""
    files = {path.stem: path for path in FOLDER.glob("*.py") if not path.stem.startswith("_")}
    folders = {path.parent.name: path for path in FOLDER.glob("*/__main__.py")}
    return dict(sorted({**files, **folders}.items()))


def purpose(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def main(arguments: list[str]) -> int:
    known = benchmarks()
    if not arguments:
        for name, path in known.items():
            print(f"{name:20} {purpose(path)}")
        return 0
    name, *rest = arguments
    if name != "all" and name not in known:
        print(f"niangjia: no benchmark is called {name}; `./run bench` lists them.")
        return 2
    chosen = list(known.values()) if name == "all" else [known[name]]
    codes = [subprocess.run([sys.executable, path, *rest], cwd=ROOT).returncode for path in chosen]
    return max(codes, default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
