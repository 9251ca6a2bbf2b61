"""Loaded before Django: tests live in a home of their own, never in the developer's; parallel ones in one each."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _home() -> Path:
    # The first process makes the home; the workers it starts inherit it and take a folder of their own in it.
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        return Path(os.environ["NIANGJIA_HOME"], worker)
    made = Path(tempfile.mkdtemp(prefix="niangjia-tests-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


HOME = _home()
for inherited in ("KEYS", "FILES", "ANCHORS", "SPOOL"):
    os.environ.pop(f"NIANGJIA_{inherited}", None)
os.environ["NIANGJIA_HOME"] = str(HOME)
os.environ["NIANGJIA_DEMO"] = "0"
# What a test writes need not survive a power cut.
os.environ.setdefault("NIANGJIA_DATABASE", f"sqlite:///{HOME}/tests.sqlite3?synchronous=OFF")
# Pages under test need no `collectstatic`.
os.environ["NIANGJIA_HASHED_STATIC"] = "0"
# WhiteNoise warns of a folder that is not there.
(HOME / "static").mkdir(parents=True, exist_ok=True)
