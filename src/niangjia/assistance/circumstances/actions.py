"""Stating and correcting what a family's circumstances are."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.circumstances.kinds import Teller
from niangjia.assistance.circumstances.models import Circumstances, FamilyMember
from niangjia.assistance.kinds import UNDER_WAY, State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update(
    {
        "state_circumstances": gettext_lazy("填写家庭情况"),
        "add_member": gettext_lazy("添加家庭成员"),
        "end_member": gettext_lazy("移出家庭成员"),
    }
)

OPEN_TO_STATEMENTS = (State.FOUND, *UNDER_WAY, State.RENEWAL)
MOST_MEMBERS = 29
SAID = [
    field.name
    for field in Circumstances._meta.concrete_fields
    if field.name not in ("id", "public_id", "file", "teller", "told_by", "told_at")
]


@transaction.atomic
def state(file: HardshipFile, *, actor: Actor, **facts: Any) -> Circumstances:
    """A new statement: what was known before, and what is said now. An empty card number leaves the old one."""
    teller = _teller(file, actor)
    before = file.circumstances.last()
    known = {name: getattr(before, name) for name in SAID} if before else {}
    if not facts.get("card_number", "-"):
        facts.pop("card_number")
    said = Circumstances.objects.create(file=file, teller=teller, told_by=actor.account, **{**known, **facts})
    changed = {name: value for name, value in facts.items() if known.get(name) != value}
    audit.record(file, "state_circumstances", actor=actor, changes=changed)
    return said


@transaction.atomic
def add_member(file: HardshipFile, *, actor: Actor, id_number: Any = None, **facts: Any) -> FamilyMember:
    _teller(file, actor)
    if file.members.filter(ended_at=None).count() >= MOST_MEMBERS:
        raise Refused(_("家庭成员最多填 %d 人。请核对是不是重复填写。") % MOST_MEMBERS)
    number = id_number.number if id_number else ""
    member = FamilyMember.objects.create(file=file, added_by=actor.account, id_number=number, **facts)
    audit.record(file, "add_member", actor=actor, changes={"member": member.public_id})
    return member


@transaction.atomic
def end_member(member: FamilyMember, *, actor: Actor) -> None:
    _teller(member.file, actor)
    member.ended_at = clock.now()
    member.save(update_fields=["ended_at"])
    audit.record(member.file, "end_member", actor=actor, changes={"member": member.public_id})


def may_state(file: HardshipFile, actor: Actor) -> bool:
    return file.state in OPEN_TO_STATEMENTS and _who(file, actor) is not None


def _teller(file: HardshipFile, actor: Actor) -> Teller:
    if file.state not in OPEN_TO_STATEMENTS:
        raise WrongState(
            _("档案%s现在是“%s”，家庭情况已经固定；情况有变化，请在复核时更新。")
            % (file.number, file.get_state_display())
        )
    teller = _who(file, actor)
    if teller is None:
        raise NotAllowed(_("家庭情况由申请人、初审员、核查员或帮扶中心填写，您没有这个岗位。"))
    return teller


def _who(file: HardshipFile, actor: Actor) -> Teller | None:
    if actor.user_id is not None and file.person.user_id == actor.user_id:
        return Teller.FAMILY
    by_post = any(actor.grants_for(duty, file.unit.path) for duty in (REVIEWER, VISITOR, CENTRE_CLERK))
    return Teller.CLERK if by_post else None
