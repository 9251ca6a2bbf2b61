"""Every read of proposals. Each starts from what the actor may see."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.benefits import asking, policies
from niangjia.benefits.access import BENEFITS, HEALTH, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.decisions import Assessment
from niangjia.benefits.kinds import CLOSED_STATES, Finding, SchemeState
from niangjia.benefits.models import BenefitApplication, Proposal, Scheme
from niangjia.benefits.policies import Reading
from niangjia.benefits.proposals.finding import open_schemes
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, within
from niangjia.kernel.errors import Missing
from niangjia.membership import queries as membership
from niangjia.organisation.models import UnionBody


def proposals_visible_to(actor: Actor) -> "QuerySet[Proposal]":
    """Of the actor's subtrees, and what is for the actor's own household.

    What rests on an illness is for health duties alone: that somebody is on the list would tell.
    """
    is_open = Q(scheme__is_medical=False) | within(actor.scopes(HEALTH))
    rows = Proposal.objects.select_related("person", "scheme__unit", "unit", "household")
    return rows.filter(within(actor.scopes(BENEFITS)) & is_open | _own(actor))


def waiting(rows: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    """Those that may still be taken up: nobody said no, nobody applied, and the scheme is open."""
    today = clock.today()
    applied = BenefitApplication.objects.filter(scheme=OuterRef("scheme"), period=OuterRef("period")).exclude(
        state__in=CLOSED_STATES
    )
    return (
        rows.exclude(finding=Finding.LAPSED)
        .filter(Q(scheme__closes_on=None) | Q(scheme__closes_on__gte=today), declined_at=None)
        .filter(Q(scheme__opens_on=None) | Q(scheme__opens_on__lte=today), scheme__state=SchemeState.OPEN)
        .exclude(Exists(applied.filter(person=OuterRef("person"), household=None)))
        .exclude(Exists(applied.filter(household=OuterRef("household"), household__isnull=False)))
    )


def proposals_chosen(
    actor: Actor,
    *,
    scheme: str = "",
    finding: str = "",
    untold: bool = False,
    unit: UnionBody | None = None,
) -> "QuerySet[Proposal]":
    """The clerk's list: whom one could still help; the newest finding first."""
    rows = waiting(proposals_visible_to(actor)).order_by("-pk")
    if scheme:
        rows = rows.filter(scheme__number=scheme)
    if finding in (Finding.ENTITLED, Finding.NEARLY):
        rows = rows.filter(finding=finding)
    if untold:
        rows = rows.filter(told_at=None)
    return rows.filter(within([unit.path])) if unit else rows


def own_proposals(actor: Actor) -> list[Proposal]:
    """我能享受什么: what is for the worker, a child of theirs or their household; the sure things first."""
    rows = Proposal.objects.filter(_own(actor)).select_related("person", "scheme__unit", "household")
    found = waiting(rows).order_by("pk")
    return sorted(found, key=lambda row: (row.finding != Finding.ENTITLED, -(row.amount or 0)))


def is_own(actor: Actor, row: Proposal) -> bool:
    """Whether it is for the actor, a child of theirs or their household."""
    return Proposal.objects.filter(_own(actor), pk=row.pk).exists()


def own_for(actor: Actor, scheme: Scheme) -> Proposal | None:
    """What the system found of this scheme for the worker, if it still stands."""
    return waiting(Proposal.objects.filter(_own(actor), scheme=scheme)).first()


def proposals_named(actor: Actor, public_ids: Iterable[str]) -> Sequence[Proposal]:
    """Those of a form's ticks that the actor may see."""
    named = [id for id in public_ids if _is_id(id)]
    return list(waiting(proposals_visible_to(actor)).filter(public_id__in=named))


def proposal(public_id: UUID, actor: Actor) -> Proposal:
    found = proposals_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这条提示，或您的岗位看不到它。"))
    return found


def assessment_of(row: Proposal) -> Assessment:
    """Why: put to the policy anew, as the register stands now."""
    household = row.household or membership.current_household(row.person)
    return asking.assess(row.scheme, clock.today(), row.person, household, {})


def wanting_label(row: Proposal) -> str:
    """The one thing that is wanting, in the words of the policy and the reader's language."""
    if not row.wanting:
        return ""
    reading = Reading(row.scheme.parameters, row.scheme.order)
    notes = policies.shelf().program(row.scheme.policy, clock.today(), reading).compiled.notes
    note = notes.inputs.get(row.wanting)
    return note.label[policies.language()] if note else row.wanting


def schemes_with_proposals(actor: Actor) -> "QuerySet[Scheme]":
    """For the filter of the clerk's list."""
    rows = waiting(proposals_visible_to(actor)).values("scheme")
    return Scheme.objects.filter(pk__in=rows).order_by("title", "pk")


def _own(actor: Actor) -> Q:
    person = membership.person_of(actor)
    if person is None:
        return Q(pk__in=[])
    household = membership.current_household(person)
    mine = Q(person=person)
    if household is not None:
        mine |= Q(household=household) | Q(person__in=_children(household.pk), household=None)
    return mine


def _children(household: int) -> list[int]:
    rows = membership.current_members(household)
    return [row.person_id for row in rows if row.relation == "child"]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def schemes_to_look_for(actor: Actor) -> list[Scheme]:
    """The open schemes of the unions where the actor receives applications or keeps schemes."""
    return [
        scheme
        for scheme in open_schemes(clock.today())
        if any(actor.grants_for(duty, scheme.unit.path) for duty in (RECEIVER, SCHEME_KEEPER))
    ]
