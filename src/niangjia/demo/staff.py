"""The staff of the demo city: their accounts, their posts, and which of them visitors may sign in as."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import (
    APPROVER,
    ARCHIVIST,
    CENTRE_CLERK,
    PAIRED_CADRE,
    PAIRED_LEADER,
    REVIEWER,
    SCHOOL_WORKER,
    SPOT_CHECKER,
    VILLAGE_OFFICER,
    VISITOR,
)
from niangjia.benefits.access import ARBITER, ASSESSOR, CONFIRMER, SCHEME_KEEPER
from niangjia.benefits.access import RECEIVER as BENEFIT_RECEIVER
from niangjia.demo import words
from niangjia.demo.places import District, Places
from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor, Duty
from niangjia.kernel.users import User
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.notices.access import ANSWERER, RECEIVER
from niangjia.organisation import actions
from niangjia.organisation.access import (
    ADMINISTRATOR,
    AUDITOR,
    BUILDING_APPROVER,
    ORGANISATION_CLERK,
    PARAMETER_KEEPER,
    UNION_ORGANISER,
)
from niangjia.organisation.models import UnionBody

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PASSWORD = "niangjia-demo"
# Whose household is chosen for visitors of the demo to call on.
MENTOR = "mentor"
# Colleagues in each district who look after a household.
CADRES = 3
# Colleagues of the last district, beside the one in the village, who live or lived in one.
VILLAGE_CADRES = 2


@dataclass(frozen=True)
class Account:
    """One who visitors of the demo may be. `place` picks the union where the duties are held."""

    username: str
    name: str
    title: str
    duties: tuple[Duty, ...]
    place: Callable[[Places], UnionBody]
    first: "StrOrPromise"


def _factory(places: Places) -> UnionBody:
    return places.districts[0].streets[0].grassroots[0]


def _street(places: Places) -> UnionBody:
    return places.districts[0].streets[0].union


def _district(places: Places) -> UnionBody:
    return places.districts[0].union


def _last_district(places: Places) -> UnionBody:
    return places.districts[-1].union


def _city(places: Places) -> UnionBody:
    return places.city


ACCOUNTS = (
    Account("reviewer", "苏晓禾", "工会委员", (REVIEWER,), _factory, _("初审一份新申请，或退回补正")),
    Account("visitor", "程远舟", "工会小组长", (VISITOR,), _factory, _("登记一次入户核查；试试自己初审过的能否核查")),
    Account("street", "柳青萍", "街道工会干事", (REVIEWER,), _street, _("替没有专人的基层工会初审，录入一份纸质申请")),
    Account("clerk", "沈望川", "帮扶中心干事", (CENTRE_CLERK,), _district, _("发起公示，或撤回一份公示")),
    Account("approver", "林知秋", "副主席", (APPROVER,), _district, _("批准建档，或说明理由不予建档")),
    Account("archivist", "许安然", "档案员", (ARCHIVIST,), _district, _("归档；并代办外出同事的审批")),
    Account("objections", "梁雨岑", "信访接待", (RECEIVER,), _district, _("受理一件公示异议，或登记来访的异议")),
    Account("answers", "顾西洲", "纪检干事", (ANSWERER,), _district, _("核实一件异议，答复成立或不成立")),
    Account("organiser", "秦听雨", "建会专干", (UNION_ORGANISER,), _street, _("走访一条建会线索，登记会员大会")),
    Account("ratifier", "萧望野", "组织部长", (BUILDING_APPROVER,), _district, _("批准筹备组，批复一次选举")),
    Account("membership", "宋雨桐", "会员管理", (MEMBERSHIP_CLERK,), _district, _("按姓名、拼音或证件号查找会员")),
    Account("organisation", "唐明溪", "组织部", (ADMINISTRATOR,), _city, _("新建工会、任职、设定代办")),
    Account("cadres", "江映秋", "组织建设干事", (ORGANISATION_CLERK,), _city, _("看哪些工会届期将满，登记换届和驿站")),
    Account("parameters", "韩若谷", "政策法规部", (PARAMETER_KEEPER,), _city, _("看各地公示天数，改一个期限")),
    Account("auditor", "叶听澜", "经审办", (AUDITOR,), _city, _("查一份档案的审计记录")),
    Account("schemes", "温如许", "权益保障部", (SCHEME_KEEPER,), _city, _("采用一个现成的待遇项目，看它的政策")),
    Account("assessor", "顾南乔", "权益保障部", (BENEFIT_RECEIVER, ASSESSOR), _city, _("受理或按政策核定一件待遇申请")),
    Account("confirmer", "陆知行", "副主席", (CONFIRMER,), _city, _("复核一件核定，看它怎样算出来；同意并公示")),
    Account(MENTOR, "陆清和", "宣教干事", (PAIRED_CADRE,), _district, _("看望结对家庭，登记谈了什么、下一步做什么")),
    Account("schooling", "方沐晴", "女职工部干事", (SCHOOL_WORKER,), _district, _("走访一名离校的孩子，登记复学")),
    Account("spotcheck", "夏知秋", "权益保障部", (SPOT_CHECKER,), _city, _("登记一份抽中的档案，看名单怎样抽出来")),
    Account("leader", "白知遥", "常务副主席", (APPROVER, PAIRED_LEADER), _city,
            _("看全市档案，审批没有审批人的区县送来的档案")),
    Account("twinning", "岑望舒", "帮扶中心主任", (CENTRE_CLERK,), _city, _("看哪个重点县还没有工会结对，提出一对")),
    Account("village", "谷雨生", "驻村第一书记", (VILLAGE_OFFICER,), _last_district,
            _("登记今天的驻村工作，看村里的产业和分红")),
)  # fmt: skip


class Staff:
    """Opens accounts, appoints, and remembers who holds what."""

    def __init__(self, random: Random, places: Places) -> None:
        self.random = random
        self.places = places
        self.administrator = self._open("root", self._name())
        self._password = make_password(PASSWORD)
        self._hired = 0

    def appoint_all(self) -> None:
        """Demo accounts first; then everybody else, so that each desk has somebody."""
        for account in ACCOUNTS:
            user = self._open(account.username, account.name, self._password)
            for duty in account.duties:
                self._appoint(user, account.place(self.places), duty, account.title)
        self.hire("会员管理", (MEMBERSHIP_CLERK,), self.places.city)
        for district in self.places.districts:
            self._staff_district(district)
        own = [union for name, union in self.places.own.items()]
        for union in own[3::3]:
            self.hire("工会委员", (REVIEWER,), union)
            self.hire("工会小组长", (VISITOR,), union)
        for district in self.places.districts:
            self._lend_hands(district)
        city = self.places.city
        self.hire("权益保障部", (SCHEME_KEEPER,), city)
        self.hire("服务大厅", (BENEFIT_RECEIVER,), city)
        self.hire("权益保障部", (ASSESSOR,), city)
        self.hire("权益保障部副部长", (CONFIRMER,), city)
        self.hire("法律工作部", (ARBITER,), city)
        for _colleague in range(VILLAGE_CADRES):
            self.hire("部室干事", (VILLAGE_OFFICER,), _last_district(self.places))

    def hire(self, title: str, duties: Iterable[Duty], unit: UnionBody, name: str = "") -> User:
        self._hired += 1
        user = self._open(f"staff{self._hired:03}", name or self._name(), self._password)
        for duty in duties:
            self._appoint(user, unit, duty, title)
        return user

    def _staff_district(self, district: District) -> None:
        is_first = district is self.places.districts[0]
        is_last = district is self.places.districts[-1]
        self.hire("帮扶中心外勤", (REVIEWER, VISITOR), district.union)
        self.hire("帮扶中心外勤", (VISITOR,), district.union)
        self.hire("帮扶中心干事", (CENTRE_CLERK,), district.union)
        # In the last district the post is vacant: what is to be approved there goes up to the city.
        if not is_last:
            self.hire("副主席", (APPROVER,), district.union)
        if not is_first:
            self.hire("档案员", (ARCHIVIST,), district.union)
            self.hire("会员管理", (MEMBERSHIP_CLERK,), district.union)
            self.hire("信访接待", (RECEIVER,), district.union)
            self.hire("纪检干事", (ANSWERER,), district.union)
        self.hire("组织建设干事", (UNION_ORGANISER,), district.union)
        self.hire("组织部副部长", (BUILDING_APPROVER,), district.union)
        for street in district.streets:
            if not (is_first and street is district.streets[0]):
                self.hire("街道工会干事", (REVIEWER,), street.union)
            self.hire("街道工会干事", (VISITOR, UNION_ORGANISER), street.union)

    def _lend_hands(self, district: District) -> None:
        """Who looks after single households beside other work."""
        self.hire("二级调研员", (PAIRED_LEADER,), district.union)
        for _cadre in range(CADRES):
            self.hire("部室干事", (PAIRED_CADRE,), district.union)
        self.hire("女职工部干事", (SCHOOL_WORKER,), district.union)

    def _appoint(self, user: User, unit: UnionBody, duty: Duty, title: str) -> None:
        actions.appoint(
            actor=Actor.of(self.administrator),
            user=user,
            unit=unit,
            duty=duty.name,
            title=title,
            from_on=clock.today() - timedelta(days=self.random.randint(30, 2000)),
        )

    def _open(self, username: str, name: str, password: str = "") -> User:
        """An account of a member of staff; without password nobody signs in with it.

        Not `open_account`: hashing a hundred passwords of their own would take longer than the whole city.
        """
        user = User(username=username, name=name, password=password)
        if not password:
            user.set_unusable_password()
        user.save()
        audit.append([audit.Link(user, "open_account", {"username": username})], actor=CLOCK, fresh=True)
        return user

    def _name(self) -> str:
        pick = self.random.choice
        return pick(words.SURNAMES) + pick(words.FIRST_SYLLABLES) + pick(words.SECOND_SYLLABLES)
