"""Writes that change no state: papers come in and are voided."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.kinds import PaperKind, State
from niangjia.assistance.models import Attachment, HardshipFile
from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update({"attach": gettext_lazy("添加材料"), "void_attachment": gettext_lazy("作废材料")})

MOST_PAPERS = 100

# Once a file is approved its papers are evidence; nothing joins or leaves.
OPEN_TO_PAPERS = (
    State.APPLIED,
    State.RETURNED,
    State.REVIEWED,
    State.VISITED,
    State.CLEARED,
)


def attach(file: HardshipFile, *, actor: Actor, kind: str, upload: Any) -> Attachment:
    """Add one paper. The same paper twice is the same row."""
    if kind not in PaperKind.values:
        raise Invalid(
            _("没有这种材料类别，请从列表中选择。"), {"kind": [_("没有这种材料类别，请从列表中选择。")]}
        )
    _may_handle_papers(file, actor)
    if kind == PaperKind.VISIT and not _handles_papers_by_post(file, actor):
        raise NotAllowed(_("入户核查的材料由工会添加，请选择其他类别。"))
    stored = files.store(upload, actor=actor, unit=file.unit, allowed=files.IMAGES | files.DOCUMENTS)
    with transaction.atomic():
        papers = _locked_papers(file)
        for paper in papers:
            if (paper.kind, paper.stored.address) == (kind, stored.address):
                stored.delete()
                return paper
        if len(papers) >= MOST_PAPERS:
            raise Refused(_("一份档案最多放 %d 份材料。请先作废多余的，再添加。") % MOST_PAPERS)
        attachment = Attachment.objects.create(
            file=file, stored=stored, kind=kind, added_by=actor.account, added_at=clock.now()
        )
        audit.record(file, "attach", actor=actor, changes={"kind": kind, "attachment": attachment.public_id})
    return attachment


def void_attachment(attachment: Attachment, *, actor: Actor) -> None:
    """Take a wrong paper out of sight; it stays on record."""
    _may_handle_papers(attachment.file, actor)
    if attachment.added_by_id != actor.user_id and not _handles_papers_by_post(attachment.file, actor):
        raise NotAllowed(_("这份材料是工会添加的，只有工会能作废。有疑问请向所属工会询问。"))
    with transaction.atomic():
        attachment.voided_at = clock.now()
        attachment.save(update_fields=["voided_at"])
        audit.record(
            attachment.file, "void_attachment", actor=actor, changes={"attachment": attachment.public_id}
        )


def _may_handle_papers(file: HardshipFile, actor: Actor) -> None:
    if file.state not in OPEN_TO_PAPERS:
        raise WrongState(
            _("档案%s现在是“%s”，材料已经固定，不能增减。") % (file.number, file.get_state_display())
        )
    if actor.user_id is not None and actor.user_id == file.person.user_id:
        return
    if not _handles_papers_by_post(file, actor):
        raise NotAllowed(_("材料由申请人、初审员、核查员或帮扶中心添加，您没有这个岗位。"))


def _handles_papers_by_post(file: HardshipFile, actor: Actor) -> bool:
    return any(actor.grants_for(duty, file.unit.path) for duty in (REVIEWER, VISITOR, CENTRE_CLERK))


def _locked_papers(file: HardshipFile) -> list[Attachment]:
    """The papers in force; until the transaction ends nobody else adds one."""
    list(HardshipFile.objects.select_for_update(no_key=True).filter(pk=file.pk).values_list("pk"))
    return list(file.attachments.filter(voided_at=None).select_related("stored"))
