"""Taking a roster back: memberships are voided, corrections reversed, and what others have built on stays."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, prefetch_related_objects
from django.utils.translation import gettext as _

from niangjia.kernel import bulk, clock
from niangjia.kernel.sheets import Effect, Verdict
from niangjia.membership.cards.models import CardCheck
from niangjia.membership.consents.models import Consent
from niangjia.membership.duplicates.models import DuplicatePair
from niangjia.membership.kinds import LeavingReason
from niangjia.membership.models import HouseholdMembership, Member, Person
from niangjia.membership.roster.writing import Trail
from niangjia.membership.workflow.stays import end

# The version of a row that no step has been taken with.
AS_MADE = 1
# Whom somebody lives with, who looked at their card, whom they resemble: none of it rests on the membership. What they
# consented to is theirs, and the case it was for speaks for itself.
NOT_BUILT_ON: tuple[type[Model], ...] = (Member, HouseholdMembership, CardCheck, DuplicatePair, Consent)
# A row, and what it has again, by column.
Reversed = tuple[Person | Member, dict[str, Any]]


def undo(effects: Sequence[Effect], trail: Trail) -> list[tuple[int, str]]:
    """The rows that stay as they are, each with the reason."""
    members = Member.objects.in_bulk([effect.object_id for effect in effects])
    reversing = [members[effect.object_id] for effect in effects if any(effect.before.values())]
    prefetch_related_objects(reversing, "person")
    built = _built_on(list(members.values()))
    kept: list[tuple[int, str]] = []
    voiding: dict[int, int] = {}
    back: list[Reversed] = []
    for effect in effects:
        member = members[effect.object_id]
        if effect.verdict == Verdict.NEW and (what := built.get(member.pk)):
            facts = {"number": member.number, "what": what}
            kept.append(
                (effect.number, _("会员 %(number)s 已有“%(what)s”，没有撤销。请先办结，再退会。") % facts)
            )
            continue
        if effect.verdict == Verdict.NEW and member.version != AS_MADE:
            facts = {"number": member.number, "state": member.get_state_display()}
            kept.append(
                (effect.number, _("会员 %(number)s 之后又办过事，现在是“%(state)s”，没有撤销。") % facts)
            )
            continue
        if effect.verdict == Verdict.NEW:
            voiding[member.pk] = effect.number
        reversed_, left = _reverse(effect, member)
        back += reversed_
        kept += left
    bulk.update_each([(row, [column.removesuffix("_id") for column in had]) for row, had in back])
    trail.append([trail.link(row, "uncorrect", had) for row, had in back])
    rows = [members[pk] for pk in voiding]
    remark = _("撤销批次 %s") % trail.batch.number
    today = clock.today()
    for outcome in end.many(
        rows, actor=trail.actor, reason=LeavingReason.VOIDED, left_on=today, remark=remark
    ):
        if outcome.refusal is not None:
            kept.append((voiding[outcome.row.pk], str(outcome.refusal)))
    return kept


def _reverse(effect: Effect, member: Member) -> tuple[list[Reversed], list[tuple[int, str]]]:
    """Set back, on the rows in hand, what the file changed and nobody has changed since."""
    reversed_: list[Reversed] = []
    kept = []
    for name, before in effect.before.items():
        row: Person | Member = member.person if name == "person" and before else member
        moved_on = [column for column, (_had, made) in before.items() if getattr(row, column) != made]
        back = {column: had for column, (had, _made) in before.items() if column not in moved_on}
        for column, had in back.items():
            setattr(row, column, had)
        if back:
            reversed_.append((row, back))
        if moved_on:
            labels = _("、").join(str(row._meta.get_field(column).verbose_name) for column in moved_on)  # type: ignore[union-attr]
            kept.append((effect.number, _("“%s”之后又有更正，没有改回。") % labels))
    return reversed_, kept


def _built_on(members: Sequence[Member]) -> dict[int, str]:
    """By membership, the kind of row that rests on it, in whatever table: one question a table."""
    by_person = {member.person_id: member.pk for member in members}
    found: dict[int, str] = {}
    for model, ids in ((Member, {member.pk: member.pk for member in members}), (Person, by_person)):
        for relation in model._meta.related_objects:
            rows: type[Model] = relation.related_model
            if rows in NOT_BUILT_ON or relation.many_to_many:
                continue
            for pk in _referred(relation.field, ids):
                found.setdefault(ids[pk], str(rows._meta.verbose_name))
    return found


# In SQL, since every piece of a file asks it of a dozen tables.
REFERRED = "SELECT DISTINCT {column} FROM {table} WHERE {column} IN ({places})"


def _referred(field: Any, ids: Collection[int]) -> list[int]:
    quote, table = connection.ops.quote_name, field.model._meta.db_table
    places = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            REFERRED.format(column=quote(field.column), table=quote(table), places=places), list(ids)
        )
        return [pk for (pk,) in cursor.fetchall()]
