"""What every test stands on. The cast of people and unions is in tests/cast.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import flush

from niangjia.kernel import triggers
from tests.cast import tree

__all__ = ["tree"]

_empty_tables = flush.Command.handle


def _empty_tables_without_triggers(command: flush.Command, **options: Any) -> None:
    """Append-only tables refuse to be emptied, so the one place that may do it lifts the triggers first."""
    with triggers.suspended():
        _empty_tables(command, **options)


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_triggers() -> Iterator[None]:
    flush.Command.handle = _empty_tables_without_triggers  # type: ignore[method-assign]
    yield
    flush.Command.handle = _empty_tables  # type: ignore[method-assign]
