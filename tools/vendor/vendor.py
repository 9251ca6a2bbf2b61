"""`./run vendor`: fetches the front-end packages of package-lock.json and copies the few files that we serve.

ECharts is cut down to the charts we draw: `charts.js`, bundled by the esbuild of the same lock.

A new version: change package.json, `npm install --package-lock-only` in this folder, `./run vendor`.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
SERVED = Path("src/niangjia/static/vendor")
TESTED = Path("tests/browser/vendor")

# Where to, which package, which of its files.
FILES = (
    (SERVED, "htmx.org", "dist/htmx.min.js", "htmx.min.js"),
    (SERVED, "htmx.org", "LICENSE", "htmx.LICENSE"),
    (SERVED, "echarts", "charts.min.js", "charts.min.js"),
    (SERVED, "echarts", "LICENSE", "echarts.LICENSE"),
    (SERVED, "echarts", "NOTICE", "echarts.NOTICE"),
    (SERVED, "zrender", "LICENSE", "zrender.LICENSE"),
    (TESTED, "axe-core", "axe.min.js", "axe.min.js"),
    (TESTED, "axe-core", "LICENSE", "axe.LICENSE"),
)


def main() -> int:
    npm = shutil.which("npm")
    if npm is None:
        print("niangjia: `./run vendor` needs npm (apt-get install npm); running Niangjia does not.")
        return 1
    with tempfile.TemporaryDirectory(prefix="niangjia-npm-") as name:
        for source in ("package.json", "package-lock.json", ".npmrc", "charts.js"):
            shutil.copy(FOLDER / source, name)
        subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=name, check=True)
        bundle(Path(name))
        copy(Path(name) / "node_modules")
    return 0


def bundle(folder: Path) -> None:
    """Laid into the package that most of it comes from; the oldest browser of the offices sets the syntax."""
    target = folder / "node_modules/echarts/charts.min.js"
    command = [str(folder / "node_modules/.bin/esbuild"), "charts.js", "--bundle", "--minify", "--format=esm"]
    options = ["--target=chrome109", "--legal-comments=none", f"--outfile={target}", "--log-level=warning"]
    subprocess.run([*command, *options], cwd=folder, check=True)


def copy(modules: Path) -> None:
    locked = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for target in (SERVED, TESTED):
        shutil.rmtree(ROOT / target, ignore_errors=True)
        (ROOT / target).mkdir(parents=True)
        entries = [
            entry(package, locked, modules / package / inside, ROOT / target / file)
            for folder, package, inside, file in FILES
            if folder == target
        ]
        text = json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
        (ROOT / target / "manifest.json").write_text(text, encoding="utf-8")


def entry(package: str, locked: dict[str, dict[str, str]], source: Path, target: Path) -> dict[str, str]:
    shutil.copyfile(source, target)
    return {
        "package": package,
        "version": locked[f"node_modules/{package}"]["version"],
        "integrity": locked[f"node_modules/{package}"]["integrity"],
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }


if __name__ == "__main__":
    sys.exit(main())
