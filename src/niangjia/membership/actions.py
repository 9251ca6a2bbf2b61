"""Writes of membership. Every one is audited; bulk ones chain one entry per row too."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from niangjia.kernel import audit, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.forms import cleaned
from niangjia.kernel.models import User
from niangjia.membership import names, newcomers, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.forms import CorrectPersonForm, EnrolForm, HouseholdMemberForm
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.models import Household, HouseholdMembership, Member, Person
from niangjia.organisation.models import Employer, UnionBody

CHUNK = 1000


@dataclass(frozen=True)
class Enrolment:
    """One checked row of a roster."""

    name: str
    id_number: IdentityNumber
    unit: UnionBody
    joined_on: date
    phone: str = ""
    employer: Employer | None = None
    # Further columns of the person and of the membership, by name.
    about: Mapping[str, Any] = field(default_factory=dict)
    work: Mapping[str, Any] = field(default_factory=dict)


def enrol(*, actor: Actor, **data: Any) -> Member:
    """Make somebody a member, registering them first if they are new. One person has one membership in the tree."""
    found = cleaned(EnrolForm(data))
    _require_clerk(actor, found["unit"])
    enrolment = Enrolment(**found)
    with transaction.atomic():
        person = queries.person_by_id_number(enrolment.id_number.number)
        if person is None:
            person = register(enrolment, actor=actor)
        _must_be_called(person, enrolment.name)
        queries.hold(person)
        if person.memberships.filter(left_on=None).exists():
            raise Refused(_("这位职工已有会籍，不能重复入会。如果换了单位，请办理会籍转接。"))
        member = _unsaved_member(person, enrolment, numbering.draw("member")[0])
        member.save()
        link = audit.Link(member, "enrol", {"unit": enrolment.unit.pk}, to_state=member.state)
        audit.append([link], actor=actor, fresh=True)
        _count(enrolment.unit.pk, 1)
    return member


def enrol_many(enrolments: Iterable[Enrolment], *, actor: Actor) -> int:
    """Register and enrol people who are all new, in transactions of a thousand; how many.

    The caller has looked the ID numbers up; a number that is already known stops its chunk.
    """
    enrolled = 0
    rows = iter(enrolments)
    while chunk := list(islice(rows, CHUNK)):
        for unit in {row.unit for row in chunk}:
            _require_clerk(actor, unit)
        with transaction.atomic():
            people = newcomers.register(chunk, actor=actor)
            newcomers.enrol(people, chunk, actor=actor)
            newcomers.count(Counter(row.unit.pk for row in chunk))
        enrolled += len(chunk)
    return enrolled


def register(enrolment: Enrolment, *, actor: Actor) -> Person:
    """Enter a person who is not known anywhere in the tree."""
    person = _unsaved_person(enrolment)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise Refused(_("这个证件号码刚刚已被登记，请重新查找后再办。")) from None
    audit.append([audit.Link(person, "register")], actor=actor, fresh=True)
    return person


def open_account(person: Person, *, actor: Actor) -> User:
    """Give a person an account without password: they sign in by phone and code."""
    with transaction.atomic():
        if person.user is None:
            user = User(username=f"person-{person.public_id}", name=person.name)
            user.set_unusable_password()
            user.save()
            person.user = user
            person.save(update_fields=["user"])
            audit.record(person, "open_account", actor=actor)
        return person.user


def choose_messages(person: Person, *, actor: Actor, accepts: bool) -> None:
    """The person's own choice whether to be told of progress by text message. Login codes come regardless."""
    if actor.user_id is None or actor.user_id != person.user_id:
        raise NotAllowed(_("是否接收短信，只能由本人决定。"))
    with transaction.atomic():
        person.accepts_messages = accepts
        person.save(update_fields=["accepts_messages"])
        audit.record(person, "choose_messages", actor=actor, changes={"accepts_messages": accepts})


def correct(person: Person, *, actor: Actor, **data: Any) -> Person:
    """Correct the name or the phone."""
    found = cleaned(CorrectPersonForm(data))
    _require_clerk(actor, person.unit)
    with transaction.atomic():
        changes = {name: value for name, value in found.items() if getattr(person, name) != value}
        for name, value in changes.items():
            setattr(person, name, value)
        person.pinyin, person.initials = names.readings(person.name)
        person.save()
        audit.record(person, "correct", actor=actor, changes=changes)
    return person


def check_identities(members: Collection[Member], *, actor: Actor) -> int:
    """核验: a clerk compared the register with the documents themselves; how many were not yet checked."""
    for unit in {member.unit for member in members}:
        _require_clerk(actor, unit)
    with transaction.atomic():
        ids = {member.person_id for member in members}
        rows = list(
            Person.objects.select_for_update(no_key=True)
            .filter(pk__in=ids, identity_checked_on=None, merged_into=None)
            .order_by("pk")
        )
        today = clock.today()
        Person.objects.filter(pk__in=[row.pk for row in rows]).update(identity_checked_on=today)
        changes = {"identity_checked_on": today}
        audit.append([audit.Link(row, "check_identity", changes) for row in rows], actor=actor)
    return len(rows)


def form_household(head: Person, *, actor: Actor, address: str = "") -> Household:
    """Open a household around a person who has none. Done by a clerk, or by the person for themselves."""
    if actor.user_id is None or actor.user_id != head.user_id:
        _require_sight(actor, head)
    with transaction.atomic():
        if queries.current_household(head):
            raise Refused(_("%s已登记在一个家庭中；请先办理迁出。") % head.name)
        household = Household.objects.create(unit=head.unit, address=address)
        HouseholdMembership.objects.create(
            household=household,
            person=head,
            relation=HouseholdMembership.Relation.HEAD,
            from_on=clock.today(),
        )
        audit.append([audit.Link(household, "form", {"head": head.pk})], actor=actor, fresh=True)
    return household


def add_to_household(household: Household, *, actor: Actor, **data: Any) -> HouseholdMembership:
    """Add somebody, registering them if they are new."""
    _require_say(actor, household)
    found = cleaned(HouseholdMemberForm(data))
    number: IdentityNumber = found["id_number"]
    with transaction.atomic():
        person = queries.person_by_id_number(number.number)
        if person is None:
            person = register(Enrolment(found["name"], number, household.unit, clock.today()), actor=actor)
        _must_be_called(person, found["name"])
        if person.households.filter(until_on=None).exists():
            raise Refused(_("这位人员已登记在一个家庭中；请先核实，再办理迁出。"))
        membership = HouseholdMembership.objects.create(
            household=household, person=person, relation=found["relation"], from_on=clock.today()
        )
        audit.record(household, "add_person", actor=actor, changes={"person": person.pk})
    return membership


def leave_household(membership: HouseholdMembership, *, actor: Actor) -> None:
    """End somebody's place in a household; the row stays as history."""
    _require_say(actor, membership.household)
    with transaction.atomic():
        membership = HouseholdMembership.objects.select_for_update(no_key=True).get(pk=membership.pk)
        if membership.until_on is not None:
            raise Refused(_("%s已经不在这个家庭中，请刷新页面看最新情况。") % membership.person)
        membership.until_on = clock.today()
        membership.save(update_fields=["until_on"])
        audit.record(
            membership.household, "remove_person", actor=actor, changes={"person": membership.person_id}
        )


def _must_be_called(person: Person, name: str) -> None:
    """Who knows only a number must not learn the name by attaching its owner to a union or a household."""
    if "".join(person.name.split()) != "".join(name.split()):
        raise Refused(_("这个证件号码登记的是另一个姓名。请核对证件；姓名有误请由其所属工会更正。"))


def _require_clerk(actor: Actor, unit: UnionBody) -> None:
    if not actor.grants_for(MEMBERSHIP_CLERK, unit.path):
        raise NotAllowed(
            _("登记会员由“%(duty)s”岗位办理，您在%(unit)s没有这个岗位。")
            % {"duty": MEMBERSHIP_CLERK.label, "unit": unit}
        )


def _require_sight(actor: Actor, person: Person) -> None:
    if not actor.is_clock and not reaches(actor, person.unit):
        raise NotAllowed(_("%s不在您的辖区。请由其所属工会办理。") % person.name)


def _require_say(actor: Actor, household: Household) -> None:
    """Those who live in a household, and the clerks of the union that keeps it, change who belongs to it."""
    lives_there = household.memberships.filter(
        until_on=None, person__user__isnull=False, person__user=actor.user
    )
    if not (reaches(actor, household.unit) or lives_there.exists()):
        raise NotAllowed(_("这个家庭不在您的辖区。请由登记它的工会办理。"))


def reaches(actor: Actor, unit: UnionBody) -> bool:
    purposes = ("membership", "assistance")
    return any(unit.path.startswith(path) for purpose in purposes for path in actor.scopes(purpose))


def _unsaved_person(row: Enrolment) -> Person:
    pinyin, initials = names.readings(row.name)
    return Person(
        unit=row.unit,
        name=row.name,
        pinyin=pinyin,
        initials=initials,
        sex=row.id_number.sex,
        born_on=row.id_number.born_on,
        id_kind=row.id_number.kind,
        id_number=row.id_number.number,
        phone=row.phone,
        **row.about,
    )


def _unsaved_member(person: Person, row: Enrolment, number: int) -> Member:
    return Member(
        person=person,
        unit=row.unit,
        employer=row.employer,
        number=f"HY{number:09d}",
        joined_on=row.joined_on,
        **row.work,
    )


def _count(unit_id: int, by: int) -> None:
    UnionBody.objects.filter(pk=unit_id).update(member_count=F("member_count") + by)
