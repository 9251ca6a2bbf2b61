"""Who may see and do what: duty × subtree × purpose.

A *duty* is what a post entitles to, a *grant* is one duty held over one unit's subtree, own or delegated, and an
*actor* is whoever acts with all grants of the day. The organisation answers who holds what through `Directory`;
the kernel never imports it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.db.models import Model, Q, QuerySet

from niangjia.kernel import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from niangjia.kernel.models import User

Row = TypeVar("Row", bound=Model)

# Sorts after every character of a path, so `path < prefix + END` closes the range of a subtree.
END = "~"


@dataclass(frozen=True)
class Duty:
    """岗位职责. `purposes` are the kinds of data it opens; `strong` asks a second factor at login."""

    name: str
    label: "StrOrPromise" = field(compare=False)
    purposes: frozenset[str] = field(compare=False)
    strong: bool = False

    def __post_init__(self) -> None:
        DUTIES[self.name] = self


DUTIES: dict[str, Duty] = {}


@dataclass(frozen=True)
class Grant:
    """One duty over the subtree of one unit; `principal_id` is the colleague acted for, if any.

    The names are for showing: every page says what its reader holds, and should not ask again.
    """

    duty: Duty
    unit_id: int
    path: str
    principal_id: int | None = None
    unit_name: str = field(default="", compare=False)
    principal_name: str = field(default="", compare=False)

    def covers(self, path: str) -> bool:
        return path.startswith(self.path)


@dataclass(frozen=True)
class Desk:
    """A unit where a duty is held, and by whom."""

    unit_id: int
    holders: frozenset[int]


class Directory(Protocol):
    """What the kernel asks the organisation. `organisation.directory` answers."""

    def grants(self, user_id: int, on: date) -> Sequence[Grant]:
        """Every grant that the user holds on that day, own and delegated."""

    def desks(self, duty: Duty, unit_id: int, on: date) -> Sequence[Desk]:
        """Where the duty is held, this unit or above, the nearest first; the top comes last, held or not."""

    def path(self, unit_id: int) -> str:
        """The unit's place in the tree."""

    def parameter(self, name: str, unit_id: int | None, on: date) -> Any:
        """The dated regional parameter as it stands for that unit on that day."""


_directory: Directory | None = None


def register_directory(directory: Directory) -> None:
    global _directory
    _directory = directory


def directory() -> Directory:
    if _directory is None:
        raise RuntimeError("no directory registered: niangjia.organisation must be installed")
    return _directory


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a user with the grants of the day, or the clock (`user` is None)."""

    user: "User | None"
    grants: tuple[Grant, ...] = field(default=())

    @classmethod
    def of(cls, user: "User") -> "Actor":
        return cls(user, tuple(directory().grants(user.pk, clock.today())))

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def account(self) -> "User":
        """The user, where only a person can have come."""
        if self.user is None:
            raise TypeError("the clock has no account")
        return self.user

    @property
    def is_clock(self) -> bool:
        return self.user is None

    def grants_for(self, duty: Duty, path: str) -> list[Grant]:
        """Grants that allow the duty at a path: own before delegated, the nearest unit first."""
        covering = [grant for grant in self.grants if grant.duty == duty and grant.covers(path)]
        return sorted(covering, key=lambda grant: (grant.principal_id is not None, -len(grant.path)))

    def has(self, duty: Duty) -> bool:
        return any(grant.duty == duty for grant in self.grants)

    @cached_property
    def _scopes(self) -> dict[str, tuple[str, ...]]:
        by_purpose: dict[str, set[str]] = {}
        for grant in self.grants:
            for purpose in grant.duty.purposes:
                by_purpose.setdefault(purpose, set()).add(grant.path)
        return {purpose: _outermost(paths) for purpose, paths in by_purpose.items()}

    def scopes(self, purpose: str) -> tuple[str, ...]:
        """The outermost subtree paths that a purpose opens to this actor; empty means nothing."""
        return self._scopes.get(purpose, ())


CLOCK = Actor(None)


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def within(paths: Iterable[str], unit: str = "unit") -> Q:
    """Rows whose unit lies in any of the subtrees. `unit` is the lookup to the unit ("" for the unit itself)."""
    prefix = f"{unit}__path" if unit else "path"
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{prefix}__gte": path, f"{prefix}__lt": path + END})
    return condition


def scoped(rows: "QuerySet[Row]", actor: Actor, purpose: str, unit: str = "unit") -> "QuerySet[Row]":
    """The rows that the actor's posts open for a purpose. The whole tree costs no condition at all."""
    paths = actor.scopes(purpose)
    if not paths:
        return rows.none()
    if any(len(path) <= ROOT_LENGTH for path in paths):
        return rows
    return rows.filter(within(paths, unit))


# One step of a path is four base-36 characters; the root of the tree has one step.
ROOT_LENGTH = 4
