"""导出 of plans, measures and pairings. Children who left school are listed on the screen alone."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.pairing.kinds import PairingState, Role
from niangjia.assistance.pairing.queries import pairings_chosen
from niangjia.assistance.plans import queries as aid_plans
from niangjia.assistance.plans.kinds import AidKind, MeasureState, PlanResult, PlanState
from niangjia.kernel.money import formatted
from niangjia.web.shell.exports import Asked, Export

# Labels looked up once, as in `lists`.
AID_KINDS, PLAN_STATES, PLAN_RESULTS, MEASURE_STATES, PAIRING_STATES, PAIRING_ROLES = (
    dict(choices.choices) for choices in (AidKind, PlanState, PlanResult, MeasureState, PairingState, Role)
)


def _state_and_overdue(asked: Asked) -> dict[str, Any]:
    return {"state": asked.filters.get("state", ""), "overdue": asked.filters.get("overdue") == "1"}


def _state_said(asked: Asked, labels: Mapping[str, Any]) -> str:
    said = [str(labels.get(asked.filters.get("state", ""), ""))]
    said += [str(_("已超期"))] if asked.filters.get("overdue") == "1" else []
    said += [str(_("我的结对"))] if asked.filters.get("mine") == "1" else []
    return "；".join(word for word in said if word)


Export(
    name="aid-plans",
    label=gettext_lazy("帮扶方案"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("家庭"),
        gettext_lazy("档案编号"),
        gettext_lazy("承办工会"),
        gettext_lazy("状态"),
        gettext_lazy("批准日期"),
        gettext_lazy("下次复核"),
        gettext_lazy("结果"),
    ],
    rows=lambda actor, asked: aid_plans.plans_chosen(
        actor, words=asked.words, unit=asked.unit, **_state_and_overdue(asked)
    ),
    cells=lambda plan: (
        plan.number,
        plan.file.person.name,
        plan.file.number,
        plan.unit.name,
        plan.get_state_display(),
        plan.approved_on,
        plan.review_on,
        PLAN_RESULTS.get(plan.result, ""),
    ),
    filters=("state", "overdue"),
    said=lambda asked: _state_said(asked, PLAN_STATES),
)

Export(
    name="aid-measures",
    label=gettext_lazy("帮扶措施"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("家庭"),
        gettext_lazy("帮扶类别"),
        gettext_lazy("落实单位"),
        gettext_lazy("承办工会"),
        gettext_lazy("状态"),
        gettext_lazy("计划开始"),
        gettext_lazy("计划完成"),
        gettext_lazy("完成日期"),
        gettext_lazy("金额"),
        gettext_lazy("资金来源"),
    ],
    rows=lambda actor, asked: aid_plans.measures_chosen(
        actor, words=asked.words, unit=asked.unit, **_state_and_overdue(asked)
    ),
    cells=lambda row: (
        row.number,
        row.plan.file.person.name,
        AID_KINDS[row.kind],
        row.provider,
        row.unit.name,
        row.get_state_display(),
        row.begins_on,
        row.ends_on,
        row.done_on,
        "" if row.amount is None else formatted(row.amount),
        row.source,
    ),
    filters=("state", "overdue"),
    said=lambda asked: _state_said(asked, MEASURE_STATES),
)

Export(
    name="pairings",
    label=gettext_lazy("结对"),
    purpose=ASSISTANCE,
    titles=[
        gettext_lazy("编号"),
        gettext_lazy("家庭"),
        gettext_lazy("承办工会"),
        gettext_lazy("结对人"),
        gettext_lazy("结对身份"),
        gettext_lazy("办公电话"),
        gettext_lazy("结对日期"),
        gettext_lazy("最近看望"),
        gettext_lazy("下次看望"),
        gettext_lazy("结束日期"),
    ],
    rows=lambda actor, asked: pairings_chosen(
        actor,
        words=asked.words,
        unit=asked.unit,
        mine=asked.filters.get("mine") == "1",
        **_state_and_overdue(asked),
    ),
    cells=lambda row: (
        row.number,
        row.file.person.name,
        row.unit.name,
        row.cadre.name,
        PAIRING_ROLES[row.role],
        row.office_phone,
        row.paired_on,
        row.last_visit_on,
        row.visit_due_on,
        row.ended_on,
    ),
    filters=("state", "overdue", "mine"),
    said=lambda asked: _state_said(asked, PAIRING_STATES),
)
