"""Small values that pages hand to the components in `templatetags/niangjia.py`. No HTTP, no database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Tone = Literal["", "active", "waiting", "good", "bad"]
Progress = Literal["done", "current", "todo", "stopped"]


@dataclass(frozen=True)
class Step:
    """One station of a case on its way, as a parcel shows it."""

    label: str
    progress: Progress
    at: date | datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Moment:
    """One thing that happened, for the timeline. `acting_for`: the colleague in whose place."""

    at: datetime
    what: str
    who: str = ""
    acting_for: str = ""
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """A filter chip or a tab: an address, whether it is the one shown, and how many lie behind it."""

    label: str
    url: str
    is_current: bool = False
    count: int | str | None = None
