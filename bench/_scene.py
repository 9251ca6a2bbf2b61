"""Signs the city's clerk in and prints, as JSON, the session and the addresses whose pages are measured."""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from niangjia.assistance.models import HardshipFile  # noqa: E402
from niangjia.config import prepare  # noqa: E402
from niangjia.kernel.models import User  # noqa: E402


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key is not None
    return session.session_key


def addresses() -> dict[str, str]:
    """Measured files are the first one, with a visit and two papers, and the second, in which 200 things happened."""
    file, long = HardshipFile.objects.get(pk=1), HardshipFile.objects.get(pk=2)
    found = {
        "trivial": "/bench/trivial/",
        "admin": "/bench/admin/membership/member/",
        "hardship list": reverse("hardship_files"),
        "hardship file": reverse("hardship_file", args=[file.public_id]),
        "file of 200 events": reverse("hardship_file", args=[long.public_id]),
        "inbox": reverse("inbox"),
    }
    try:
        found["members"] = reverse("members")
    except NoReverseMatch:
        print("niangjia: nobody serves a list of members", file=sys.stderr)
    return found


def prepare_files() -> None:
    """Translations and static files as they are now, the admin's included."""
    with redirect_stdout(sys.stderr):
        for folder in settings.LOCALE_PATHS:
            prepare.compile_translations(Path(folder))
        prepare.collect_static_files()


if __name__ == "__main__":
    prepare_files()
    clerk = User.objects.get(username="clerk")
    print(json.dumps({"session": session_of(clerk), "addresses": addresses()}))
