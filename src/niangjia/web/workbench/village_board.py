"""统计 of help for villages: villages, cadres, industries, money and dividends."""

from django.utils.translation import gettext as _

from niangjia.assistance.villages import figures as v
from niangjia.web.shell.charts import Chart
from niangjia.web.workbench.dashboards import Board, KeyFigure

OF_VILLAGES = (v.VILLAGES, v.OFFICERS, v.INDUSTRIES, v.AREA, v.MONEY, v.DIVIDENDS)


def of_villages(board: Board) -> tuple[list[KeyFigure], list[Chart]]:
    keys = [board.key_figure(measure) for measure in OF_VILLAGES]
    charts = [
        board.units_ranked("villages", _("各家工会帮扶几个村"), board.children, v.VILLAGES),
        board.divided("officers", _("驻村干部按职务"), v.OFFICERS, v.ROLE, ranked=False),
        board.divided("industries", _("村产业按类别"), v.INDUSTRIES, v.KIND, ranked=True),
        board.divided("area", _("产业面积按类别"), v.AREA, v.KIND, ranked=True),
        board.over_time("money", _("给村里的资金"), v.MONEY, kind="columns"),
        board.over_time("dividends", _("村集体分红"), v.DIVIDENDS, kind="columns"),
    ]
    return keys, charts
