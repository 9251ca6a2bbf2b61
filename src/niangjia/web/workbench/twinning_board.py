"""统计 of unions helping unions: key counties and their helpers, money that arrived, projects."""

from django.utils.translation import gettext as _

from niangjia.assistance.twinning import figures as t
from niangjia.web.shell.charts import Chart
from niangjia.web.workbench.dashboards import Board, KeyFigure

OF_TWINNING = (
    t.KEY,
    t.HELPED,
    t.ALONE,
    t.TWINNINGS,
    t.MONEY,
    t.ADVICE,
    t.PROJECTS,
    t.OVERDUE,
)


def of_twinning(board: Board) -> tuple[list[KeyFigure], list[Chart]]:
    keys = [board.key_figure(measure) for measure in (t.KEY, t.HELPED)]
    keys += [board.key_ratio(t.COVERAGE)]
    keys += [
        board.key_figure(measure)
        for measure in (t.ALONE, t.TWINNINGS, t.MONEY, t.ADVICE, t.PROJECTS, t.OVERDUE)
    ]
    charts = [
        board.units_ranked("helpers", _("各县有几家帮扶"), board.children, t.TWINNINGS),
        board.over_time("money", _("结对资金到账"), t.MONEY, kind="columns"),
        board.divided("purposes", _("到账资金按用途"), t.MONEY, t.PURPOSE, ranked=True),
        board.divided("advice", _("指门路按用途"), t.ADVICE, t.PURPOSE, ranked=True),
        board.divided("milestones", _("县项目按节点"), t.PROJECTS, t.MILESTONE, ranked=False),
        board.divided("late", _("超期的县项目按到达的节点"), t.OVERDUE, t.MILESTONE, ranked=False),
    ]
    return keys, charts
