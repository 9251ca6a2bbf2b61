"""How the rows behind a figure are listed: unions, employers, members, or what belongs to a hardship file."""

from functools import reduce
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.twinning.giving import twinning_help
from niangjia.assistance.twinning.projects import county_project
from niangjia.assistance.twinning.workflow import twinning
from niangjia.assistance.villages.dividends import village_dividend
from niangjia.assistance.villages.postings import village_posting
from niangjia.assistance.villages.queries import through_village
from niangjia.assistance.villages.workflow import paired_village
from niangjia.kernel import clock
from niangjia.kernel.figures import Measure, Period
from niangjia.kernel.money import formatted
from niangjia.kernel.workflow import Workflow
from niangjia.membership import queries as membership
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.charts import written
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, main_link
from niangjia.web.shell.navigation import row_address

NUMBER = "number"
# How a row leads to the worker whose hardship file it belongs to.
FILE_OF = {
    "hardshipfile": ("person", "unit"),
    "homevisit": ("file__person", "file__unit"),
    "aidplan": ("file__person", "file__unit"),
    "aidmeasure": ("plan__file__person", "plan__file__unit"),
    "pairvisit": ("pairing__file__person", "pairing__file__unit"),
}
# Between unions, and in villages, there is no worker: their rows lead to the case itself.
CASE_OF = {
    str(one.model._meta.model_name): one
    for one in (
        twinning,
        twinning_help,
        county_project,
        paired_village,
        village_posting,
        village_dividend,
    )
}
# What a village has leads to the village.
OF_VILLAGE = ("villageindustry", "villagefunding")
OF_MEMBERS = (
    "number", "joined_on", "left_on", "person__public_id", "person__name", "unit__name", "unit__path", "employer__name",
)  # fmt: skip


def prepared(rows: "QuerySet[Any]", measure: Measure) -> "QuerySet[Any]":
    """In the order of the tree, with all that the columns show."""
    if measure.place == "":
        return rows.order_by("path", "pk")
    order = (f"{measure.place}__path", "pk")
    if measure.purpose == membership.PURPOSE:
        return rows.select_related("person", "unit", "employer").only(*OF_MEMBERS).order_by(*order)
    if measure.purpose == ASSISTANCE:
        name = str(rows.model._meta.model_name)
        shown = CASE_OF[name].related if name in CASE_OF else FILE_OF.get(name, through_village())
        return rows.select_related(*shown, measure.place).order_by(*order)
    return rows.select_related("employer__unit", "employer__union").order_by(*order)


def columns_of(measure: Measure) -> list[Column]:
    if measure.place == "":
        return _unions()
    if measure.purpose == ASSISTANCE:
        model = measure.rows(Period(clock.today(), clock.today())).model
        name = str(model._meta.model_name)
        if name in OF_VILLAGE:
            return _of_village(measure)
        return _cases(CASE_OF[name], measure.total) if name in CASE_OF else _households(model)
    return _members() if measure.purpose == membership.PURPOSE else _employers()


def _households(model: Any) -> list[Column]:
    """Whose household it is, by the name of whom the file is about; the number is that of the file."""
    steps = FILE_OF[str(model._meta.model_name)][0].split("__")[:-1]

    def file_of(row: Any) -> Any:
        return reduce(getattr, steps, row)

    return [
        Column(
            _("家庭"),
            lambda row: main_link(
                row_address("hardship_file", file_of(row).public_id), file_of(row).person.name
            ),
            names_cells=False,
        ),
        Column(_("编号"), lambda row: getattr(row, "number", "") or file_of(row).number, NUMBER),
        Column(_("承办工会"), lambda row: file_of(row).unit),
    ]


def _cases(workflow: Workflow, amount: str) -> list[Column]:
    """Each by what its page is called; `amount`: the column that the figure adds up."""
    pages = CASES[workflow.name]
    known = [
        Column(
            str(workflow.label), lambda row: main_link(pages.url(row), pages.whose(row)), names_cells=False
        ),
        Column(_("编号"), lambda row: row.number, NUMBER),
        Column(_("状态"), lambda row: row.get_state_display()),
    ]
    return known + (
        [Column(_("金额"), lambda row: formatted(getattr(row, amount)), "amount")] if amount else []
    )


def _of_village(measure: Measure) -> list[Column]:
    """An industry or a sum of money, and in which village."""
    url = CASES[paired_village.name].url
    known = [
        Column(_("帮扶村"), lambda row: main_link(url(row.village), row.village), names_cells=False),
        Column(_("名称"), str),
    ]
    if measure.is_money:
        return [*known, Column(_("金额"), lambda row: formatted(row.amount), "amount")]
    return [*known, Column(_("面积（亩）"), lambda row: row.area_mu, "amount")]


def _day(day: Any) -> str:
    return write_day(day) if day else ""


def _unions() -> list[Column]:
    return [
        Column(
            _("名称"), lambda row: main_link(row_address("union", row.public_id), row.name), names_cells=False
        ),
        Column(_("编号"), lambda row: row.number, NUMBER),
        Column(_("类型"), lambda row: row.get_kind_display()),
        Column(_("成立日期"), lambda row: _day(row.founded_on), NUMBER),
        Column(_("撤销日期"), lambda row: _day(row.dissolved_on), NUMBER),
    ]


def _employers() -> list[Column]:
    """What they were in the period; where they belong is as it is today."""
    return [
        Column(
            _("单位名称"),
            lambda row: main_link(row_address("employer", row.employer.public_id), row.name),
            names_cells=False,
        ),
        Column(_("统一社会信用代码"), lambda row: row.employer.uscc, NUMBER),
        Column(_("归口工会"), lambda row: row.employer.unit),
        Column(_("所建工会"), lambda row: row.employer.union),
        Column(_("行业"), lambda row: row.get_industry_display()),
        Column(_("职工人数"), lambda row: written(row.staff_count), "amount"),
    ]


def _members() -> list[Column]:
    """No ID number and no phone: whoever checks a figure needs to know whom it counts, not how to reach them."""
    return [
        Column(
            _("姓名"),
            lambda row: main_link(row_address("person", row.person.public_id), row.person.name),
            names_cells=False,
        ),
        Column(_("会员编号"), lambda row: row.number, NUMBER),
        Column(_("所属工会"), lambda row: row.unit),
        Column(_("工作单位"), lambda row: row.employer),
        Column(_("入会日期"), lambda row: _day(row.joined_on), NUMBER),
        Column(_("离会日期"), lambda row: _day(row.left_on), NUMBER),
    ]
