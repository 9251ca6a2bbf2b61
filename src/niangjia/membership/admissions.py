"""How a membership begins and goes on in another union: the row, its number, the audit entry, the union's count.

Called by the steps that decide it, in their transaction.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import audit, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership import newcomers, queries
from niangjia.membership.kinds import MemberState
from niangjia.membership.models import Member, Person
from niangjia.organisation.models import Employer, UnionBody

ACTION_LABELS.update(
    {
        "enrol": gettext_lazy("入会"),
        "admit": gettext_lazy("入会"),
        "arrive": gettext_lazy("转入"),
        "prove_phone": gettext_lazy("验证手机号"),
        "move_register": gettext_lazy("登记随会籍转移"),
    }
)

# What goes along from one union to the next, and from an application to the membership.
WORK = ("occupation", "employment", "new_employment", "is_migrant")


def admit(
    person: Person,
    unit: UnionBody,
    *,
    actor: Actor,
    joined_on: date,
    employer: Employer | None = None,
    work: Mapping[str, Any] | None = None,
) -> Member:
    """The first stay under a new number."""
    queries.hold(person)
    if person.memberships.filter(left_on=None).exists():
        raise Refused(_("这位职工已有会籍，不能重复入会。如果换了单位，请办理会籍转接。"))
    [number] = numbering.draw("member")
    member = Member(
        person=person,
        unit=unit,
        employer=employer,
        number=f"HY{number:09d}",
        joined_on=joined_on,
        **(work or {}),
    )
    return _begin(member, "admit", actor)


def go_on(
    member: Member, unit: UnionBody, *, actor: Actor, employer: Employer | None, work: Mapping[str, Any]
) -> Member:
    """The next stay under the same number; the one before has ended."""
    following = Member(
        person_id=member.person_id,
        unit=unit,
        employer=employer,
        number=member.number,
        stint=member.stint + 1,
        joined_on=clock.today(),
        **work,
    )
    return _begin(following, "arrive", actor)


def hold_counts(*unit_ids: int) -> None:
    """Always in the same order: of two moves in opposite directions one waits for the other."""
    rows = UnionBody.objects.select_for_update(no_key=True).filter(pk__in=unit_ids)
    list(rows.order_by("pk").values_list("pk"))


def _begin(member: Member, action: str, actor: Actor) -> Member:
    member.save()
    link = audit.Link(member, action, {"unit": member.unit_id}, to_state=MemberState.ACTIVE)
    audit.append([link], actor=actor, fresh=True)
    newcomers.count({member.unit_id: 1})
    _register_with(member, actor)
    return member


def _register_with(member: Member, actor: Actor) -> None:
    """Whoever has the membership answers for the person's entry; what the union before made stays with it."""
    person = member.person
    if person.unit_id == member.unit_id:
        return
    person.unit_id = member.unit_id
    person.save(update_fields=["unit"])
    audit.record(person, "move_register", actor=actor, changes={"unit": member.unit_id})
