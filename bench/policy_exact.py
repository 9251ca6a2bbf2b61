"""0 differing fen between Python, DuckDB, Polars, PostgreSQL and Spark: 400 random policies, 100,000 households."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "policy"
sys.path.insert(0, str(FOLDER))

import environment  # noqa: E402

sys.exit(subprocess.run([environment.interpreter(), FOLDER / "exact.py", *sys.argv[1:]]).returncode)
