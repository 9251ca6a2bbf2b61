"""Figures of hardship files: who is on file and why, who got out, and how many have to."""

from django.utils.translation import gettext as _

from niangjia.assistance import exits, living_aid
from niangjia.assistance.help import HELPED
from niangjia.assistance.spot_checks import figures as spot_checks
from niangjia.kernel.figures import Unit
from niangjia.web.shell.charts import Chart, percent
from niangjia.web.workbench.dashboards import Board, KeyFigure, compared

OF_FILES = (
    exits.KEPT,
    exits.YEAR_START,
    exits.LEFT_THIS_YEAR,
    exits.LEFT,
    exits.UNDER_REVIEW,
    exits.VISITED,
    living_aid.MIGRANTS,
    living_aid.LIVING_AIDED,
    living_aid.LIVING_AID,
    spot_checks.CHECKED,
    spot_checks.DISCREPANT,
)


def of_files(board: Board) -> tuple[list[KeyFigure], list[Chart]]:
    keys = [
        board.key_figure(exits.KEPT),
        board.key_figure(exits.YEAR_START),
        board.key_figure(exits.LEFT_THIS_YEAR),
        board.key_ratio(exits.EXIT_RATE),
        *_exits_wanted(board),
        board.key_figure(exits.UNDER_REVIEW),
        board.key_figure(exits.VISITED),
        board.key_figure(living_aid.MIGRANTS),
        board.key_figure(living_aid.LIVING_AIDED),
        board.key_ratio(living_aid.AIDED_SHARE),
        board.key_figure(living_aid.LIVING_AID),
        board.key_average(living_aid.AID_PER_HOUSEHOLD),
        board.key_figure(spot_checks.CHECKED),
        board.key_ratio(spot_checks.CHECKED_SHARE),
        board.key_figure(spot_checks.DISCREPANT),
    ]
    charts = [
        board.ratio_over_time("rate", _("脱困率"), exits.EXIT_RATE),
        *compared(board, exits.EXIT_RATE, _("各下级工会的脱困率"), _("与同级工会比脱困率")),
        board.ratio_ranked(
            "checked-below", _("各下级工会的抽查率"), board.children, spot_checks.CHECKED_SHARE
        ),
        board.divided(
            "helped", _("建档户累计得到救助的次数（按批准的救助计）"), exits.KEPT, HELPED, ranked=False
        ),
        board.divided("categories", _("建档户按困难类别"), exits.KEPT, exits.CATEGORY, ranked=False),
        board.divided("causes", _("建档户按致困原因"), exits.KEPT, exits.CAUSE, ranked=True),
        board.divided("ages", _("建档户按年龄"), exits.KEPT, exits.AGE, ranked=False),
        board.divided("stages", _("在办申请按环节"), exits.UNDER_REVIEW, exits.STAGE, ranked=False),
        board.divided("reasons", _("脱困户按原因"), exits.LEFT, exits.REASON, ranked=True),
    ]
    return keys, charts


def _exits_wanted(board: Board) -> list[KeyFigure]:
    """How many households must get out of hardship this year, and how many of them still have to."""
    base, out = board.value(exits.YEAR_START), board.value(exits.LEFT_THIS_YEAR)
    if board.month is None or base is None or out is None:
        return []
    share = exits.least_share(board.unit, board.month)
    wanted = exits.exits_wanted(base, share)
    to_go = _("还差 %d 户") % (wanted - out) if out < wanted else _("已经达到")
    rule = _("年初建档户 × 本地区规定的比例（现为 %s），不足一户的按一户计。") % percent(float(share * 100))
    return [KeyFigure(_("本年至少应脱困"), f"{wanted:,}", str(Unit.HOUSEHOLD.label), "", to_go, rule)]
