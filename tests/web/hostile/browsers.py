"""Browsers of all kinds of people, and every address that the project serves."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLResolver, get_resolver

from niangjia.kernel.access import DUTIES
from niangjia.kernel.users import User
from niangjia.web.shell.identity import DOOR, PHONE
from tests.cast import a_post, a_user

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser(user: User | None, **options: Any) -> Client:
    client = Client(**options)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def all_duties_at(unit: Any) -> User:
    user = a_user()
    for duty in list(DUTIES.values()):
        a_post(duty, unit, user)
    return user


def leaves(resolver: Any = None, prefix: str = "/") -> Iterator[str]:
    for entry in (resolver or get_resolver("niangjia.config.urls")).url_patterns:
        if isinstance(entry, URLResolver):
            yield from leaves(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern)


def addresses_of(ids: dict[str, uuid.UUID]) -> list[str]:
    """Every address that names a row, with the id of every row."""
    words = {
        "<slug:workflow_name>": "hardship-file",
        "<slug:slug>": "review",
        "<slug:field>": "phone",
        "<slug:book>": "officers",
        "<slug:which>": "original",
    }
    found = []
    for pattern in leaves():
        for word, value in words.items():
            pattern = pattern.replace(word, value)
        if re.search(r"<\w+:public_id>", pattern):
            found += [re.sub(r"<\w+:public_id>", str(row), pattern) for row in ids.values()]
    return found


def by_phone(user: User) -> Client:
    client = browser(user)
    session = client.session
    session[DOOR] = PHONE
    session.save()
    return client
