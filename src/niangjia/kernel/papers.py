"""Papers 附件 of a case: added once, never removed; a wrong one is voided and stays on record.

A domain derives its table from `Paper`, names the foreign key to the case in `CASE`, and asks first who may.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update({"attach": gettext_lazy("添加材料"), "void_attachment": gettext_lazy("作废材料")})

MOST_PAPERS = 100


class Paper(models.Model):
    """The subclass brings the foreign key that `CASE` names, `kind` (TextChoices) and a unique constraint."""

    CASE: ClassVar[str]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stored = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=gettext_lazy("文件")
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar[Sequence[str]] = ["pk"]


def once(case: str, name: str) -> models.UniqueConstraint:
    """The same paper is in force only once."""
    return models.UniqueConstraint(fields=[case, "stored", "kind"], condition=Q(voided_at=None), name=name)


def attach(model: type[Any], case: Any, *, actor: Actor, kind: str, upload: Any) -> Any:
    """Add one paper. The same paper twice is the same row."""
    if kind not in {value for value, _label in model._meta.get_field("kind").choices}:
        raise _unknown_kind()
    stored = files.store(upload, actor=actor, unit=case.unit, allowed=files.IMAGES | files.DOCUMENTS)
    return attach_stored(model, case, actor=actor, kind=kind, stored=stored)


def attach_stored(
    model: type[Any], case: Any, *, actor: Actor, kind: str, stored: StoredFile, **more: Any
) -> Any:
    """Add a paper whose content was taken in before; `more` are columns of the subclass."""
    with transaction.atomic():
        papers = _locked(model, case)
        for paper in papers:
            if (paper.kind, paper.stored.address) == (kind, stored.address):
                if paper.stored_id != stored.pk:
                    stored.delete()
                return paper
        if len(papers) >= MOST_PAPERS:
            raise Refused(_("一份档案最多放 %d 份材料。请先作废多余的，再添加。") % MOST_PAPERS)
        named: Mapping[str, Any] = {model.CASE: case, **more}
        paper = model.objects.create(
            **named, stored=stored, kind=kind, added_by=actor.account, added_at=clock.now()
        )
        audit.record(case, "attach", actor=actor, changes={"kind": kind, "attachment": paper.public_id})
    return paper


def void(paper: Any, *, actor: Actor) -> None:
    """Take a wrong paper out of sight; it stays on record."""
    with transaction.atomic():
        paper.voided_at = clock.now()
        paper.save(update_fields=["voided_at"])
        case = getattr(paper, paper.CASE)
        audit.record(case, "void_attachment", actor=actor, changes={"attachment": paper.public_id})


def _locked(model: type[Any], case: Any) -> list[Any]:
    """The papers in force; until the transaction ends nobody else adds one."""
    list(type(case)._base_manager.select_for_update(no_key=True).filter(pk=case.pk).values_list("pk"))
    return list(model.objects.filter(**{model.CASE: case}, voided_at=None).select_related("stored"))


def _unknown_kind() -> Invalid:
    sentence = _("没有这种材料类别，请从列表中选择。")
    return Invalid(sentence, {"kind": [sentence]})
