"""Loaded before Django: tests live in a home of their own, never in the developer's."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("NIANGJIA_HOME", tempfile.mkdtemp(prefix="niangjia-tests-"))
os.environ["NIANGJIA_DEMO"] = "0"
# What a test writes need not survive a power cut.
os.environ.setdefault("NIANGJIA_DATABASE", f"sqlite:///{os.environ['NIANGJIA_HOME']}/tests.sqlite3?synchronous=OFF")
# Pages under test need no `collectstatic`.
os.environ["NIANGJIA_HASHED_STATIC"] = "0"
# WhiteNoise warns of a folder that is not there.
Path(os.environ["NIANGJIA_HOME"], "static").mkdir(exist_ok=True)
