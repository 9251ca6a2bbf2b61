"""届期: setting up a body for a term, renewing it, and who takes and leaves its seats."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, calendar
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, WrongState
from niangjia.kernel.prepared import NOBODY, ByKey
from niangjia.organisation import authority, forms
from niangjia.organisation.actions import seats
from niangjia.organisation.kinds import CommitteeKind, SeatEnd
from niangjia.organisation.models import Committee, Officer, Representative, UnionBody


def establish(unit: UnionBody, *, actor: Actor, **data: Any) -> Committee:
    """The first term that the register knows of a body."""
    grant = authority.over_registers(unit, actor)
    _must_stand(unit)
    cleaned = forms.checked(forms.EstablishForm, data, actor=actor, row=unit)
    try:
        with transaction.atomic():
            return _begin(unit, cleaned, actor, grant.principal_id, "establish")
    except IntegrityError:
        raise WrongState(_("这个机构刚刚已由他人登记，请刷新页面查看。")) from None


def install(
    unit: UnionBody, kind: str, seated: Iterable[Officer], *, actor: Actor, from_on: date, term_years: int
) -> Committee:
    """A founded union's first body, as its members elected it: the founding has checked everything."""
    facts = {"kind": kind, "number": 1, "from_on": from_on, "term_years": term_years}
    committee = _begin(unit, facts, actor, None, "establish")
    for officer in seated:
        officer.unit, officer.committee, officer.from_on = unit, committee, from_on
        seats.take(officer, "take_seat", actor=actor, principal_id=None)
    return committee


def install_organiser(unit: UnionBody, officer: Officer, *, actor: Actor, from_on: date) -> Officer:
    officer.unit, officer.from_on = unit, from_on
    return seats.take(officer, "take_seat", actor=actor, principal_id=None)


def renew(committee: Committee, *, actor: Actor, **data: Any) -> Committee:
    """换届: the old term ends the day before the new one begins, and with it all its seats."""
    grant = authority.over_registers(committee.unit, actor)
    with transaction.atomic():
        committee = in_office(committee)
        cleaned = forms.checked(forms.TermForm, data, actor=actor, row=committee)
        _end(committee, cleaned["from_on"] - timedelta(days=1), actor, grant.principal_id, "end_term")
        cleaned |= {"kind": committee.kind, "name": committee.name, "number": committee.number + 1}
        return _begin(committee.unit, cleaned, actor, grant.principal_id, "renew")


def disband(committee: Committee, *, actor: Actor, **data: Any) -> Committee:
    """A body that is no longer needed; its seats end with it."""
    grant = authority.over_registers(committee.unit, actor)
    with transaction.atomic():
        committee = in_office(committee)
        cleaned = forms.checked(forms.DisbandForm, data, actor=actor, row=committee)
        _end(committee, cleaned["ended_on"], actor, grant.principal_id, "disband", cleaned["remark"])
    return committee


def disband_all(unit: UnionBody, on: date, *, actor: Actor, principal_id: int | None) -> None:
    """A dissolved union has no bodies and no organiser."""
    for committee in Committee.objects.filter(unit=unit, ended_on__isnull=True):
        _end(committee, max(on, committee.from_on), actor, principal_id, "disband")
    organisers = Officer.objects.filter(unit=unit, committee__isnull=True, until_on__isnull=True)
    seats.end_many(organisers, on, SeatEnd.OTHER, actor=actor, principal_id=principal_id)


def seat_officer(body: Committee | UnionBody, *, actor: Actor, **data: Any) -> Officer:
    """On a committee; or, given a union, as its organiser."""
    committee = body if isinstance(body, Committee) else None
    unit = body.unit if isinstance(body, Committee) else body
    grant = authority.over_registers(unit, actor)
    _must_stand(unit)
    with transaction.atomic():
        if committee:
            body = committee = in_office(committee)
        cleaned = forms.checked(forms.OfficerForm, data, actor=actor, row=body)
        cleaned.pop("declares_no_kinship")
        officer = Officer(unit=unit, committee=committee, **cleaned)
        return seats.take(officer, "take_seat", actor=actor, principal_id=grant.principal_id)


def seat_officers(committee: Committee, rows: Iterable[Mapping[str, Any]], *, actor: Actor) -> list[Officer]:
    """A whole committee as it was elected, or none of it: the first that may not sit refuses the list."""
    grant = authority.over_registers(committee.unit, actor)
    with transaction.atomic():
        committee = in_office(committee)
        officers = []
        examiner = forms.Examiner(forms.OfficerForm, actor=actor, row=committee)
        for row in rows:
            cleaned = examiner.checked(row)
            cleaned.pop("declares_no_kinship")
            officers.append(Officer(unit=committee.unit, committee=committee, **cleaned))
        try:
            with transaction.atomic():
                Officer.objects.bulk_create(officers)
        except IntegrityError:
            raise Invalid(_("一个机构只有一位主席、主任或组长，请核对名单。")) from None
        told = [seats.told(officer, "take_seat", grant.principal_id) for officer in officers]
        audit.append(told, actor=actor, fresh=True)
    return officers


def seat_representative(committee: Committee, *, actor: Actor, **data: Any) -> Representative:
    grant = authority.over_registers(committee.unit, actor)
    with transaction.atomic():
        committee = in_office(committee)
        if committee.kind not in CommitteeKind.congresses():
            raise WrongState(_("“%s”没有代表，请登记委员。") % committee)
        cleaned = forms.checked(forms.RepresentativeForm, data, actor=actor, row=committee)
        seat = Representative(unit=committee.unit, committee=committee, **cleaned)
        return seats.take(seat, "take_seat", actor=actor, principal_id=grant.principal_id)


def end_officer(officer: Officer, *, actor: Actor, **data: Any) -> Officer:
    return seats.leave(officer, forms.EndOfficerForm, actor=actor, **data)


def end_representative(seat: Representative, *, actor: Actor, **data: Any) -> Representative:
    return seats.leave(seat, forms.EndSeatForm, actor=actor, **data)


def in_office(committee: Committee) -> Committee:
    """Locked, so that nobody is seated in a term that ends meanwhile."""
    [found] = _held(committee.pk)
    if found.ended_on is not None:
        raise WrongState(
            _("“%(body)s”第 %(number)s 届已于 %(day)s 结束，请到现任一届办理。")
            % {"body": found, "number": found.number, "day": found.ended_on}
        )
    return found


_held = ByKey(
    lambda: (
        Committee.objects.select_for_update(no_key=True, of=("self",))
        .select_related("unit__region")
        .filter(pk=NOBODY)
    )
)


def _begin(
    unit: UnionBody, cleaned: dict[str, Any], actor: Actor, principal_id: int | None, action: str
) -> Committee:
    months = 12 * cleaned.pop("term_years")
    cleaned["until_on"] = calendar.add_months(cleaned["from_on"], months) - timedelta(days=1)
    committee = Committee.objects.create(unit=unit, **cleaned)
    audit.record(committee, action, actor=actor, changes=cleaned, principal_id=principal_id)
    return committee


def _end(
    committee: Committee, on: date, actor: Actor, principal_id: int | None, action: str, remark: str = ""
) -> None:
    committee.ended_on = on
    committee.save(update_fields=["ended_on"])
    for rows in (committee.officers, committee.representatives):
        seats.end_many(
            rows.filter(until_on__isnull=True), on, SeatEnd.TERM, actor=actor, principal_id=principal_id
        )
    changes = {"ended_on": on}
    audit.record(committee, action, actor=actor, changes=changes, principal_id=principal_id, remark=remark)


def _must_stand(unit: UnionBody) -> None:
    if unit.is_dissolved:
        raise WrongState(_("“%(union)s”已于 %(day)s 撤销。") % {"union": unit.name, "day": unit.dissolved_on})
