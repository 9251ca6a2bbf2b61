"""What one row of the roster says, once every cell is read: the checks that ask no register."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from niangjia.kernel.errors import Invalid
from niangjia.kernel.sheets import Row
from niangjia.kernel.sheets.declaration import SOURCE_LANGUAGE
from niangjia.membership import identity
from niangjia.membership.ethnicity import Ethnicity
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.kinds import (
    Education,
    Employment,
    MaritalStatus,
    NewEmployment,
    PoliticalStatus,
    Residency,
    Sex,
    SkillLevel,
)
from niangjia.organisation.phones import check_phone

# One or more words of Chinese characters joined by dots, or letters of another script as a passport has them.
NAME = re.compile(
    r"[㐀-鿿豈-\ufaff\U00020000-\U0003ffff]+(?:·[㐀-鿿豈-\ufaff\U00020000-\U0003ffff]+)*"
    r"|[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ .'·-]*"
)

# What nobody would object to; anything else is asked in full.
PLAIN_EMAIL = re.compile(r"[a-z0-9]{1,60}@(?:[a-z0-9]{1,60}\.){1,3}[a-z]{2,20}")

LISTS: dict[str, Any] = {
    "ethnicity": Ethnicity,
    "political_status": PoliticalStatus,
    "education": Education,
    "marital_status": MaritalStatus,
    "residency": Residency,
    "skill_level": SkillLevel,
    "employment": Employment,
    "new_employment": NewEmployment,
}
OF_PERSON = (
    "phone", "email", "ethnicity", "political_status", "education", "marital_status", "residency", "skill_level",
)  # fmt: skip
YES, NO = gettext_lazy("是"), gettext_lazy("否")
OF_MEMBER = ("employer", "occupation", "employment", "new_employment", "is_migrant")


@dataclass(slots=True)
class Facts:
    """A row taken apart. `person` and `member` hold what was filled in, by column; what was not is not there."""

    number: IdentityNumber
    name: str
    unit_id: int
    joined_on: date
    person: dict[str, Any]
    member: dict[str, Any]
    # The person already registered, as the importer found them, and their membership.
    found: Any = None
    current: Any = None
    # The columns of a new person, sealed ahead of the transaction.
    sealed: list[Any] = field(default_factory=list)


class Words:
    """The codes behind the words of the drop-downs."""

    def __init__(self) -> None:
        with override(SOURCE_LANGUAGE):
            self._codes = {
                name: {str(label): str(value) for value, label in kind.choices}
                for name, kind in LISTS.items()
            }
            self._yes = str(YES)
            self._sexes = {str(label): str(value) for value, label in Sex.choices}

    def code(self, column: str, word: str) -> str:
        return self._codes[column][word]

    def is_yes(self, word: str) -> bool:
        return word == self._yes

    def sex(self, word: str) -> str:
        return self._sexes[word]


def take_apart(
    row: Row, words: Words, today: date
) -> tuple[IdentityNumber | None, dict[str, Any], dict[str, Any]]:
    """The number and what was filled in about person and membership. Whatever is wrong is told to the row."""
    cells = row.cells
    number = _number(row)
    if cells["name"] and not NAME.fullmatch(cells["name"]):
        row.wrong("name", _("姓名中有空格、数字或符号，请照证件填写。"))
    person, member = _person(row, words), _member(row, words)
    joined_on = cells["joined_on"]
    if joined_on and joined_on > today:
        row.wrong("joined_on", _("入会日期晚于今天，请更正。"))
    if number is not None:
        _check_against(row, number, words)
        if joined_on and joined_on < number.born_on:
            row.wrong("joined_on", _("入会日期早于证件号码中的出生日期，请核对两处。"))
    return number, person, member


def _number(row: Row) -> IdentityNumber | None:
    if not row.cells["id_number"]:
        return None
    try:
        return identity.parse(row.cells["id_number"])
    except Invalid as problem:
        row.wrong("id_number", problem)
        return None


def _person(row: Row, words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in OF_PERSON:
        value = row.cells.get(name)
        if value in (None, ""):
            continue
        if name == "phone":
            try:
                value = check_phone(value)
            except Invalid as problem:
                row.wrong(name, problem)
        elif name == "email":
            try:
                if not PLAIN_EMAIL.fullmatch(value):
                    validate_email(value)
            except ValidationError:
                row.wrong(name, _("电子邮箱的写法不对，请核对。"))
        else:
            value = words.code(name, value)
        found[name] = value
    return found


def _member(row: Row, words: Words) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in OF_MEMBER[1:]:
        value = row.cells.get(name)
        if value in (None, ""):
            continue
        if name == "is_migrant":
            value = words.is_yes(value)
        elif name in LISTS:
            value = words.code(name, value)
        found[name] = value
    return found


def _check_against(row: Row, number: IdentityNumber, words: Words) -> None:
    """What the number says by itself must not be contradicted beside it."""
    sex, born_on = row.cells.get("sex"), row.cells.get("born_on")
    if sex and words.sex(sex) != number.sex:
        row.wrong("sex", _("性别与证件号码不符，请核对；证件无误时本格可以空着。"))
    if born_on and born_on != number.born_on:
        row.wrong("born_on", _("出生日期与证件号码不符，请核对；证件无误时本格可以空着。"))
