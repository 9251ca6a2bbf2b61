"""Environments of benchmarks that need packages of their own: peers live there and nowhere else in the project."""

import hashlib
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent


def interpreter(name: str, *, beside: bool = False) -> Path:
    """The Python of `var/bench/NAME`, built first when `bench/NAME/requirements.txt` changed.

    `beside`: it also sees the packages of the project's own environment, for peers that are add-ons of those.
    """
    folder, requirements = ROOT / "var" / "bench" / name, BENCH / name / "requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "requirements.sha256"
    python = folder / "bin" / "python"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return python
    venv.create(folder, clear=True, with_pip=True)
    install = ["install", "--quiet", "--require-hashes", *(["--no-deps"] if beside else [])]
    subprocess.run([python, "-m", "pip", *install, "--requirement", requirements], check=True)
    paths = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # The project itself is read from the checkout, never installed.
    seen = [ROOT, ROOT / "src", *([sysconfig.get_path("purelib")] if beside else [])]
    text = "".join(f"{path}\n" for path in seen)
    (Path(paths.stdout.strip()) / "niangjia.pth").write_text(text, encoding="utf-8")
    stamp.write_text(digest, encoding="ascii")
    return python
