"""What regions decide about building unions. Defaults are the law, the practice of the catalogue, or our proposal."""

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from niangjia.organisation.parameters import Measure, Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OWN_PROPOSAL = _("本系统建议值")


def _working_days(name: str, label: "StrOrPromise", default: int, source: "StrOrPromise" = "") -> str:
    source = source or OWN_PROPOSAL
    return Parameter(name, label, Measure.WORKING_DAY, default, source, minimum=1, maximum=250).name


def _number(name: str, label: "StrOrPromise", unit: Measure, default: int, source: "StrOrPromise") -> str:
    return Parameter(name, label, unit, default, source, minimum=1, maximum=1000).name


VISIT_DAYS = _working_days("union_building.visit_days", _("建会线索走访"), 10)
VERIFY_DAYS = _working_days("union_building.verify_days", _("建会核实"), 10)
REPLY_DAYS = _working_days("union_building.reply_days", _("建立工会意见书答复"), 15)
PREPARATION_DAYS = _working_days("union_building.preparation_days", _("审批筹备组"), 5)
ASSEMBLY_DAYS = _working_days("union_building.assembly_days", _("筹备期，至召开会员大会"), 60)
APPROVAL_DAYS = _working_days(
    "union_building.approval_days", _("批复选举结果"), 10, _("上一级工会接到报告后 15 日内批复的通行做法")
)
OBJECTION_DAYS = _working_days("union_building.objection_days", _("处理选举异议"), 10)
ACCEPTANCE_DAYS = _working_days("union_building.acceptance_days", _("五会六有验收"), 30)

HELP_MONTHS = _number(
    "union_building.help_months",
    _("开业后应建会的期限"),
    Measure.MONTH,
    6,
    _("上海：开业六个月内帮助建会；重庆：一年"),
)
REST_MONTHS = _number(
    "union_building.rest_months", _("放弃后不再列入名单的时间"), Measure.MONTH, 12, OWN_PROPOSAL
)
PUT_OFF_MONTHS = _number("union_building.put_off_months", _("一次暂缓最长"), Measure.MONTH, 6, OWN_PROPOSAL)
BLANK_FROM = _number(
    "union_building.blank_from", _("列入空白点的职工人数"), Measure.PERSON, 25, _("工会法第十一条")
)
RELEASE_DAY = Parameter(
    "union_building.release_day",
    _("每月发布空白点名单之日"),
    Measure.NUMBER,
    25,
    _("遂宁：每月25日发布企业信息"),
    minimum=1,
    maximum=28,
).name
QUORUM = Parameter(
    "union_building.quorum",
    _("会员大会到会比例"),
    Measure.RATIO,
    Fraction(2, 3),
    _("工会基层组织选举的通行做法：三分之二以上到会"),
    minimum=Fraction(1, 2),
    maximum=1,
).name
MAJORITY = Parameter(
    "union_building.majority",
    _("当选得票须超过应到人数的"),
    Measure.RATIO,
    Fraction(1, 2),
    _("工会基层组织选举的通行做法：应到会人数过半数赞成"),
    minimum=Fraction(1, 3),
    maximum=Fraction(9, 10),
).name

# Known to translators; what a place writes itself stays as written.
SIX = (
    gettext_noop("有牌子"),
    gettext_noop("有公章"),
    gettext_noop("有组织机构"),
    gettext_noop("有制度"),
    gettext_noop("有办公和活动场所"),
    gettext_noop("有基础档案"),
)
FIVE = (
    gettext_noop("工会委员会"),
    gettext_noop("女职工委员会"),
    gettext_noop("经费审查委员会"),
    gettext_noop("劳动争议调解委员会"),
    gettext_noop("劳动保护监督检查委员会"),
)
ACCEPTANCE = Parameter(
    "union_building.acceptance",
    _("建会验收项（六有），可选项后加“（可选）”"),
    Measure.LIST,
    "、".join(SIX),
    _("松原：六有；漳州等地另有定义"),
).name
BODIES = Parameter(
    "union_building.bodies",
    _("同建的机构（五会），可选项后加“（可选）”"),
    Measure.LIST,
    "、".join(FIVE),
    _("松原：五会同建"),
).name
FUND_FROM = Parameter(
    "union_building.fund_from",
    _("筹备金返还起算：开业满期限、筹备组成立或开始指导"),
    Measure.WORD,
    "筹备组成立",
    _("上海：筹备组成立；重庆：开业满一年的次月；北京：上级工会开始指导"),
).name
ISSUER = Parameter("union_building.issuer", _("批复发文字头"), Measure.WORD, "工复", OWN_PROPOSAL).name
OPINION_ISSUER = Parameter(
    "union_building.opinion_issuer", _("建会意见书发文字头"), Measure.WORD, "工建意", OWN_PROPOSAL
).name
