"""Facts 事实: what domains know about persons and households, under the Chinese names that policies ask for.

A domain registers a `Provider` at start; nothing here knows any domain. Providers answer for many at once:

    register(Provider("membership", Subject.PERSON, [Fact("农民工", "bool", …)], query))

`gather` asks them for one case or a stream of cases; `answers` gives the bare streams, one per provider, for whoever
loads the whole archive into an engine of columns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.documents.printing import in_chinese

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHUNK = 5_000
# As in a policy file; "text" is the label of a choice, "list" a relation with rows.
Type = Literal["money", "int", "rate", "number", "bool", "date", "text", "list"]
Value = Decimal | int | bool | str | date | list[dict[str, Any]]


class Subject(TextChoices):
    """Whom a fact is about."""

    PERSON = "person", _("个人")
    HOUSEHOLD = "household", _("家庭")


class Case(NamedTuple):
    """Whom a benefit is assessed on; a person's case knows their household too, if there is one."""

    person: int | None = None
    household: int | None = None

    def of(self, subject: Subject) -> int | None:
        return self.person if subject == Subject.PERSON else self.household


@dataclass(frozen=True)
class Fact:
    """One thing a provider knows. `purpose` opens it to clerks; `sensitive` values are sealed where they are kept."""

    name: str
    type: Type
    purpose: str
    sensitive: bool = False


class Row(NamedTuple):
    """What a provider says of one subject: a value (None: not known) per name it was asked for.

    `as_of`: the day the facts speak of; `known_at`: since when the system has known them, which only a decision
    about somebody keeps and need not be read for the whole archive.
    """

    id: int
    values: Sequence[Value | None]
    as_of: date | None = None
    known_at: datetime | None = None


# (names asked for, ids or None for the whole archive, the day) → rows, in any order; ids that are unknown are left out.
Query = Callable[[Sequence[str], Sequence[int] | None, date], Iterable[Row]]


@dataclass(frozen=True)
class Provider:
    """`source` names where the facts come from, in words for the explanation."""

    name: str
    subject: Subject
    source: "StrOrPromise"
    facts: tuple[Fact, ...]
    query: Query

    def fact(self, name: str) -> Fact:
        return next(fact for fact in self.facts if fact.name == name)


class Known(NamedTuple):
    """One fact of one case with where it comes from."""

    value: Value
    fact: Fact
    source: str
    as_of: date | None
    known_at: datetime | None


@dataclass(frozen=True)
class Answer:
    """One provider's part of what was asked: the names it knows, by the names the policy uses."""

    provider: Provider
    # fact name → the inputs that want it
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rows(self, ids: Sequence[int] | None, on: date) -> Iterable[Row]:
        """Bare rows, values in the order of `wanted`; `ids` None streams the whole archive."""
        return self.provider.query(tuple(self.wanted), ids, on)


PROVIDERS: dict[str, Provider] = {}
FACTS: dict[str, tuple[Provider, Fact]] = {}


def register(provider: Provider) -> None:
    """A name has one meaning in the whole system, so two providers may not answer the same."""
    for fact in provider.facts:
        other = FACTS.get(fact.name)
        if other is not None and other[0].name != provider.name:
            raise ValueError(f"{provider.name} and {other[0].name} both answer {fact.name}")
        FACTS[fact.name] = (provider, fact)
    PROVIDERS[provider.name] = provider


def fact_named(name: str, mapping: Mapping[str, str] | None = None) -> Fact | None:
    """What answers an input; a scheme's mapping may give it another fact than the one of its name."""
    found = FACTS.get((mapping or {}).get(name, name))
    return found[1] if found else None


def answers(
    inputs: Iterable[str], mapping: Mapping[str, str] | None = None, also: Sequence[Provider] = ()
) -> list[Answer]:
    """Who answers which of the inputs; `also` are providers of one scheme, such as what it gave before.

    Inputs that nobody knows are asked of people.
    """
    own = {fact.name: (provider, fact) for provider in also for fact in provider.facts}
    wanted: dict[str, tuple[Provider, dict[str, tuple[str, ...]]]] = {}
    for name in inputs:
        meant = (mapping or {}).get(name, name)
        found = own.get(meant) or FACTS.get(meant)
        if found is not None:
            _provider, names = wanted.setdefault(found[0].name, (found[0], {}))
            names[meant] = (*names.get(meant, ()), name)
    return [Answer(provider, names) for provider, names in wanted.values()]


def gather(
    inputs: Iterable[str],
    cases: Iterable[Case],
    on: date,
    mapping: Mapping[str, str] | None = None,
    also: Sequence[Provider] = (),
) -> Iterator[tuple[Case, dict[str, Known]]]:
    """What the system knows of each case that day, by input. One query per provider and chunk."""
    asked, waiting = answers(inputs, mapping, also), iter(cases)
    while chunk := list(islice(waiting, CHUNK)):
        found: dict[tuple[Subject, int], dict[str, Known]] = {}
        for answer in asked:
            subject = answer.provider.subject
            ids = list(dict.fromkeys(id for case in chunk if (id := case.of(subject)) is not None))
            for row in answer.rows(ids, on) if ids else ():
                found.setdefault((subject, row.id), {}).update(_known(answer, row))
        for case in chunk:
            known: dict[str, Known] = {}
            for subject in Subject:
                id = case.of(subject)
                known |= found.get((subject, id), {}) if id is not None else {}
            yield case, known


def _known(answer: Answer, row: Row) -> Iterator[tuple[str, Known]]:
    # Kept in Chinese whatever language is on; pages put it into the reader's.
    source = in_chinese(lambda: str(answer.provider.source))
    for (name, inputs), value in zip(answer.wanted.items(), row.values, strict=True):
        if value is not None:
            known = Known(value, answer.provider.fact(name), source, row.as_of, row.known_at)
            yield from ((each, known) for each in inputs)
