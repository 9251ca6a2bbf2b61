"""How the rows of each domain follow a person into a merge. Domains declare it at start; nothing above is imported.

    follow(HardshipFile, label=_("困难职工档案"), conflict=two_running_files)

Every foreign key to a person must be declared, to follow or to stay; a test asks for the missing ones.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, QuerySet

from niangjia.kernel import audit
from niangjia.kernel.audit.entries import digest
from niangjia.kernel.fields import BlindIndexField, EncryptedTextField
from niangjia.kernel.workflow.rows import WorkflowRow
from niangjia.membership.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Why the rows of two people cannot become one person's yet: a sentence that says what to do first, or None.
Conflict = Callable[[Person, Person], "StrOrPromise | None"]


@dataclass(frozen=True)
class Follower:
    """Rows of one kind, each about the person in `field`."""

    model: type[Model]
    field: str
    label: "StrOrPromise"
    conflict: Conflict | None

    @property
    def kind(self) -> str:
        return f"{audit.object_type(self.model)}.{self.field}"

    def rows_of(self, person: Person) -> "QuerySet[Any]":
        return self.model._base_manager.filter(**{self.field: person}).order_by("pk")

    def digest(self, row: Model) -> str:
        """A keyed fingerprint of everything in the row that is not sealed: sealed bytes change when keys do."""
        values = [
            (field.attname, str(row.__dict__[field.attname]))
            for field in row._meta.concrete_fields
            if not _is_sealed(field)
        ]
        return digest(self.kind, values)

    @property
    def is_case(self) -> bool:
        return issubclass(self.model, WorkflowRow)


FOLLOWERS: dict[str, Follower] = {}
STAYING: set[str] = set()


def follow(
    model: type[Model], *, label: "StrOrPromise", field: str = "person", conflict: Conflict | None = None
) -> None:
    """Rows of this kind go with the person."""
    follower = Follower(model, field, label, conflict)
    FOLLOWERS[follower.kind] = follower


def stay(model: type[Model], *fields: str) -> None:
    """These tell of the registration itself and stay with it."""
    STAYING.update(f"{audit.object_type(model)}.{field}" for field in fields)


def undeclared() -> list[str]:
    """Foreign keys to a person of which no domain has said what becomes of them."""
    found = {
        f"{audit.object_type(model)}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Person
    }
    return sorted(found - set(FOLLOWERS) - STAYING)


def followers() -> Iterable[Follower]:
    return FOLLOWERS.values()


def conflicts(kept: Person, gone: Person) -> list[str]:
    """What must be settled before the two can be one, each in words."""
    found = (follower.conflict(kept, gone) for follower in followers() if follower.conflict)
    return [str(sentence) for sentence in found if sentence]


def _is_sealed(field: "Field[Any, Any]") -> bool:
    return isinstance(field, EncryptedTextField | BlindIndexField) or field.name.endswith("_next")
