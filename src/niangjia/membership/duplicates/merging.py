"""Carrying a merge out and taking it back: what moves, what is exchanged, what must not have happened since.

Data are exchanged, never overwritten: the kept registration takes a number from the other and gives it its own. So both
numbers go on leading to the one person, nothing is lost, and exchanging again restores everything.
"""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.kernel.models import User
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.tasks import Task
from niangjia.membership.duplicates.following import FOLLOWERS, Follower, conflicts, followers
from niangjia.membership.duplicates.kinds import GROUPS
from niangjia.membership.duplicates.models import MovedRow, PersonMerge
from niangjia.membership.models import Person

# What may be done to a person without anything being built on a merge. A later merge that still holds shows in the
# rows: one that was undone left none.
HARMLESS = (
    "reveal",
    "choose_messages",
    "merge_in",
    "merge_away",
    "merge_undone",
    "follow",
    "follow_back",
)
ACCOUNT = "account"
COLUMNS = {**GROUPS, ACCOUNT: ("user_id",)}


def join(merge: PersonMerge, *, actor: Actor) -> None:
    """`gone` becomes a tombstone of `kept`; its rows follow."""
    kept, gone = _held(merge)
    if kept.merged_into_id or gone.merged_into_id:
        raise WrongState(_("其中一条登记已并入别的登记。请撤回这次合并，按最新情况重新提出。"))
    if open_questions := problems(kept, gone):
        raise Refused(" ".join(open_questions))
    closed = _choose_account(merge, kept, gone, actor)
    exchange(kept, gone, merge.taken)
    for follower in followers():
        _move(follower, merge, gone, kept, actor)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    entries = audit.append(
        [
            audit.Link(kept, "merge_in", {"merge": merge.number, "taken": merge.taken}),
            audit.Link(gone, "merge_away", {"merge": merge.number, "kept": kept.pk}),
        ],
        actor=actor,
    )
    merge.afterwards = {
        "entries": [entry.position for entry in entries],
        "rows": _rows_of(kept),
        "closed": closed,
    }


def part(merge: PersonMerge, *, actor: Actor) -> None:
    """Everything back as it was; refused when anything was built on the merge."""
    kept, gone = _held(merge)
    _nothing_built(merge, kept, gone)
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    exchange(kept, gone, merge.taken)
    for follower in followers():
        _move_back(follower, merge, gone, kept, actor)
    if closed := merge.afterwards.get("closed"):
        User.objects.filter(pk=closed).update(is_active=True)
        audit.record(User.objects.get(pk=closed), "open_account", actor=actor)
    audit.append(
        [audit.Link(person, "merge_undone", {"merge": merge.number}) for person in (kept, gone)], actor=actor
    )


def problems(kept: Person, gone: Person) -> list[str]:
    """What must be settled first, in words."""
    found = conflicts(kept, gone)
    if _is_staff(kept) and _is_staff(gone):
        found.append(_("两条登记各有一个工作人员账号。请组织管理员先停用其中一个，再合并。"))
    return found


def exchange(kept: Person, gone: Person, groups: Iterable[str]) -> None:
    """Swap the groups between the two rows. Unique columns are parked while neither row has them."""
    parked = {"id_number_index": os.urandom(16), "id_number_index_next": None, "user": None}
    columns = [column for group in groups for column in COLUMNS[group]]
    if not columns:
        return
    for column in columns:
        ours, theirs = getattr(kept, column), getattr(gone, column)
        setattr(kept, column, theirs)
        setattr(gone, column, ours)
    Person.objects.filter(pk=gone.pk).update(**parked)
    kept.save()
    gone.save()


def _choose_account(merge: PersonMerge, kept: Person, gone: Person, actor: Actor) -> int | None:
    """The one account that goes on: the colleague's, else the kept one's, else the other's. Returns the closed one."""
    if gone.user is None:
        return None
    if kept.user is None or _is_staff(gone):
        merge.taken = [*merge.taken, ACCOUNT]
    other = kept.user if ACCOUNT in merge.taken else gone.user
    if other is None or not other.is_active:
        return None
    User.objects.filter(pk=other.pk).update(is_active=False)
    audit.record(other, "close_account", actor=actor)
    return other.pk


def _is_staff(person: Person) -> bool:
    """Signs in by name and password; a worker's account has none."""
    return person.user is not None and person.user.is_active and person.user.has_usable_password()


def _move(follower: Follower, merge: PersonMerge, gone: Person, kept: Person, actor: Actor) -> None:
    rows = list(follower.rows_of(gone).select_for_update(of=("self",), no_key=True))
    _point(follower, rows, kept, actor, "follow")
    MovedRow.objects.bulk_create(
        [
            MovedRow(merge=merge, kind=follower.kind, object_id=row.pk, digest=follower.digest(row))
            for row in rows
        ]
    )
    _tell_desks(follower, kept)


def _move_back(follower: Follower, merge: PersonMerge, gone: Person, kept: Person, actor: Actor) -> None:
    moved = merge.moved.filter(kind=follower.kind).values("object_id")
    rows = list(
        follower.model._base_manager.filter(pk__in=moved)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    _point(follower, rows, gone, actor, "follow_back")
    for person in (kept, gone):
        _tell_desks(follower, person)


def _point(follower: Follower, rows: Sequence[Any], person: Person, actor: Actor, action: str) -> None:
    for row in rows:
        setattr(row, follower.field, person)
    ids = [row.pk for row in rows]
    follower.model._base_manager.filter(pk__in=ids).update(**{follower.field: person})
    audit.append([audit.Link(row, action, {follower.field: person.pk}) for row in rows], actor=actor)


def _tell_desks(follower: Follower, person: Person) -> None:
    """What waits for the person themselves now waits for the account that goes on."""
    if not follower.is_case or person.user_id is None:
        return
    names = [name for name, workflow in WORKFLOWS.items() if workflow.model is follower.model]
    ids = list(follower.rows_of(person).values_list("pk", flat=True))
    waiting = Task.objects.filter(
        workflow__in=names, object_id__in=ids, closed_at=None, subject__isnull=False
    )
    waiting.update(subject=person.user_id)


def _nothing_built(merge: PersonMerge, kept: Person, gone: Person) -> None:
    """Neither person nor any row that moved may have changed, and no row may have come to the kept one since."""
    for person, position in zip((kept, gone), merge.afterwards["entries"], strict=True):
        later = audit.history(person).filter(position__gt=position).exclude(action__in=HARMLESS)
        if later.exists():
            raise Refused(_("合并之后，这个人的登记又有改动，不能自动撤销。请逐项更正，或重新登记。"))
    if _rows_of(kept) != merge.afterwards["rows"]:
        raise Refused(_("合并之后，这个人名下又增减了业务，不能自动撤销。请先把新增的办结或撤回，再试。"))
    for moved in merge.moved.all():
        follower = FOLLOWERS[moved.kind]
        row = follower.model._base_manager.filter(pk=moved.object_id).first()
        if row is None or follower.digest(row) != moved.digest:
            raise Refused(_("随迁的“%s”在合并之后又有变化，不能自动撤销。请逐项更正。") % follower.label)


def _rows_of(person: Person) -> dict[str, int]:
    return {follower.kind: follower.rows_of(person).count() for follower in followers()}


def _held(merge: PersonMerge) -> tuple[Person, Person]:
    """Both people, locked in one order whatever merges meet."""
    ids = (merge.kept_id, merge.gone_id)
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    found = Person.objects.select_related("user", "unit").in_bulk(ids)
    return found[merge.kept_id], found[merge.gone_id]
