"""Browsers of all kinds of people, and every address that the project serves."""

import re
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.test import Client
from django.urls import URLResolver, get_resolver

from niangjia.kernel.access import DUTIES
from niangjia.kernel.users import User
from niangjia.web.shell.identity import DOOR, PHONE
from tests.cast import a_post, a_user

# A step whose state is past answers too, so only this says that there is no such row.
NOT_THERE, NO_READING = 404, 405
ID = re.compile(r"<\w+:public_id>")


def browser(user: User | None, **options: Any) -> Client:
    client = Client(**options)
    if user is not None:
        client.force_login(user)
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


def patterns() -> list[str]:
    """Every address that names a row, with the place of its id."""
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
        if ID.search(pattern):
            found.append(pattern)
    return found


def addresses_of(ids: dict[str, uuid.UUID]) -> list[str]:
    """Every address that names a row, with the id of every row."""
    return [ID.sub(str(row), pattern) for pattern in patterns() for row in ids.values()]


def living_addresses(ids: dict[str, uuid.UUID], insiders: Sequence[Client]) -> list[str]:
    """Every address that shows a row to one of the insiders, and those that only take: they show nothing.

    Addresses that begin alike speak of the same kind: what the first of them shows the others are asked for, and where
    it shows nothing it speaks of a kind that is not among the rows.
    """
    known: dict[str, Sequence[uuid.UUID]] = {}
    found = []
    for pattern in sorted(patterns(), key=len):
        start = ID.split(pattern)[0]
        for row in known.get(start, ids.values()):
            address = ID.sub(str(row), pattern)
            answers = [client.get(address).status_code for client in insiders]
            if NO_READING in answers:
                found += [ID.sub(str(row), pattern) for row in known.get(start, ids.values())]
                break
            if any(answer != NOT_THERE for answer in answers):
                known[start] = [row]
                found.append(address)
                break
        else:
            known.setdefault(start, [])
    return found


def by_phone(user: User) -> Client:
    client = browser(user)
    session = client.session
    session[DOOR] = PHONE
    session.save()
    return client
