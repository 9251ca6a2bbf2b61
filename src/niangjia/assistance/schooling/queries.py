"""Every read of these cases: for the duties that work on them, and for the guardian."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from niangjia.assistance.access import SCHOOLING
from niangjia.assistance.models import PersuasionVisit, SchoolingCase
from niangjia.assistance.schooling.kinds import OVER
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, within
from niangjia.membership import queries as membership
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody


def cases_visible_to(actor: Actor) -> "QuerySet[SchoolingCase]":
    """A paired cadre, a reviewer, a visitor does not see them: their posts have no need to."""
    rows = SchoolingCase.objects.select_related("unit", "child", "guardian")
    if actor.user_id is None:
        return rows.none()
    return rows.filter(within(actor.scopes(SCHOOLING)) | Q(guardian__user=actor.user_id))


def cases_chosen(
    actor: Actor, *, words: str = "", state: str = "", overdue: bool = False, unit: UnionBody | None = None
) -> "QuerySet[SchoolingCase]":
    rows, words = cases_visible_to(actor).order_by("-pk"), words.strip()
    if words:
        rows = rows.filter(Q(number=words.upper()) | membership.named(words, "child__"))
    if state:
        rows = rows.filter(state=state)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    return rows.filter(within([unit.path])) if unit else rows


def running_case(child: Person) -> SchoolingCase | None:
    return SchoolingCase.objects.filter(child=child).exclude(state__in=OVER).first()


def own_cases(actor: Actor) -> "QuerySet[SchoolingCase]":
    """The guardian's."""
    return cases_visible_to(actor).filter(guardian__user=actor.user_id).order_by("-pk")


def visits(case: SchoolingCase) -> "QuerySet[PersuasionVisit]":
    return case.visits.select_related("recorded_by")


def subjects(rows: Sequence[SchoolingCase]) -> dict[int, set[int]]:
    return {row.pk: {row.guardian.user_id} for row in rows if row.guardian.user_id is not None}


def kept_out(rows: Sequence[SchoolingCase]) -> dict[int, set[int]]:
    """The household (回避)."""
    housemates = membership.housemates(row.guardian for row in rows)
    return {row.pk: housemates[row.guardian_id] for row in rows}
