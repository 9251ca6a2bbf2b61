"""What is counted of twinning: key counties and who helps them, money that arrived, projects and where they stand."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.models import CountyProject, Twinning, TwinningHelp
from niangjia.assistance.twinning import queries
from niangjia.assistance.twinning.kinds import MILESTONES, HelpKind, ProjectState, Purpose
from niangjia.kernel.figures import Dimension, Measure, Period, Ratio, Unit
from niangjia.organisation.figures import column
from niangjia.organisation.models import UnionBody

PURPOSE = column("purpose", _("用途"), dict(Purpose.choices))
NOT_PLANNED = "draft"


def _reached(period: Period) -> Any:
    """The last milestone that a project had reached by the end of the period."""
    last_first = [
        When(Q(**{f"{reached}__lte": period.last}), then=Value(reached))
        for _label, _planned, reached in reversed(MILESTONES)
    ]
    return Case(*last_first, default=Value(NOT_PLANNED), output_field=CharField())


MILESTONE = Dimension(
    "milestone",
    _("节点"),
    _reached,
    {NOT_PLANNED: ProjectState.PLANNING.label} | {reached: label for label, _planned, reached in MILESTONES},
)


def _key(period: Period) -> "QuerySet[UnionBody]":
    return queries.key_counties(period.last)


def _helped(period: Period) -> "QuerySet[UnionBody]":
    return _key(period).filter(Exists(queries.in_force(period.last).filter(helped=OuterRef("pk"))))


def _alone(period: Period) -> "QuerySet[UnionBody]":
    return _key(period).exclude(Exists(queries.in_force(period.last).filter(helped=OuterRef("pk"))))


def _twinnings(period: Period) -> "QuerySet[Twinning]":
    return queries.in_force(period.last)


def _confirmed(period: Period, kind: HelpKind) -> "QuerySet[TwinningHelp]":
    return TwinningHelp.objects.filter(kind=kind, confirmed_on__range=(period.first, period.last))


def _projects(period: Period) -> "QuerySet[CountyProject]":
    going_on = Q(abandoned_on__isnull=True) | Q(abandoned_on__gt=period.last)
    return CountyProject.objects.filter(going_on, drafted_on__lte=period.last)


def _overdue(period: Period) -> "QuerySet[CountyProject]":
    """Some milestone was planned for a day that is past, and was not reached by the end of the period."""
    late = Q(pk__in=[])
    for _label, planned, reached in MILESTONES:
        not_yet = Q(**{f"{reached}__isnull": True}) | Q(**{f"{reached}__gt": period.last})
        late |= Q(**{f"{planned}__lt": period.last}) & not_yet
    return _projects(period).filter(late)


def _counties(name: str, label: Any, definition: Any, rows: Any) -> Measure:
    return Measure(f"twinning.{name}", label, Unit.BODY, definition, ASSISTANCE, rows, place="")


KEY = _counties("key_counties", _("重点县"), _("期末登记为扶贫开发重点县的区县级工会。"), _key)
HELPED = _counties("helped_counties", _("有结对的重点县"), _("其中期末至少有一家工会结对帮扶的。"), _helped)
ALONE = _counties("alone_counties", _("没有结对的重点县"), _("其中期末没有工会结对帮扶的。"), _alone)
TWINNINGS = Measure(
    "twinning.twinnings",
    _("结对数"),
    Unit.BODY,
    _("期末在结对中的县区结对，按受助工会计：一县有几家帮扶就是几。"),
    ASSISTANCE,
    _twinnings,
    place="helped",
)
MONEY = Measure(
    "twinning.money",
    _("结对资金到账"),
    Unit.YUAN,
    _("本月经受助工会确认到账的工会之间的帮扶资金，按受助工会计；不含给村里的资金和项目投资。"),
    ASSISTANCE,
    lambda period: _confirmed(period, HelpKind.MONEY),
    place="twinning__helped",
    total="arrived_amount",
    dimensions=(PURPOSE,),
    is_flow=True,
)
ADVICE = Measure(
    "twinning.advice",
    _("指门路"),
    Unit.CASE,
    _("本月经受助工会确认落实的岗位、销路、培训和指导。"),
    ASSISTANCE,
    lambda period: _confirmed(period, HelpKind.ADVICE),
    place="twinning__helped",
    dimensions=(PURPOSE,),
    is_flow=True,
)
PROJECTS = Measure(
    "twinning.projects",
    _("县项目"),
    Unit.BODY,
    _("期末已登记、没有终止的县项目，含已竣工的，按到达的节点分。"),
    ASSISTANCE,
    _projects,
    dimensions=(MILESTONE,),
)
OVERDUE = Measure(
    "twinning.overdue_projects",
    _("超期的县项目"),
    Unit.BODY,
    _("其中有节点过了期限还没有到达的。"),
    ASSISTANCE,
    _overdue,
    dimensions=(MILESTONE,),
)
COVERAGE = Ratio("twinning.coverage", _("重点县结对率"), _("有结对的重点县 ÷ 重点县。"), HELPED, KEY)
