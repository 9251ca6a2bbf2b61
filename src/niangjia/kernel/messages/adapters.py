"""How a message leaves the house. The default is a folder; an SMS gateway is one more adapter."""

import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core import checks

from niangjia.kernel.errors import Refused
from niangjia.kernel.fields import mask_phone

log = logging.getLogger("niangjia.operator")


@dataclass(frozen=True)
class Outgoing:
    """`id` is the same at every attempt: a gateway that knows it sends once."""

    id: str
    template: str
    address: str = field(repr=False)
    body: str = field(repr=False)
    secret: bool
    at: datetime


class Rejected(Refused):
    """The gateway will never take this one, as the number is wrong. Anything else raised is tried again."""


class Adapter(Protocol):
    def deliver(self, message: Outgoing) -> str:
        """Hand the message over; the carrier's reference for it."""


class Spool:
    """Writes each message as a file for whoever operates this machine, and login codes to its log."""

    def deliver(self, message: Outgoing) -> str:
        name = f"{message.at:%Y%m%dT%H%M%S}-{message.id}.json"
        letter = {"to": message.address, "template": message.template, "body": message.body}
        self._write(Path(settings.SPOOL_FOLDER) / name, json.dumps(letter, ensure_ascii=False, indent=1))
        if message.secret:
            log.warning("%s  →  %s", message.body, mask_phone(message.address))
        return name

    def _write(self, target: Path, text: str) -> None:
        draft = target.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(target)


_ADAPTERS: dict[str, Callable[[], Adapter]] = {"spool": Spool}


def register_adapter(name: str, make: Callable[[], Adapter]) -> None:
    """Offer an adapter under the name that `NIANGJIA_MESSAGES` may choose."""
    _ADAPTERS[name] = make


def adapter() -> Adapter:
    return _ADAPTERS[settings.MESSAGES]()


@checks.register
def check_adapter(**_kwargs: Any) -> Iterable[checks.CheckMessage]:
    if settings.MESSAGES not in _ADAPTERS:
        known = ", ".join(sorted(_ADAPTERS))
        yield checks.Error(f"NIANGJIA_MESSAGES: no adapter {settings.MESSAGES!r}; there are: {known}")
