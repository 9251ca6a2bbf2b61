"""`SealedModel`: a row whose sealed texts can be found: every write keeps the blind index beside its text."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.apps import apps
from django.core import checks
from django.db import models

from niangjia.kernel.fields.index import indexes_on
from niangjia.kernel.fields.text import EncryptedTextField

Row = TypeVar("Row", bound=models.Model, covariant=True)


class SealedQuerySet(models.QuerySet[Row]):
    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, names = list(objs), with_indexes(self.model, fields)
        for index in indexes_on(self.model, names):
            for row in rows:
                index.fill(row)
        return super().bulk_update(rows, names, batch_size)

    def bulk_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,
        update_conflicts: bool = False,
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[Any]:
        for name in update_fields or ():
            if isinstance(self.model._meta.get_field(name), EncryptedTextField):
                raise TypeError(f"bulk_create cannot overwrite {name}: its bytes are sealed for the new row")
        return super().bulk_create(
            objs, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )


class SealedModel(models.Model):
    """Personal data sealed at rest. A subclass that has its own manager builds it on `SealedQuerySet`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = models.Manager.from_queryset(SealedQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        names = None if update_fields is None else with_indexes(type(self), update_fields)
        super().save(*args, update_fields=names, **kwargs)


def with_indexes(model: type[models.Model], names: Iterable[str]) -> Sequence[str]:
    wanted = list(dict.fromkeys(names))
    for index in indexes_on(model, wanted):
        wanted += [name for name in (index.name, index.next_name) if name not in wanted]
    return wanted


@checks.register(checks.Tags.models)
def check_indexes_are_kept(**_kwargs: Any) -> list[checks.CheckMessage]:
    """A blind index on any other model would go stale at the first save(update_fields=…) or bulk_update()."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_models():
        if not indexes_on(model):
            continue
        if not issubclass(model, SealedModel):
            found.append(checks.Error("a model with a blind index must be a SealedModel", obj=model))
        elif not isinstance(model._default_manager.all(), SealedQuerySet):
            found.append(checks.Error("its default manager must be built on SealedQuerySet", obj=model))
    return found
