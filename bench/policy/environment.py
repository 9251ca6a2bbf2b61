"""The benchmark's own Python environment: peers live here and nowhere else in the project.

`python bench/policy/environment.py` builds var/bench/policy when requirements.txt changed and prints its
interpreter.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FOLDER = ROOT / "var" / "bench" / "policy"


def interpreter() -> Path:
    """The environment's Python, built first when it is missing or out of date."""
    requirements = HERE / "requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    stamp = FOLDER / "requirements.sha256"
    python = FOLDER / "bin" / "python"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return python
    venv.create(FOLDER, clear=True, with_pip=True)
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", requirements],
        check=True,
    )
    paths = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # The project itself is read from the checkout, never installed.
    (Path(paths.stdout.strip()) / "niangjia.pth").write_text(f"{ROOT}\n{ROOT / 'src'}\n", encoding="utf-8")
    stamp.write_text(digest, encoding="ascii")
    return python


if __name__ == "__main__":
    print(interpreter())
