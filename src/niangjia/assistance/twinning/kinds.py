"""The fixed lists of twinning: where a twinning, a piece of help and a project stand, and what help is for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TwinningState(TextChoices):
    TO_APPROVE = "to_approve", _("待批准")
    TWINNED = "twinned", _("结对中")
    PARTED = "parted", _("已结束结对")
    TURNED_DOWN = "turned_down", _("未批准")


RUNNING = (TwinningState.TO_APPROVE, TwinningState.TWINNED)


class HelpKind(TextChoices):
    """送项目 is the third: what a twin pays into a project is recorded there."""

    MONEY = "money", _("送资金")
    ADVICE = "advice", _("指门路")


class Purpose(TextChoices):
    CADRE_TRAINING = "cadre_training", _("干部培训")
    VISITS = "visits", _("走访慰问")
    READING_ROOM = "reading_room", _("职工书屋")
    EVENT = "event", _("职工活动")
    SERVICE_CENTRE = "service_centre", _("服务中心")
    JOBS = "jobs", _("就业岗位")
    MARKET = "market", _("产品销路")
    GUIDANCE = "guidance", _("业务指导")
    OTHER = "other", _("其他")


class HelpState(TextChoices):
    PROMISED = "promised", _("待落实")
    GIVEN = "given", _("待受助方确认")
    ARRIVED = "arrived", _("已确认")
    WITHDRAWN = "withdrawn", _("已撤回")


OPEN_HELP = (HelpState.PROMISED, HelpState.GIVEN)


class HelpPaperKind(TextChoices):
    TRANSFER = "transfer", _("拨款凭证")
    RECEIPT = "receipt", _("到账凭证")
    ATTENDANCE = "attendance", _("签到表")
    PHOTO = "photo", _("现场照片")
    OTHER = "other", _("其他")


class ProjectKind(TextChoices):
    SQUARE = "square", _("职工文化广场")
    SERVICE_CENTRE = "service_centre", _("农民工服务中心")
    ACTIVITY_CENTRE = "activity_centre", _("农民工文化活动中心")
    OTHER = "other", _("其他项目")


class ProjectState(TextChoices):
    """Each but the first and the last is a milestone reached: 计划编制, 资金安排, 开工, 竣工."""

    PLANNING = "planning", _("编制计划")
    AWAITING_FUNDS = "awaiting_funds", _("待安排资金")
    FUNDED = "funded", _("待开工")
    STARTED = "started", _("在建")
    FINISHED = "finished", _("已竣工")
    HALTED = "halted", _("已终止")


UNFINISHED = (ProjectState.PLANNING, ProjectState.AWAITING_FUNDS, ProjectState.FUNDED, ProjectState.STARTED)
# In order: what is reached, and the columns with the day it is planned for and the day it was reached.
MILESTONES = (
    (_("计划编制"), "plan_by", "planned_on"),
    (_("资金安排"), "fund_by", "funded_on"),
    (_("开工"), "start_by", "started_on"),
    (_("竣工"), "finish_by", "finished_on"),
)


class FundingKind(TextChoices):
    TWIN = "twin", _("结对工会")
    UNION_ABOVE = "union_above", _("上级工会")
    GOVERNMENT = "government", _("财政资金")
    OWN = "own", _("本级自筹")
    DONATION = "donation", _("社会捐助")


class ProjectPaperKind(TextChoices):
    PLAN = "plan", _("项目计划书")
    FUNDING = "funding", _("资金文件")
    START = "start", _("开工证明")
    ACCEPTANCE = "acceptance", _("竣工验收")
    PHOTO = "photo", _("现场照片")
    OTHER = "other", _("其他")
