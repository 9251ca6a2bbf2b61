"""Every named route of the site, listed from the site itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    arguments: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The part of the address before its first argument says what the argument is the number of."""
        return self.pattern.partition("<")[0].rstrip("/").rpartition("/")[2]


def routes() -> list[Route]:
    """All named routes but those of the API, which answers in JSON."""
    found = _walk(get_resolver().url_patterns, "", ())
    return [route for route in found if not route.pattern.startswith("api/v1/") or route.name == "api_docs"]


def _walk(patterns: list[Any], prefix: str, arguments: tuple[str, ...]) -> Iterator[Route]:
    for one in patterns:
        whole, names = prefix + str(one.pattern), (*arguments, *one.pattern.converters)
        if not isinstance(one, URLPattern):
            yield from _walk(one.url_patterns, whole, names)
        elif one.name:
            yield Route(one.name, whole, names)
