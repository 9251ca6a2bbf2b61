"""`EncryptedTextField`: text in Python, sealed bytes in the database, bound to its row by `public_id`.

A row carries the bytes as loaded and opens them when the attribute is read, so a list never decrypts. What is
read is a `Plain`: a `str` whose `repr` is masked and which knows its row; all that `bulk_update` gets to see.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NoReturn
from uuid import UUID

from django import forms
from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

from niangjia.kernel.fields import envelope
from niangjia.kernel.fields.columns import as_bytes, deconstruct_as_bytes
from niangjia.kernel.fields.envelope import Unreadable


class Sealed(bytes):
    """Bytes as they stand in the column. Empty is what a blank text is stored as: NULL."""

    def __repr__(self) -> str:
        return "<sealed>"


class Plain(str):
    """A text in the clear, with the row that it is to be sealed for and, when unchanged, its sealed form."""

    row: UUID | None = None
    sealed: Sealed | None = None

    @classmethod
    def of(cls, text: str, row: UUID | None = None, sealed: Sealed | None = None) -> "Plain":
        plain = cls(text)
        plain.row, plain.sealed = row, sealed
        return plain

    def __repr__(self) -> str:
        return "<plain text withheld>"

    @property
    def prepare_database_save(self) -> NoReturn:
        """Django asks a value for this in `.update(field=…)` and nowhere else."""
        raise _update_refused()


def _update_refused() -> TypeError:
    return TypeError(
        "an encrypted field cannot be set by .update() or an expression: its bytes belong to one row. "
        "Assign it on the row and save(), bulk_create() or bulk_update()."
    )


class SealedAttribute(DeferredAttribute):
    field: "EncryptedTextField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = self._held(instance)
        row = instance.public_id  # type: ignore[attr-defined]  # a system check demands it
        if isinstance(held, Sealed):
            held = Plain.of(self.field.open(row, held), row, held)
        elif held.row != row:
            held = Plain.of(held, row)
        instance.__dict__[self.field.attname] = held
        return held

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self._kept(instance, value)

    def _kept(self, instance: models.Model, value: object) -> Sealed | Plain:
        if isinstance(value, Sealed):
            return value
        if isinstance(value, Plain) and value.row == instance.__dict__.get("public_id"):
            return value
        if not isinstance(value, str | None):
            raise TypeError(f"{self.field} holds text, not {type(value).__name__}")
        current = instance.__dict__.get(self.field.attname)
        if isinstance(current, Plain) and current == value:
            return current
        return Plain.of(value or "")

    def _held(self, instance: models.Model) -> Sealed | Plain:
        """What the row carries; a deferred column is fetched alone."""
        if self.field.attname not in instance.__dict__:
            rows = type(instance)._base_manager.using(instance._state.db)
            self.__set__(instance, rows.values_list(self.field.attname, flat=True).get(pk=instance.pk))
        held: Sealed | Plain = instance.__dict__[self.field.attname]
        return held


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]  # typed by the two names below
    """Text sealed at rest. The model must have a `public_id`, which never changes. "" is stored as NULL."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]  # sealed below, text above
    description = "Encrypted text"
    descriptor_class = SealedAttribute
    empty_values = [None, ""]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        if kwargs.get("blank"):
            kwargs["null"] = True
        super().__init__(*args, **kwargs)

    @property
    def path(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def place(self, public_id: UUID) -> bytes:
        """The associated data that ties sealed bytes to table, column and row."""
        return self._column_place + public_id.bytes

    @cached_property
    def _column_place(self) -> bytes:
        return f"{self.model._meta.db_table}\0{self.column}\0".encode()

    def seal(self, public_id: UUID, text: str) -> Sealed | None:
        """The bytes to write for that row, for paths that write rows without the ORM; "" gives NULL."""
        return Sealed(envelope.seal(text, self.place(public_id))) if text else None

    def seal_many(self, rows: Sequence[bytes], texts: Sequence[str]) -> list[bytes | None]:
        """As `seal`, for very many rows by the bytes of their public ids."""
        sealed = envelope.seal_many(texts, (self._column_place + row for row in rows))
        return [one if text else None for one, text in zip(sealed, texts, strict=True)]

    def open(self, public_id: UUID, sealed: bytes | None) -> str:
        """The text of that row; bytes of another row, or changed ones, raise `Unreadable`."""
        if not sealed:
            return ""
        try:
            return envelope.unseal(sealed, self.place(public_id))
        except Unreadable:
            raise Unreadable(
                _("%(column)s 的密文打不开（行 %(row)s）：被改动过或来自另一行。请从备份恢复该行并核查审计。")
                % {"column": self, "row": public_id}
            ) from None

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        """What stands in the column: unchanged bytes as they were, a changed text sealed anew."""
        plain: Plain = getattr(model_instance, self.attname)
        sealed = self._sealed(plain)
        model_instance.__dict__[self.attname] = Plain.of(plain, plain.row, sealed)
        return sealed

    def _sealed(self, plain: Plain) -> Sealed:
        if plain.sealed is not None:
            return plain.sealed
        if plain.row is None:
            raise TypeError(f"{self} was not read from a row, so it cannot be sealed for one")
        return self.seal(plain.row, plain) or Sealed()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Plain):
            value = self._sealed(value)
        if not isinstance(value, Sealed):
            raise _update_refused()
        return connection.Database.Binary(bytes(value)) if value else None

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(
            f"{self} is encrypted and cannot be searched: use found_by() with its blind index, or isnull"
        )

    def get_default(self) -> str:
        return str(super().get_default() or "")

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, str) else str(value or "")

    def value_to_string(self, obj: models.Model) -> NoReturn:
        raise TypeError(f"{self} is never serialised: back up the database and the key folder instead")

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(
            self,
            **{"form_class": forms.CharField, "max_length": self.max_length, "empty_value": "", **kwargs},
        )

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = models.Field.check(self, **kwargs)
        if not any(field.name == "public_id" for field in self.model._meta.fields):
            found.append(checks.Error("the model needs a public_id to bind sealed bytes to a row", obj=self))
        return found

    def clone(self) -> Any:
        return as_bytes(self)

    def deconstruct(self) -> Any:
        return deconstruct_as_bytes(self)
