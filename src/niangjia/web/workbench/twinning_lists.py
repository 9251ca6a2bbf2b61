"""导出 of twinnings, of help between unions, and of county projects."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.twinning import queries
from niangjia.assistance.twinning.kinds import HelpState, ProjectState, Purpose, TwinningState
from niangjia.web.shell.exports import Asked, Export
from niangjia.web.workbench.union_cases import FILTERS, asked_of, money


def list_asked(asked: Asked) -> queries.Asked:
    return asked_of(asked.filters, asked.words, asked.unit)


def list_said(asked: Asked, labels: Mapping[str, Any]) -> str:
    state, overdue, year, purpose = (asked.filters.get(name, "") for name in FILTERS)
    said = [str(labels.get(state, "")), str(_("已超期")) if overdue == "1" else "", year]
    said.append(str(dict(Purpose.choices).get(purpose, "")))
    return "；".join(word for word in said if word)


Export(
    name="twinnings",
    label=gettext_lazy("县区结对"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("帮扶工会"),
        gettext_lazy("受助工会"),
        gettext_lazy("文件依据"),
        gettext_lazy("状态"),
        gettext_lazy("结对开始"),
        gettext_lazy("结对到期"),
        gettext_lazy("结束日期"),
    ],
    rows=lambda actor, asked: queries.twinnings_chosen(actor, list_asked(asked)),
    cells=lambda row: (
        row.number,
        row.helper.name,
        row.helped.name,
        row.basis,
        row.get_state_display(),
        row.from_on,
        row.until_on,
        row.ended_on,
    ),
    filters=FILTERS,
    said=lambda asked: list_said(asked, dict(TwinningState.choices)),
)

Export(
    name="twinning-helps",
    label=gettext_lazy("结对帮助"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("帮扶工会"),
        gettext_lazy("受助工会"),
        gettext_lazy("帮扶方式"),
        gettext_lazy("用途"),
        gettext_lazy("具体内容"),
        gettext_lazy("状态"),
        gettext_lazy("计划日期"),
        gettext_lazy("计划金额"),
        gettext_lazy("到账或落实日期"),
        gettext_lazy("到账金额"),
    ],
    rows=lambda actor, asked: queries.help_chosen(actor, list_asked(asked)),
    cells=lambda row: (
        row.number,
        row.twinning.helper.name,
        row.twinning.helped.name,
        row.get_kind_display(),
        row.get_purpose_display(),
        row.detail,
        row.get_state_display(),
        row.planned_on,
        money(row.amount),
        row.confirmed_on,
        money(row.arrived_amount),
    ),
    filters=FILTERS,
    said=lambda asked: list_said(asked, dict(HelpState.choices)),
)

Export(
    name="county-projects",
    label=gettext_lazy("县项目"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("项目名称"),
        gettext_lazy("项目类别"),
        gettext_lazy("重点县工会"),
        gettext_lazy("建设地点"),
        gettext_lazy("总投资"),
        gettext_lazy("状态"),
        gettext_lazy("办理期限"),
        gettext_lazy("计划编制日期"),
        gettext_lazy("资金安排日期"),
        gettext_lazy("开工日期"),
        gettext_lazy("竣工日期"),
    ],
    rows=lambda actor, asked: queries.projects_chosen(actor, list_asked(asked)),
    cells=lambda row: (
        row.number,
        row.name,
        row.get_kind_display(),
        row.unit.name,
        row.place,
        money(row.total_amount),
        row.get_state_display(),
        row.due_on,
        row.planned_on,
        row.funded_on,
        row.started_on,
        row.finished_on,
    ),
    filters=FILTERS,
    said=lambda asked: list_said(asked, dict(ProjectState.choices)),
)
