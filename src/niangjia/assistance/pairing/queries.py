"""Every read of pairing. Each starts from what the actor may see.

Seen by: assistance duties over the household's unit; the worker; the cadre, wherever their own post stands, as long as
they are the one paired. The pairing opens the household's name, address, phone (with a reason), plan and visits; not
the file's story, papers or illnesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from niangjia.assistance import queries as files
from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.kinds import KEPT_STATES
from niangjia.assistance.models import HardshipFile, Pairing, PairVisit
from niangjia.assistance.pairing.kinds import PairingState, Role
from niangjia.assistance.pairing.parameters import FEWEST_HOUSEHOLDS, MOST_HOUSEHOLDS, VISITS_A_YEAR
from niangjia.assistance.pairing.quotas import posts_held
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor, within
from niangjia.membership import queries as membership
from niangjia.organisation.models import Post, UnionBody
from niangjia.organisation.parameters import value


def pairings_visible_to(actor: Actor) -> "QuerySet[Pairing]":
    rows = Pairing.objects.select_related("unit", "file__person", "cadre")
    if actor.user_id is None:
        return rows.none()
    is_cadre = Q(cadre=actor.user_id, state=PairingState.PAIRED)
    return rows.filter(within(actor.scopes(ASSISTANCE)) | is_cadre | Q(file__person__user=actor.user_id))


def pairings_chosen(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    overdue: bool = False,
    mine: bool = False,
    unit: UnionBody | None = None,
) -> "QuerySet[Pairing]":
    """The list as its reader cuts it down, newest first; without a state only what runs."""
    rows, words = pairings_visible_to(actor).order_by("-pk"), words.strip()
    if words:
        found = Q(number=words.upper()) | membership.named(words, "file__person__")
        rows = rows.filter(found | Q(cadre__name=words))
    rows = rows.filter(state=state or PairingState.PAIRED)
    if overdue:
        rows = rows.filter(due_on__lt=clock.today())
    if mine:
        rows = rows.filter(cadre=actor.user_id)
    return rows.filter(within([unit.path])) if unit else rows


def pairings_of(file: HardshipFile) -> "QuerySet[Pairing]":
    """Who looks after a household that the actor already sees."""
    return Pairing.objects.filter(file=file, state=PairingState.PAIRED).select_related("cadre")


def own_contacts(actor: Actor) -> "QuerySet[Pairing]":
    """The worker's own: who looks after their household today."""
    return Pairing.objects.filter(file__person__user=actor.user_id, state=PairingState.PAIRED).select_related(
        "cadre"
    )


def unpaired_files(actor: Actor, unit: UnionBody | None = None) -> "QuerySet[HardshipFile]":
    """Filed households that nobody looks after, longest first."""
    paired = Pairing.objects.filter(file=OuterRef("pk"), state=PairingState.PAIRED)
    rows = files.files_visible_to(actor).filter(~Exists(paired), state__in=KEPT_STATES)
    return (rows.filter(within([unit.path])) if unit else rows).order_by("filed_on", "pk")


def calls_on(file: HardshipFile) -> "QuerySet[PairVisit]":
    """Of all pairings of a household that the actor already sees, the earliest first."""
    return PairVisit.objects.filter(pairing__file=file).select_related("cadre").order_by("visited_on", "pk")


def visits(pairing: Pairing) -> "QuerySet[PairVisit]":
    return pairing.visits.select_related("cadre", "recorded_by")


@dataclass(frozen=True)
class Load:
    """One colleague's households and visits against what the region asks."""

    post: Post
    role: Role
    households: int
    fewest: int
    most: int
    visits: int
    visits_asked: int

    @property
    def is_short(self) -> bool:
        return self.households < self.fewest

    @property
    def owes_visits(self) -> bool:
        return self.visits < self.visits_asked


def loads(actor: Actor, unit: UnionBody | None = None) -> list[Load]:
    """Every colleague who may be paired, of the actor's subtrees: households today, visits in the last year."""
    inside = within([unit.path]) if unit else within(actor.scopes(ASSISTANCE))
    return [load for role in Role for load in _loads(role, inside)]


def _loads(role: Role, inside: Q) -> list[Load]:
    posts = list(posts_held(role).filter(inside).order_by("unit__path", "pk"))
    users = [post.user_id for post in posts]
    today = clock.today()
    held = _counted(Pairing.objects.filter(cadre__in=users, role=role, state=PairingState.PAIRED))
    paid = _counted(
        PairVisit.objects.filter(
            cadre__in=users, pairing__role=role, visited_on__gt=calendar.add_months(today, -12)
        )
    )
    return [
        Load(
            post,
            role,
            held.get(post.user_id, 0),
            value(FEWEST_HOUSEHOLDS[role], post.unit, today),
            value(MOST_HOUSEHOLDS[role], post.unit, today),
            paid.get(post.user_id, 0),
            value(VISITS_A_YEAR[role], post.unit, today) * held.get(post.user_id, 0),
        )
        for post in posts
    ]


def _counted(rows: "QuerySet[Any]") -> dict[int, int]:
    return dict(rows.order_by().values_list("cadre").annotate(count=Count("pk")))


def subjects(rows: Sequence[Pairing]) -> dict[int, set[int]]:
    """The cadre has the household on the desk."""
    return {row.pk: {row.cadre_id} for row in rows}


def kept_out(rows: Sequence[Pairing]) -> dict[int, set[int]]:
    """The household (回避)."""
    housemates = membership.housemates(row.file.person for row in rows)
    return {row.pk: housemates[row.file.person_id] for row in rows}
