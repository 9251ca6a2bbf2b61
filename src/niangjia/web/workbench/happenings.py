"""What the audit trail says of one object outside a workflow, in words, newest first."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from niangjia.kernel import audit
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.engine import ACTION_LABELS, action_label
from niangjia.web.shell.parts import Moment

LABELS = {
    "add_person": _("增加家庭成员"),
    "appoint": _("任命"),
    "change": _("变更"),
    "close": _("截止原数值"),
    "close_point": _("停用"),
    "close_business": _("停业、注销"),
    "check_identity": _("核验证件"),
    "correct": _("更正"),
    "delegate": _("设定代办"),
    "disband": _("撤销机构"),
    "dismiss": _("排除重复"),
    "dissolve": _("撤销"),
    "draw": _("划定"),
    "drop_special_hours": _("取消特别开放时间"),
    "end": _("终止"),
    "end_term": _("届满"),
    "enrol": _("入会"),
    "escalate": _("提请上级核对"),
    "form": _("登记家庭"),
    "establish": _("设立机构"),
    "form_team": _("组建工会工作队"),
    "found": _("建立"),
    "gain_union": _("建会"),
    "give_up": _("撤销"),
    "issue": _("签发"),
    "leave_seat": _("离任"),
    "lose_union": _("脱离工会"),
    "merge": _("并入其他单位"),
    "mark": _("设定发文代字"),
    "merge_away": _("并入另一条登记"),
    "merge_in": _("合并重复登记"),
    "merge_undone": _("撤销合并"),
    "move": _("调整上级"),
    "open_account": _("开通账号"),
    "open_point": _("启用"),
    "record": _("登记"),
    "register": _("登记"),
    "remove_person": _("迁出家庭成员"),
    "rename": _("更名"),
    "release": _("发布"),
    "renew": _("换届"),
    "reopen_business": _("恢复经营"),
    "reopen_point": _("恢复使用"),
    "reveal": _("查看全文"),
    "revoke": _("吊销"),
    "special_hours": _("设定特别开放时间"),
    "take_seat": _("任职"),
    "set": _("设定"),
    "set_year": _("录入节假日"),
}

KINDS = {
    "assistance.aidmeasure": pgettext_lazy("one", "帮扶措施"),
    "assistance.aidplan": pgettext_lazy("one", "帮扶方案"),
    "assistance.hardshipfile": pgettext_lazy("one", "困难职工档案"),
    "assistance.pairing": pgettext_lazy("one", "结对"),
    "assistance.schoolingcase": pgettext_lazy("one", "劝学个案"),
    "assistance.spotcheck": pgettext_lazy("one", "档案抽查"),
    "benefits.benefitapplication": _("待遇申请"),
    "benefits.scheme": _("待遇项目"),
    "kernel.apitoken": pgettext_lazy("one", "接口令牌"),
    "kernel.calendaryear": pgettext_lazy("one", "日历年度"),
    "membership.duplicatepair": pgettext_lazy("one", "疑似重复"),
    "membership.household": pgettext_lazy("one", "家庭"),
    "membership.member": pgettext_lazy("one", "会员"),
    "membership.person": pgettext_lazy("one", "人员"),
    "organisation.blankspotrelease": pgettext_lazy("one", "空白点名单"),
    "organisation.committee": pgettext_lazy("one", "委员会"),
    "organisation.delegation": pgettext_lazy("one", "代办"),
    "organisation.employer": pgettext_lazy("one", "用人单位"),
    "organisation.gridcell": pgettext_lazy("one", "网格"),
    "organisation.gridworker": pgettext_lazy("one", "网格员"),
    "organisation.officer": pgettext_lazy("one", "工会干部"),
    "organisation.parametervalue": pgettext_lazy("one", "参数"),
    "organisation.post": pgettext_lazy("one", "任职"),
    "organisation.region": pgettext_lazy("one", "行政区划"),
    "organisation.representative": pgettext_lazy("one", "代表"),
    "organisation.servicepoint": pgettext_lazy("one", "服务阵地"),
    "organisation.team": pgettext_lazy("one", "工会工作队"),
    "organisation.teammember": pgettext_lazy("one", "社会化工会工作者"),
    "organisation.unionbody": pgettext_lazy("one", "工会组织"),
    "organisation.unionbuilding": pgettext_lazy("one", "建会工作"),
}


def action_words(kind: str, action: str) -> str:
    """How an entry about a kind of object reads."""
    for workflow in WORKFLOWS.values():
        if audit.object_type(workflow.model) == kind:
            return action_label(workflow, action)
    return str(LABELS.get(action) or ACTION_LABELS.get(action, action))


def kind_words(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def happenings(*rows: Any) -> list[Moment]:
    """Everything that happened to some objects."""
    entries = sorted((entry for row in rows for entry in audit.history(row)), key=lambda entry: -entry.pk)
    return [moment(entry) for entry in entries]


def moment(entry: audit.AuditEntry) -> Moment:
    return Moment(
        at=entry.at,
        what=action_words(entry.object_type, entry.action),
        who=str(entry.actor or ""),
        acting_for=str(entry.principal or ""),
        note=entry.remark.text if hasattr(entry, "remark") else "",
    )
