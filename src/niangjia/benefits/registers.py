"""What membership knows, as facts: asked of persons and of households, for one or for all at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import Count, FilteredRelation, Q, TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.facts import CHUNK, Fact, Provider, Row, Subject, Value, register
from niangjia.membership.kinds import (
    Education,
    Employment,
    NewEmployment,
    Residency,
    Sex,
    SkillLevel,
)
from niangjia.membership.models import Household, HouseholdMembership, Person
from niangjia.membership.queries import PURPOSE


@dataclass(frozen=True)
class Column:
    """A fact read off some columns of the query; `read` gets the day and their values."""

    fact: Fact
    columns: tuple[str, ...]
    read: Callable[..., Value | None]


def _column(name: str, type_: Any, *columns: str, read: Callable[..., Value | None]) -> Column:
    return Column(Fact(name, type_, PURPOSE), columns, read)


def _as_it_is(_on: date, value: Any) -> Any:
    return None if value == "" else value


def _labelled(choices: type[TextChoices]) -> Callable[..., str | None]:
    """The Chinese label, whatever language is on: policies name their choices in Chinese."""
    labels = cache(partial(_in_chinese, choices))
    return lambda _on, value: labels().get(value)


def _in_chinese(choices: type[TextChoices]) -> dict[str, str]:
    with translation.override("zh-hans"):
        return {str(value): str(label) for value, label in choices.choices}


def years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months(start: date, on: date) -> int:
    """Completed ones, as the language of policies counts them."""
    return 12 * (on.year - start.year) + on.month - start.month - (on.day < start.day)


def _age(on: date, born: date) -> int | None:
    return years(born, on) if born <= on else None


def _months_of_membership(on: date, joined: date | None) -> int | None:
    return months(joined, on) if joined else 0


STAY = "stay"
PERSON_COLUMNS = {
    column.fact.name: column
    for column in (
        _column("年龄", "int", "born_on", read=_age),
        _column("出生日期", "date", "born_on", read=_as_it_is),
        _column("性别", "text", "sex", read=_labelled(Sex)),
        _column("户籍类型", "text", "residency", read=_labelled(Residency)),
        _column("文化程度", "text", "education", read=_labelled(Education)),
        _column("技术等级", "text", "skill_level", read=_labelled(SkillLevel)),
        _column("是会员", "bool", f"{STAY}__pk", read=lambda _on, stay: stay is not None),
        _column("入会日期", "date", f"{STAY}__joined_on", read=_as_it_is),
        _column("会员月数", "int", f"{STAY}__joined_on", read=_months_of_membership),
        _column("农民工", "bool", f"{STAY}__is_migrant", read=_as_it_is),
        _column("用工形式", "text", f"{STAY}__employment", read=_labelled(Employment)),
        _column("新就业形态", "text", f"{STAY}__new_employment", read=_labelled(NewEmployment)),
        _column("工作单位", "text", f"{STAY}__employer__name", read=_as_it_is),
        _column("所在工会", "text", f"{STAY}__unit__name", read=_as_it_is),
        _column("地区代码", "text", "unit__region__code", read=_as_it_is),
        _column("地区", "text", "unit__region__name", read=_as_it_is),
    )
}


def people(names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
    """Rows of the register. Who is not on it as a member that day is none, and that is known too."""
    then = Q(memberships__joined_on__lte=on) & (Q(memberships__left_on=None) | Q(memberships__left_on__gt=on))
    rows = Person.objects.filter(merged_into=None).annotate(
        **{STAY: FilteredRelation("memberships", condition=then)}
    )
    parts = [PERSON_COLUMNS[name] for name in names]
    columns = tuple(dict.fromkeys(column for part in parts for column in part.columns))
    at = [(part.read, [columns.index(column) + 1 for column in part.columns]) for part in parts]
    known_at: tuple[str, ...] = ()
    if ids is not None:
        rows, known_at = rows.filter(pk__in=ids), ("created_at",)
    for row in rows.values_list("pk", *columns, *known_at).iterator(CHUNK):
        values = [read(on, *(row[place] for place in places)) for read, places in at]
        yield Row(row[0], values, on, row[-1] if known_at else None)


HOUSEHOLD_FACTS = (Fact("家庭人口", "int", PURPOSE), Fact("未成年子女数", "int", PURPOSE))


def households(names: Sequence[str], ids: Sequence[int] | None, on: date) -> Iterator[Row]:
    """Households with those who lived there that day."""
    there = Q(memberships__from_on__lte=on) & (
        Q(memberships__until_on=None) | Q(memberships__until_on__gt=on)
    )
    minors = (
        there
        & Q(memberships__relation=HouseholdMembership.Relation.CHILD)
        & Q(memberships__person__born_on__gt=_years_before(on, 18))
    )
    rows = Household.objects.annotate(
        size=Count("memberships", filter=there), minors=Count("memberships", filter=minors)
    ).filter(size__gt=0)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    columns = {"家庭人口": "size", "未成年子女数": "minors"}
    for id, known_at, *values in rows.values_list(
        "pk", "created_at", *(columns[name] for name in names)
    ).iterator(CHUNK):
        yield Row(id, values, on, known_at)


def _years_before(on: date, count: int) -> date:
    """The birthday of those who are so old today; born on 29 February is of age on 1 March."""
    return date(on.year - count, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=on.year - count)


register(
    Provider(
        "register",
        Subject.PERSON,
        _("会员登记"),
        tuple(column.fact for column in PERSON_COLUMNS.values()),
        people,
    )
)
register(Provider("households", Subject.HOUSEHOLD, _("家庭登记"), HOUSEHOLD_FACTS, households))
