"""实名制: what a register must hold of each member, region by region, and how much of it is there.

Which facts are asked for is a dated, regional parameter for each; the figures are counted with all others, by unit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet, TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.figures import Period, Ratio
from niangjia.membership.figures import MEMBERS
from niangjia.membership.models import Member
from niangjia.organisation import parameters
from niangjia.organisation.models import ParameterValue, Region, UnionBody
from niangjia.organisation.parameters import Parameter


class Fact(TextChoices):
    IDENTITY = "identity", _("证件已核验")
    PHONE = "phone", _("手机号")
    EMPLOYER = "employer", _("工作单位")
    OCCUPATION = "occupation", _("工种或职务")
    EDUCATION = "education", _("文化程度")
    ETHNICITY = "ethnicity", _("民族")
    POLITICAL_STATUS = "political_status", _("政治面貌")
    RESIDENCY = "residency", _("户籍类型")


# When a membership has the fact. Whoever works for a platform has no employer to name.
HAS: Mapping[Fact, Q] = {
    Fact.IDENTITY: Q(person__identity_checked_on__isnull=False),
    Fact.PHONE: Q(person__phone_index__isnull=False),
    Fact.EMPLOYER: Q(employer__isnull=False) | ~Q(new_employment=""),
    Fact.OCCUPATION: ~Q(occupation=""),
    Fact.EDUCATION: ~Q(person__education=""),
    Fact.ETHNICITY: ~Q(person__ethnicity=""),
    Fact.POLITICAL_STATUS: ~Q(person__political_status=""),
    Fact.RESIDENCY: ~Q(person__residency=""),
}
ASKED_BY_DEFAULT = (Fact.IDENTITY, Fact.PHONE, Fact.EMPLOYER)
SOURCE = _("天津市总工会：会员实名至少有姓名、证件号码、手机号；其余由各地定")

PARAMETERS = {
    fact: Parameter(
        f"realname.requires_{fact}",
        format_lazy(_("会员实名资料要求：{fact}"), fact=fact.label),
        parameters.Measure.YES_OR_NO,
        fact in ASKED_BY_DEFAULT,
        SOURCE,
    ).name
    for fact in Fact
}


def required(place: Region | UnionBody | None, on: date) -> tuple[Fact, ...]:
    """What is asked for at a place on a day."""
    if not _is_set_anywhere():
        return ASKED_BY_DEFAULT
    return tuple(fact for fact in Fact if parameters.value(PARAMETERS[fact], place, on))


def complete(on: date) -> Q:
    """Memberships with everything that their union's region asks for."""
    if not _is_set_anywhere():
        return _all(ASKED_BY_DEFAULT)
    wanted: dict[tuple[Fact, ...], list[int]] = {}
    for region in Region.objects.filter(unions__isnull=False).distinct():
        wanted.setdefault(required(region, on), []).append(region.pk)
    # Unions of one wish are asked for together; in a province there are a handful of wishes.
    return reduce(or_, (Q(unit__region__in=ids) & _all(facts) for facts, ids in wanted.items()), Q(pk__in=[]))


def missing(member: Member, asked: Sequence[Fact]) -> list[Fact]:
    """What of the asked a membership, with its person at hand, lacks."""
    person = member.person
    there = {
        Fact.IDENTITY: person.identity_checked_on is not None,
        Fact.PHONE: bool(person.phone),
        Fact.EMPLOYER: member.employer_id is not None or bool(member.new_employment),
        Fact.OCCUPATION: bool(member.occupation),
        Fact.EDUCATION: bool(person.education),
        Fact.ETHNICITY: bool(person.ethnicity),
        Fact.POLITICAL_STATUS: bool(person.political_status),
        Fact.RESIDENCY: bool(person.residency),
    }
    return [fact for fact in asked if not there[fact]]


def own_facts(member: Member) -> list[tuple[str, bool]]:
    """What is asked for of one's own membership, and whether it is there."""
    asked = required(member.unit, clock.today())
    lacking = missing(member, asked)
    return [(str(fact.label), fact not in lacking) for fact in asked]


def incomplete(members: "QuerySet[Member]", fact: str = "") -> "QuerySet[Member]":
    """Current memberships that lack a fact, or anything that is asked for."""
    current = members.filter(left_on=None)
    if fact in Fact.values:
        return current.filter(~HAS[Fact(fact)])
    return current.filter(~complete(clock.today()))


def score(counted: Mapping[Fact, int | None], members: int | None, asked: Sequence[Fact]) -> float | None:
    """完整度: of all the facts asked for of all members, the share that is there, in percent."""
    known = [counted[fact] for fact in asked]
    if not members or not asked or None in known:
        return None
    return sum(count for count in known if count is not None) * 100 / (members * len(asked))


def _all(facts: Iterable[Fact]) -> Q:
    return reduce(and_, (HAS[fact] for fact in facts), Q())


def _is_set_anywhere() -> bool:
    """Most places leave it at the default; then one question is enough."""
    return ParameterValue.objects.filter(name__in=PARAMETERS.values()).exists()


def _having(fact: Fact) -> Callable[[Period], Q]:
    return lambda _period: HAS[fact]


FACTS = {
    fact: MEMBERS.share(
        f"realname.{fact}",
        format_lazy(_("会员：有“{fact}”"), fact=fact.label),
        _("期末在册的会员中，名册里有这一项的。补算的月份按现在的名册推算。"),
        _having(fact),
    )
    for fact in Fact
}
COMPLETE = MEMBERS.share(
    "realname.complete",
    _("实名资料齐全的会员"),
    _("期末在册的会员中，所在地区要求的各项资料都有的。要求哪些，见“参数”。补算的月份按现在的名册推算。"),
    lambda period: complete(period.last),
)

COMPLETENESS = Ratio(
    "membership.completeness",
    _("实名资料齐全率"),
    _("实名资料齐全的会员 ÷ 会员。要哪几项由各地参数定；缺一项即不算齐全。"),
    COMPLETE,
    MEMBERS,
)
