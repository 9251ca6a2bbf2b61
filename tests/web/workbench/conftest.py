"""The desk on an ordinary Monday: the tree and its people, and a page read as text."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel import clock
from tests.families import DAY


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


def text(response: Any) -> str:
    """What a reader sees of a page's main part."""
    page = response.content.decode()
    main = page[page.index('id="main"') :] if 'id="main"' in page else page
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def send(client: Client, url: str, **data: Any) -> Any:
    """A form sent as a browser does, with the key that makes it count once."""
    return client.post(url, {"key": str(uuid.uuid4()), **data})
