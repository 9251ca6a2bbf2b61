"""How an application begins: who may, once only, and never for what another scheme of the year excludes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from niangjia.benefits import asking, queries
from niangjia.benefits.access import RECEIVER
from niangjia.benefits.kinds import Basis
from niangjia.benefits.models import BenefitApplication, Scheme
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.membership import actions as membership
from niangjia.membership import queries as people
from niangjia.membership.consents import actions as consents
from niangjia.membership.consents.queries import has_consented
from niangjia.membership.identity import IdentityNumber
from niangjia.membership.models import Household, HouseholdMembership, Person
from niangjia.notices.consents import PUBLICITY


def begin(applicant: Person, actor: Actor, origin: str, facts: dict[str, Any]) -> BenefitApplication:
    """Two requests of one household go one after the other, so the second one sees the first."""
    scheme: Scheme = facts["scheme"]
    day: date = facts["on"]
    people.hold(applicant)
    household = people.current_household(applicant)
    if household is None and scheme.per_household:
        household = membership.form_household(applicant, actor=actor)
    if household is not None:
        people.hold(household)
    refuse_closed(scheme, applicant)
    person = beneficiary(scheme, applicant, household, facts.get("beneficiary"))
    if person != applicant:
        people.hold(person)
    period = asking.period_of(scheme, day)
    about = household if scheme.per_household else None
    refuse_second(scheme, period, person, about)
    _refuse_double_aid(scheme, person, household, day.year)
    _take_consent(scheme, applicant, actor, is_given=facts["consents_to_notice"])
    year = clock.today().year
    [number] = numbering.draw(f"benefit-application/{year}")
    return BenefitApplication.objects.create(
        number=f"DY{year}{number:06d}",
        unit=_unit(scheme, applicant, shares=facts["shares_with_unit"]),
        scheme=scheme,
        person=person,
        payee=applicant,
        household=about,
        period=period,
        on=day,
        origin=origin,
        said=asking.written(facts["said"] or {}),
        consents_to_decide=facts["consents_to_decide"],
        shares_with_unit=facts["shares_with_unit"],
        applied_on=clock.today(),
    )


def applicant(actor: Actor, id_number: IdentityNumber) -> Person:
    """Who brings a paper. Beyond one's own unions nobody learns who is registered, nor who applies."""
    person = people.person_by_id_number(id_number.number)
    if person is None or not actor.grants_for(RECEIVER, person.unit.path):
        raise Refused(_("您所在工会没有登记过这个证件号码的职工。请先在“会员”中登记，或请其所属工会录入。"))
    return person


def _take_consent(scheme: Scheme, applicant: Person, actor: Actor, *, is_given: bool) -> None:
    """Nobody is shown to the public without having agreed; said now or earlier, it stands."""
    if is_given:
        consents.settle(applicant, {PUBLICITY: True}, actor=actor)
    elif scheme.notice and not has_consented(applicant, PUBLICITY):
        sentence = _("“%s”按规定要先公示；不同意公示就不能申请这一项。") % scheme
        raise Invalid(sentence, {"consents_to_notice": [sentence]})


def _unit(scheme: Scheme, applicant: Person, *, shares: bool) -> Any:
    """What concerns an illness skips the applicant's own union, whose clerks work beside them, unless they agree."""
    return scheme.unit if scheme.is_medical and not shares else applicant.unit


def refuse_closed(scheme: Scheme, applicant: Person) -> None:
    if not scheme.is_applied_for:
        raise Refused(_("“%s”是困难职工建档用的规则，不单独申请。请申请困难职工建档。") % scheme)
    if not queries.open_on(clock.today()).filter(pk=scheme.pk).exists():
        raise Refused(_("“%s”现在不收申请。请看开办的时间，或换一个项目。") % scheme)
    if scheme.unit.path not in queries.units_above(applicant.unit.path):
        raise Refused(
            _("“%(scheme)s”由%(unit)s开办，您的工会不在它的范围内。请选本单位或上级工会的项目。")
            % {"scheme": scheme, "unit": scheme.unit}
        )


def beneficiary(scheme: Scheme, applicant: Person, household: Household | None, public_id: Any) -> Person:
    """The child the application is for, where the scheme is for children; else the applicant."""
    if scheme.basis != Basis.CHILD:
        return applicant
    found = next((one for one in children(household) if one.public_id == public_id), None)
    if found is None:
        sentence = _("请选择是给哪个子女申请。没有列出的，先请工会把子女登记进您的家庭。")
        raise Invalid(sentence, {"beneficiary": [sentence]})
    return found


def children(household: Household | None) -> list[Person]:
    if household is None:
        return []
    rows = HouseholdMembership.objects.filter(
        household=household, until_on=None, relation=HouseholdMembership.Relation.CHILD
    )
    return [row.person for row in rows.select_related("person").order_by("pk")]


def refuse_second(scheme: Scheme, period: str, person: Person, household: Household | None) -> None:
    if queries.running(scheme, period, person, household):
        raise Refused(
            _("“%s”这一期已有一份申请在办或已批准，不能重复申请。请在“我的事”中查看，或向所属工会询问。")
            % scheme
        )


def _refuse_double_aid(scheme: Scheme, person: Person, household: Household | None, year: int) -> None:
    other = queries.excluding(scheme, person, household, year)
    if other is not None:
        raise Refused(
            _("“%(scheme)s”与“%(other)s”同一年只能享受一项，而后者已有申请在办或已批准。")
            % {"scheme": scheme, "other": other.scheme}
        )
