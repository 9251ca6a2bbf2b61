"""The sentences that may be sent, each declared once by the domain that needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from string import Formatter
from typing import Any

from django.core import checks
from django.utils import translation
from django.utils.functional import Promise

# What a body may name. No amount, no illness, no reason: whoever glances at the phone may read it.
FIELDS = frozenset({"code", "minutes", "number", "unit", "date", "days", "link", "step"})

TEMPLATES: dict[str, "MessageTemplate"] = {}


@dataclass(frozen=True)
class MessageTemplate:
    """`purpose` is what a person may opt out of; an `essential` message, such as a login code, asks nobody.

    A `secret` body is a login code: the spool shows it to the operator. Once `valid` is over it is not sent.
    """

    name: str
    label: str | Promise
    body: str | Promise
    purpose: str
    essential: bool = False
    secret: bool = False
    valid: timedelta = timedelta(days=2)

    def __post_init__(self) -> None:
        if TEMPLATES.setdefault(self.name, self) is not self:
            raise ValueError(f"two message templates are called {self.name}")

    def render(self, values: dict[str, Any], language: str) -> str:
        with translation.override(language):
            body = str(self.body)
            if banned := _placeholders(body) - FIELDS:
                raise ValueError(f"message {self.name} may not name {', '.join(sorted(banned))}")
            return body.format(**{name: str(value) for name, value in values.items()})


def _placeholders(body: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(body) if name is not None}


@checks.register
def check_templates(**_kwargs: Any) -> Iterable[checks.CheckMessage]:
    """Placeholders outside the harmless ones stop the start."""
    for template in TEMPLATES.values():
        if banned := _placeholders(str(template.body)) - FIELDS:
            yield checks.Error(f"message {template.name} may not name {', '.join(sorted(banned))}")
