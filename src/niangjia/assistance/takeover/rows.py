"""What one row says, once every cell is read: the checks that ask no register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from niangjia.assistance.kinds import Category, Cause
from niangjia.kernel.errors import Invalid
from niangjia.kernel.sheets import Row
from niangjia.kernel.sheets.declaration import SOURCE_LANGUAGE, Column
from niangjia.membership import identity
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.models import HouseholdMembership
from niangjia.membership.roster.rows import NAME

RELATIONS = [one for one in HouseholdMembership.Relation.choices if one[0] != "head"]
LISTS: Mapping[str, Any] = {
    "category": Category.choices,
    "cause": Cause.choices,
    "second_cause": Cause.choices,
    "relation": RELATIONS,
}
# In the order in which they happened.
DAYS = ("applied_on", "notice_until", "approved_on", "filed_on")
ASKED = (
    "former_number", "category", "cause", "household_size", "yearly_income_amount", "rigid_spending_amount",
    "statement", *DAYS, "expires_on", "shelf_mark",
)  # fmt: skip
MOST_PEOPLE = 30


@dataclass(slots=True)
class Head:
    """An applicant: `facts` are the columns of their file; `unit` and `address` as written, or empty."""

    number: IdentityNumber
    name: str
    unit: str
    address: str
    facts: dict[str, Any]
    person: Any = None
    place: Any = None
    # The household's latest file, of those that once were on file and are no more.
    earlier: Any = None


@dataclass(slots=True)
class Relative:
    """Somebody of an applicant's family."""

    number: IdentityNumber
    name: str
    head: str
    relation: str
    person: Any = None
    # The applicant's file, once it is there.
    file: Any = None


class Words:
    """The codes behind the words of the drop-downs."""

    def __init__(self) -> None:
        with override(SOURCE_LANGUAGE):
            self._codes = {
                name: {str(label): str(value) for value, label in choices} for name, choices in LISTS.items()
            }

    def code(self, column: str, word: str | None) -> str:
        return self._codes[column][word] if word else ""


def take_apart(row: Row, words: Words, columns: Mapping[str, Column], today: date) -> Head | Relative | None:
    """None where it is not known whose row it is. Whatever is wrong is told to the row."""
    cells = row.cells
    number = _number(row, "id_number")
    if cells["name"] and not NAME.fullmatch(cells["name"]):
        row.wrong("name", _("姓名中有空格、数字或符号，请照证件填写。"))
    if number is None:
        return None
    if cells.get("head"):
        head = _number(row, "head")
        if not cells.get("relation"):
            row.wrong("relation", _("家属的行须填与申请人的关系。"))
        relation = words.code("relation", cells.get("relation"))
        return Relative(number, cells["name"], head.number, relation) if head else None
    for name in ASKED:
        if cells.get(name) is None and not any(column == name for column, _sentence in row.problems):
            row.wrong(name, _("申请人的行须填“%s”，请补上。") % columns[name].titles[0])
    facts = {name: cells.get(name) for name in ASKED}
    facts |= {name: words.code(name, cells.get(name)) for name in ("category", "cause", "second_cause")}
    if cells.get("household_size") is not None and not 1 <= cells["household_size"] <= MOST_PEOPLE:
        row.wrong("household_size", _("共同生活人数应在 1 到 %d 之间，请核对。") % MOST_PEOPLE)
    _check_days(row, columns, today)
    return Head(number, cells["name"], cells.get("unit") or "", cells.get("address") or "", facts)


def _number(row: Row, column: str) -> IdentityNumber | None:
    if not row.cells.get(column):
        return None
    try:
        return identity.parse(row.cells[column])
    except Invalid as problem:
        row.wrong(column, problem)
        return None


def _check_days(row: Row, columns: Mapping[str, Column], today: date) -> None:
    last: str | None = None
    for name in DAYS:
        day = row.cells.get(name)
        if day is None:
            continue
        if day > today:
            row.wrong(name, _("“%s”晚于今天，请核对。") % columns[name].titles[0])
        if last is not None and day < row.cells[last]:
            titles = {"later": columns[name].titles[0], "earlier": columns[last].titles[0]}
            row.wrong(name, _("“%(later)s”早于“%(earlier)s”，请核对两处。") % titles)
        last = name
    expires_on = row.cells.get("expires_on")
    if expires_on is not None and expires_on < today:
        row.wrong("expires_on", _("有效期已过，不能移入。请这户重新申请。"))
