"""Writes that change no state: papers come in and are voided."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.models import Attachment, HardshipFile
from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update({"attach": gettext_lazy("添加材料"), "void_attachment": gettext_lazy("作废材料")})

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
    _may_handle_papers(file, actor)
    stored = files.store(upload, actor=actor, unit=file.unit, allowed=files.IMAGES | files.DOCUMENTS)
    with transaction.atomic():
        attachment, is_new = Attachment.objects.get_or_create(
            file=file,
            stored=stored,
            kind=kind,
            voided_at=None,
            defaults={"added_by": actor.account, "added_at": clock.now()},
        )
        if is_new:
            audit.record(
                file, "attach", actor=actor, changes={"kind": kind, "attachment": attachment.public_id}
            )
    return attachment


def void_attachment(attachment: Attachment, *, actor: Actor) -> None:
    """Take a wrong paper out of sight; it stays on record."""
    _may_handle_papers(attachment.file, actor)
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
    if not any(actor.grants_for(duty, file.unit.path) for duty in (REVIEWER, VISITOR, CENTRE_CLERK)):
        raise NotAllowed(_("材料由申请人、初审员、核查员或帮扶中心添加，您没有这个岗位。"))
