"""The forms there are: each declared once by its domain, with its facts and who may print or issue it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.kernel.numbering import Numbering

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Copy:
    """For whose eyes a form is printed, and the address of the site that codes on it lead to."""

    in_full: bool = False
    # Printed by the person it is about.
    is_own: bool = False
    site: str = ""
    # Who prints it, for what a form leaves out by who reads it.
    reader: Actor | None = None


@dataclass(frozen=True)
class Template:
    """`NAME.typ` and `NAME.docx` in `folder`, filled with the facts of one row.

    `facts(row, copy)` is a dataclass, sealed texts masked unless the copy is in full. `find` raises Missing for
    whoever may not see the row; `subject` is the account it is about, who gets everything without giving a reason.
    `is_personal`: in full it shows more than the page does, so that asks a reason and leaves a trace. `has_word`: what
    is handed over finished has no Word file.
    """

    name: str
    label: "StrOrPromise"
    folder: Path
    model: type[Model]
    find: Callable[[UUID, Actor], Any]
    facts: Callable[[Any, Copy], object]
    may_print: Callable[[Any, Actor], bool] = lambda _row, _actor: True
    subject: Callable[[Any], int | None] = lambda _row: None
    is_personal: bool = True
    has_word: bool = True

    def __post_init__(self) -> None:
        if TEMPLATES.setdefault(self.name, self) is not self:
            raise ValueError(f"two templates are called {self.name}")

    @property
    def typst(self) -> Path:
        return self.folder / f"{self.name}.typ"

    @property
    def word(self) -> Path:
        return self.folder / f"{self.name}.docx"

    def is_open_to(self, row: Any, actor: Actor) -> bool:
        return self.is_own(row, actor) or self.may_print(row, actor)

    def is_own(self, row: Any, actor: Actor) -> bool:
        return actor.user_id is not None and actor.user_id == self.subject(row)


TEMPLATES: dict[str, Template] = {}


def template_named(name: str) -> Template:
    if name not in TEMPLATES:
        raise Missing(_("没有这种表单。"))
    return TEMPLATES[name]


def templates_for(row: Model, actor: Actor) -> list[Template]:
    """What the actor may print of a row that they see."""
    return [
        template
        for template in TEMPLATES.values()
        if template.model is type(row) and template.is_open_to(row, actor)
    ]


@dataclass(frozen=True)
class Letter:
    """文种: `NAME.typ` and `NAME.docx` in `folder`; what the form asks is said beside what the row holds.

    `facts(row, number, actor, **asked)` is a dataclass. `unit` issues it and counts, `mark` begins its numbers; `find`
    and `subject` are those of a `Template`. Without a `form` it is issued only from within a workflow.
    """

    name: str
    label: "StrOrPromise"
    help: "StrOrPromise"
    folder: Path
    model: type[Model]
    find: Callable[[UUID, Actor], Any]
    facts: Callable[..., object]
    unit: Callable[[Any], Any]
    numbering: Numbering
    may_issue: Callable[[Any, Actor], bool]
    form: type[forms.Form] | None = None
    mark: Callable[[Any], str] = lambda unit: str(unit.document_mark)
    subject: Callable[[Any], int | None] = lambda _row: None
    is_personal: bool = True

    def __post_init__(self) -> None:
        if LETTERS.setdefault(self.name, self) is not self:
            raise ValueError(f"two letters are called {self.name}")

    @property
    def typst(self) -> Path:
        return self.folder / f"{self.name}.typ"

    @property
    def word(self) -> Path:
        return self.folder / f"{self.name}.docx"

    def row(self, object_id: int) -> Any:
        return self.model._base_manager.get(pk=object_id)


LETTERS: dict[str, Letter] = {}


def letter_named(name: str) -> Letter:
    if name not in LETTERS:
        raise Missing(_("没有这种表单。"))
    return LETTERS[name]


def letters_for(row: Model, actor: Actor) -> list[Letter]:
    """What the actor may issue about a row that they see."""
    return [
        letter
        for letter in LETTERS.values()
        if letter.form and letter.model is type(row) and letter.may_issue(row, actor)
    ]
