"""Teams of union workers and who serves in them."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor, scoped
from niangjia.kernel.errors import Missing
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.models import Team, TeamMember, UnionBody
from niangjia.organisation.queries import in_scopes, scopes_beneath


def teams_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Team]":
    """With how many serve; each team is counted by itself, for one person may serve in two."""
    rows = Team.objects.select_related("unit__region").order_by("unit__path", "id")
    rows = rows.annotate(serving_count=Count("members", filter=Q(members__until_on__isnull=True)))
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath))


def team_visible_to(actor: Actor, public_id: UUID) -> Team:
    found = teams_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这支队伍，或您的岗位看不到它。"))
    return found


def team_member_visible_to(actor: Actor, public_id: UUID) -> TeamMember:
    rows = TeamMember.objects.select_related("unit__region", "team")
    found = scoped(rows, actor, PURPOSE).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这位队员，或您的岗位看不到他。"))
    return found
