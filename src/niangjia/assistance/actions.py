"""Writes that change no state: papers come in and are voided, help is allowed before the file is complete."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.kinds import OF_VISITS, UNDER_WAY, State
from niangjia.assistance.models import Attachment, HardshipFile
from niangjia.assistance.parameters import TEMPORARY_HELP
from niangjia.kernel import audit, clock, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.organisation.parameters import value

ACTION_LABELS["allow_temporary_help"] = gettext_lazy("同意先行临时帮扶")

# Once a file is approved its papers are evidence; nothing joins or leaves before it is reviewed again.
OPEN_TO_PAPERS = (
    State.FOUND,
    State.APPLIED,
    State.RETURNED,
    State.REVIEWED,
    State.VISITED,
    State.CHECKED,
    State.CLEARED,
    State.RENEWAL,
)


def attach(file: HardshipFile, *, actor: Actor, kind: str, upload: Any) -> Attachment:
    """Add one paper. The same paper twice is the same row."""
    _may_handle_papers(file, actor)
    if kind in OF_VISITS and not _handles_papers_by_post(file, actor):
        raise NotAllowed(_("入户核查的材料由工会添加，请选择其他类别。"))
    paper: Attachment = papers.attach(Attachment, file, actor=actor, kind=kind, upload=upload)
    return paper


def void_attachment(attachment: Attachment, *, actor: Actor) -> None:
    """Take a wrong paper out of sight; it stays on record."""
    _may_handle_papers(attachment.file, actor)
    if attachment.added_by_id != actor.user_id and not _handles_papers_by_post(attachment.file, actor):
        raise NotAllowed(_("这份材料是工会添加的，只有工会能作废。有疑问请向所属工会询问。"))
    papers.void(attachment, actor=actor)


def allow_temporary_help(file: HardshipFile, *, actor: Actor) -> None:
    """先行临时帮扶: a family in urgent need may be helped before its file is complete, where the region allows it."""
    if not actor.grants_for(APPROVER, file.unit.path):
        raise NotAllowed(_("临时帮扶由帮扶审批人同意，您在这个工会没有这个岗位。"))
    if file.state not in UNDER_WAY:
        raise WrongState(
            _("档案%s现在是“%s”，不需要先行临时帮扶。") % (file.number, file.get_state_display())
        )
    if not value(TEMPORARY_HELP, file.unit, clock.today()):
        raise Refused(_("本地区没有规定可以先帮扶、后建档。请按程序建档。"))
    with transaction.atomic():
        file.temporary_help_on = clock.today()
        file.save(update_fields=["temporary_help_on"])
        audit.record(file, "allow_temporary_help", actor=actor, changes={"on": file.temporary_help_on})


def may_allow_help(file: HardshipFile, actor: Actor) -> bool:
    return (
        file.temporary_help_on is None
        and file.state in UNDER_WAY
        and bool(actor.grants_for(APPROVER, file.unit.path))
        and bool(value(TEMPORARY_HELP, file.unit, clock.today()))
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
