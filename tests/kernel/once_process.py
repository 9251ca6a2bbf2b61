"""`python -m tests.kernel.once_process USER FOLDER NAME`: sends one slow request as soon as two are ready."""

import os
import sys
import time
from pathlib import Path

import django

django.setup()

from niangjia.kernel.access import Actor  # noqa: E402
from niangjia.kernel.once import once  # noqa: E402
from niangjia.kernel.users import User  # noqa: E402
from tests.kernel import work  # noqa: E402


def slow() -> dict[str, int]:
    work.effect("once")
    time.sleep(0.5)
    return {"done_by": os.getpid()}


user, folder, name = User.objects.get(pk=sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
(folder / f"{name}.ready").touch()
while len(list(folder.glob("*.ready"))) < 2:
    time.sleep(0.01)
print(once("one-key-for-both", Actor(user), "the same request", slow)["done_by"])
