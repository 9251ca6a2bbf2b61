"""Reads of duplicates. Whoever sees one side of a pair learns that there is another, not who or where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor, scoped, within
from niangjia.kernel.errors import Missing
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership import queries as people
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates.following import followers
from niangjia.membership.duplicates.kinds import GROUP_LABELS, GROUPS, RUNNING, MergeState
from niangjia.membership.duplicates.models import DuplicatePair, PersonMerge
from niangjia.membership.models import Person
from niangjia.organisation import paths
from niangjia.organisation import queries as organisation
from niangjia.organisation.models import UnionBody

PURPOSE = people.PURPOSE


def pairs_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[DuplicatePair]":
    """Open pairs of which at least one side is in sight: those passed up first, then the most alike."""
    scopes = organisation.scopes_beneath(actor, PURPOSE, beneath)
    pairs = _open_pairs()
    if not scopes:
        return pairs.none()
    if paths.ROOT not in scopes:
        pairs = pairs.filter(within(scopes, "first__unit") | within(scopes, "second__unit"))
    return pairs.order_by("-is_escalated", "-strength", "pk")


def _open_pairs() -> "QuerySet[DuplicatePair]":
    running = PersonMerge.objects.filter(pair=OuterRef("pk"), state__in=RUNNING)
    return (
        DuplicatePair.objects.filter(dismissed_at=None, first__merged_into=None, second__merged_into=None)
        .filter(~Exists(running))
        .select_related("first__unit", "second__unit", "first__user", "second__user")
    )


def pair_visible_to(actor: Actor, public_id: UUID) -> DuplicatePair:
    found = pairs_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这一对登记，或已有人处理过。请回到“重复登记”列表看看。"))
    return found


def sees(actor: Actor, person: Person) -> bool:
    return any(person.unit.path.startswith(path) for path in actor.scopes(PURPOSE))


def sees_both(actor: Actor, pair: DuplicatePair) -> bool:
    return sees(actor, pair.first) and sees(actor, pair.second)


def may_decide(actor: Actor, pair: DuplicatePair) -> bool:
    """The duty over both sides."""
    return all(actor.grants_for(MEMBERSHIP_CLERK, person.unit.path) for person in (pair.first, pair.second))


def common_union(one: Person, other: Person) -> UnionBody:
    """The lowest union that has both in its subtree."""
    shared = [
        path for path in paths.ancestors(one.unit.path) if path in set(paths.ancestors(other.unit.path))
    ]
    return UnionBody.objects.get(path=shared[-1])


def merges_visible_to(actor: Actor) -> "QuerySet[PersonMerge]":
    """Merges of people who are both in the actor's subtrees."""
    return scoped(PersonMerge.objects.select_related("unit", "kept", "gone"), actor, PURPOSE)


def listed(merges: "QuerySet[PersonMerge]") -> "QuerySet[PersonMerge]":
    return merges


def involved_in_proposal(pair: DuplicatePair) -> bool:
    """Whether one of the two already waits in another proposal."""
    both = (pair.first_id, pair.second_id)
    waiting = PersonMerge.objects.filter(state=MergeState.PROPOSED)
    return waiting.filter(Q(kept__in=both) | Q(gone__in=both)).exists()


def merge_of(tombstone: Person) -> PersonMerge | None:
    """The merge in which a registration went."""
    return PersonMerge.objects.filter(gone=tombstone, state__in=RUNNING).first()


def subjects(merges: Sequence[PersonMerge]) -> Mapping[int, set[int]]:
    """The accounts of the one person, or the two, each merge is about."""
    return {
        merge.pk: {person.user_id for person in (merge.kept, merge.gone) if person.user_id}
        for merge in merges
    }


def kept_out(merges: Sequence[PersonMerge]) -> Mapping[int, set[int]]:
    """They and everybody in their households (回避)."""
    housemates = people.housemates(person for merge in merges for person in (merge.kept, merge.gone))
    return {merge.pk: housemates[merge.kept_id] | housemates[merge.gone_id] for merge in merges}


@dataclass(frozen=True)
class Row:
    """One line of the side-by-side view. `first` and `second` are shown as written here, sealed ones masked."""

    group: str
    label: object
    first: str
    second: str
    differs: bool

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return self.differs

    @property
    def default(self) -> str:
        """The side that says something where the other is silent."""
        return "second" if self.second and not self.first else ""


def compared(first: Person, second: Person) -> list[Row]:
    rows = []
    for group, columns in GROUPS.items():
        ours, theirs = ([getattr(person, column) for column in columns] for person in (first, second))
        shown = _shown(group, first), _shown(group, second)
        if any(shown):
            rows.append(Row(group, GROUP_LABELS[group], *shown, differs=ours != theirs))
    return rows


def hanging_on(person: Person) -> list[tuple[object, int]]:
    """What would follow the person into a merge: kind and number, those that there are."""
    counted = ((follower.label, follower.rows_of(person).count()) for follower in followers())
    return [(label, count) for label, count in counted if count]


def _shown(group: str, person: Person) -> str:
    if group == "identity":
        return f"{person.get_id_kind_display()} {mask_id_number(person.id_number)}"
    if group == "phone":
        return mask_phone(person.phone) if person.phone else ""
    if group == "unit":
        return str(person.unit)
    display = getattr(person, f"get_{group}_display", None)
    return str(display()) if display else str(getattr(person, group))


def involving(person: Person) -> "QuerySet[PersonMerge]":
    """Merges that took something into this person and still hold."""
    return PersonMerge.objects.filter(Q(kept=person), state__in=RUNNING).select_related("gone").order_by("pk")
