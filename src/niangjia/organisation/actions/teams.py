"""工会工作队: forming and disbanding a team; who is engaged in it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import WrongState
from niangjia.organisation import authority, forms
from niangjia.organisation.actions import seats
from niangjia.organisation.kinds import SeatEnd
from niangjia.organisation.models import Team, TeamMember, UnionBody


def form_team(unit: UnionBody, *, actor: Actor, **data: Any) -> Team:
    grant = authority.over_registers(unit, actor)
    cleaned = forms.checked(forms.TeamForm, data, actor=actor, row=unit)
    try:
        with transaction.atomic():
            team = Team.objects.create(unit=unit, **cleaned)
            audit.record(team, "form_team", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    except IntegrityError:
        raise WrongState(_("这支队伍刚刚已由他人登记，请刷新页面查看。")) from None
    return team


def disband_team(team: Team, *, actor: Actor, **data: Any) -> Team:
    """Its members leave with it."""
    grant = authority.over_registers(team.unit, actor)
    with transaction.atomic():
        team = _standing(team)
        cleaned = forms.checked(forms.DisbandForm, data, actor=actor, row=team)
        team.ended_on = cleaned["ended_on"]
        team.save(update_fields=["ended_on"])
        serving = team.members.filter(until_on__isnull=True)
        seats.end_many(
            serving, cleaned["ended_on"], SeatEnd.OTHER, actor=actor, principal_id=grant.principal_id
        )
        audit.record(
            team,
            "disband",
            actor=actor,
            changes={"ended_on": team.ended_on},
            principal_id=grant.principal_id,
            remark=cleaned["remark"],
        )
    return team


def seat_team_member(team: Team, *, actor: Actor, **data: Any) -> TeamMember:
    grant = authority.over_registers(team.unit, actor)
    with transaction.atomic():
        team = _standing(team)
        cleaned = forms.checked(forms.TeamMemberForm, data, actor=actor, row=team)
        member = TeamMember(unit=team.unit, team=team, **cleaned)
        return seats.take(member, "take_seat", actor=actor, principal_id=grant.principal_id)


def end_team_member(member: TeamMember, *, actor: Actor, **data: Any) -> TeamMember:
    return seats.leave(member, forms.EndSeatForm, actor=actor, **data)


def _standing(team: Team) -> Team:
    rows = Team.objects.select_for_update(no_key=True, of=("self",)).select_related("unit__region")
    found = rows.get(pk=team.pk)
    if found.ended_on is not None:
        raise WrongState(_("“%(team)s”已于 %(day)s 解散。") % {"team": found.name, "day": found.ended_on})
    return found
