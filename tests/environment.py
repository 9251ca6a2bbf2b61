"""Loaded before Django: tests live in a home of their own, never in the developer's."""

import os
import tempfile

os.environ.setdefault("NIANGJIA_HOME", tempfile.mkdtemp(prefix="niangjia-tests-"))
os.environ["NIANGJIA_DEMO"] = "0"
# Pages under test need no `collectstatic`.
os.environ["NIANGJIA_HASHED_STATIC"] = "0"
# WhiteNoise warns of a folder that is not there.
os.makedirs(os.path.join(os.environ["NIANGJIA_HOME"], "static"), exist_ok=True)
