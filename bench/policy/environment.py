"""The benchmark's own Python environment: `python bench/policy/environment.py` builds it and prints its interpreter."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from _peers import ROOT
from _peers import interpreter as peers

HERE = Path(__file__).resolve().parent
FOLDER = ROOT / "var" / "bench" / "policy"


def interpreter() -> Path:
    """The environment's Python, built first when it is missing or out of date."""
    return peers("policy")


if __name__ == "__main__":
    print(interpreter())
