"""`BlindIndexField`: finds rows by a sealed text through 16 bytes of keyed hash of its normalised form.

Beside it stands `<name>_next`, which holds the hash under the next key while keys rotate (see `rotation`).
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from typing import Any, cast

from django.db import models
from django.db.models import Q

from niangjia.kernel import keys
from niangjia.kernel.fields import envelope, phases
from niangjia.kernel.fields.columns import Column, as_bytes, deconstruct_as_bytes
from niangjia.kernel.fields.text import EncryptedTextField

Pair = tuple[bytes | None, bytes | None]


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]  # typed by the name below
    """Filled from the field named by `of` whenever the row is saved. Blank text has no index: NULL."""

    _pyi_private_get_type: bytes | None  # type: ignore[assignment]  # always bytes, or NULL
    description = "Blind index of an encrypted text"

    db_index: bool

    def __init__(
        self, *args: Any, of: str, normalise: Callable[[str], str] = str.strip, **kwargs: Any
    ) -> None:
        self.of = of
        self.normalise = normalise
        kwargs["max_length"] = envelope.INDEX_LENGTH
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        following = models.BinaryField(
            max_length=envelope.INDEX_LENGTH, null=True, unique=self.unique, db_index=self.db_index
        )
        if not cls._meta.abstract:
            cls.add_to_class(self.next_name, following)

    @property
    def next_name(self) -> str:
        return f"{self.name}_next"

    @property
    def source(self) -> EncryptedTextField:
        field = self.model._meta.get_field(self.of)
        assert isinstance(field, EncryptedTextField), f"{self.of} is not encrypted"
        return field

    @property
    def following(self) -> Column:
        return cast(Column, self.model._meta.get_field(self.next_name))

    @cached_property
    def label(self) -> str:
        """Keeps equal texts of two columns from having equal indexes."""
        return f"{self.model._meta.db_table}.{self.source.column}"

    def hash(self, key: keys.Key, text: str) -> bytes:
        return envelope.fingerprint(key, f"{self.label}\0{self.normalise(text)}".encode())

    def columns(self, text: str) -> Pair:
        """What this column and its `_next` hold for a text, as rotation stands now."""
        if not text:
            return None, None
        first, second = phases.keys_to_write(self.label)
        ours = self.hash(first, text)
        if second is None or second == first:
            return ours, None if second is None else ours
        return ours, self.hash(second, text)

    def columns_of_many(self, texts: Sequence[str]) -> list[Pair]:
        """As `columns` for very many texts."""
        first, second = phases.keys_to_write(self.label)
        ours = self.hashes_of(first, texts)
        theirs: Sequence[bytes | None] = [None] * len(texts)
        if second is not None:
            theirs = ours if second == first else self.hashes_of(second, texts)
        pairs = zip(ours, theirs, strict=True)
        return [pair if text else (None, None) for text, pair in zip(texts, pairs, strict=True)]

    def hashes_of(self, key: keys.Key, texts: Iterable[str]) -> list[bytes]:
        label = f"{self.label}\0"
        return [envelope.fingerprint(key, f"{label}{self.normalise(text)}".encode()) for text in texts]

    def fill(self, row: models.Model) -> None:
        ours, following = self.columns(getattr(row, self.of))
        setattr(row, self.name, ours)
        setattr(row, self.next_name, following)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        self.fill(model_instance)
        return getattr(model_instance, self.attname)

    def clone(self) -> Any:
        return as_bytes(self)

    def deconstruct(self) -> Any:
        return deconstruct_as_bytes(self)


@cache
def index_of(model: type[models.Model], source: str) -> BlindIndexField:
    for field in model._meta.concrete_fields:
        if isinstance(field, BlindIndexField) and field.of == source:
            return field
    raise LookupError(f"{model._meta.label}.{source} has no blind index")


def indexes_on(model: type[models.Model], sources: Iterable[str] | None = None) -> list[BlindIndexField]:
    wanted = None if sources is None else set(sources)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, BlindIndexField) and (wanted is None or field.of in wanted)
    ]


def blind_index(model: type[models.Model], source: str, value: str) -> bytes | None:
    """The index of a value as written now. To find rows use `found_by`: it also finds amid a rotation."""
    return index_of(model, source).columns(value)[0]


def found_by(model: type[models.Model], source: str, *values: str, through: str = "") -> Q:
    """Rows whose sealed `source` is one of the values; blank values find nothing.

    `through` is the lookup to the model from where the search starts, such as "person__".
    """
    return found_by_hashes(
        model, source, [one for value in values for one in hashes(model, source, value)], through
    )


def hashes(model: type[models.Model], source: str, value: str) -> list[bytes]:
    """Under which a value may stand at the moment; none for a blank one."""
    index = index_of(model, source)
    return [index.hash(key, value) for key in keys.ring("index")] if value else []


def hashes_of_many(model: type[models.Model], source: str, values: Sequence[str]) -> list[bytes]:
    """As `hashes`, for many values together."""
    index = index_of(model, source)
    return [one for key in keys.ring("index") for one in index.hashes_of(key, values)]


def found_by_hashes(model: type[models.Model], source: str, found: list[bytes], through: str = "") -> Q:
    index = index_of(model, source)
    condition = Q(**{f"{through}{index.name}__in": found})
    if len(keys.ring("index")) > 1:
        condition |= Q(**{f"{through}{index.next_name}__in": found})
    return condition
