"""Reads of uploads. Whoever holds the sheet's duty over the union sees them, uploader or not; nobody else does."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor, directory, within
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.sheets.declaration import Sheet, sheets_of
from niangjia.kernel.sheets.models import Batch, State

NOT_FOUND = _("没有找到这个批次，或您的岗位看不到它。")


def batches_visible_to(actor: Actor) -> "QuerySet[Batch]":
    """Newest first."""
    condition = Q(pk__in=[])
    for sheet in sheets_of(actor):
        paths = [grant.path for grant in actor.grants if grant.duty == sheet.duty]
        condition |= Q(within(paths), sheet=sheet.name)
    return Batch.objects.filter(condition).select_related("unit", "uploaded_by", "job").order_by("-pk")


def batch_visible_to(actor: Actor, public_id: UUID) -> Batch:
    related = ("file", "marked", "rest", "same_as")
    found = batches_visible_to(actor).select_related(*related).filter(public_id=public_id).first()
    if found is None:
        raise Missing(NOT_FOUND)
    return found


def waiting_for(actor: Actor) -> "QuerySet[Batch]":
    """Own uploads that have been looked through and wait for a decision."""
    return batches_visible_to(actor).filter(uploaded_by=actor.user_id, state=State.CHECKED)


def taken_before(batch: Batch) -> Batch | None:
    """The newest batch of the same file for the same union that was taken in and still stands."""
    earlier: Any = Batch.objects.filter(
        sha256=batch.sha256, sheet=batch.sheet, unit=batch.unit_id, state=State.ACCEPTED
    )
    found: Batch | None = earlier.exclude(pk=batch.pk).order_by("-pk").first()
    return found


def authority(sheet: Sheet, unit_id: int, actor: Actor) -> int | None:
    """Whom the actor acts for (None: for themselves); refused without the sheet's duty over the union."""
    grants = actor.grants_for(sheet.duty, directory().path(unit_id))
    if not grants:
        raise NotAllowed(
            gettext("上传“%(sheet)s”由“%(duty)s”岗位办理，您在这个工会没有这个岗位。请换成您任职的工会，或请组织管理员任职。")
            % {"sheet": sheet.label, "duty": sheet.duty.label}
        )  # fmt: skip
    return grants[0].principal_id
