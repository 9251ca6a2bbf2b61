"""The fixed lists of assistance: where a file stands, why, in which category, and what a paper is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    FOUND = "found", _("待本人确认")
    APPLIED = "applied", _("待初审")
    RETURNED = "returned", _("待补正")
    REVIEWED = "reviewed", _("待核查")
    VISITED = "visited", _("待核对")
    CHECKED = "checked", _("待公示")
    ON_NOTICE = "on_notice", _("公示中")
    CLEARED = "cleared", _("待审批")
    APPROVED = "approved", _("待归档")
    FILED = "filed", _("已建档")
    DECLINED = "declined", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    RENEWAL = "renewal", _("待复核")
    EXPIRED = "expired", _("已过期")
    EXIT_PROPOSED = "exit_proposed", _("待批脱困")
    STRIKE_OFF_PROPOSED = "strike_off_proposed", _("待批注销")
    EXITED = "exited", _("已脱困")
    STRUCK_OFF = "struck_off", _("已注销")
    TAKEN_OVER = "taken_over", _("待确认移入")
    NOT_TAKEN_OVER = "not_taken_over", _("未移入")


# The household of such a file may apply again.
CLOSED_STATES = (
    State.DECLINED,
    State.WITHDRAWN,
    State.EXPIRED,
    State.EXITED,
    State.STRUCK_OFF,
    State.NOT_TAKEN_OVER,
)
# Once on file and no more: a new file of the household follows it.
LEFT_STATES = (State.EXPIRED, State.EXITED, State.STRUCK_OFF)
# From an earlier system: nobody here has confirmed that it is on file.
UNCONFIRMED = (State.TAKEN_OVER, State.NOT_TAKEN_OVER)
# On file: the household is recognised as being in hardship.
KEPT_STATES = (State.FILED, State.RENEWAL, State.EXIT_PROPOSED, State.STRIKE_OFF_PROPOSED)
ONCE_FILED = (*KEPT_STATES, *LEFT_STATES)
PAST_NOTICE = (State.CLEARED, State.APPROVED, *ONCE_FILED)
# On the way to being filed.
UNDER_WAY = (
    State.APPLIED,
    State.RETURNED,
    State.REVIEWED,
    State.VISITED,
    State.CHECKED,
    State.ON_NOTICE,
    State.CLEARED,
    State.APPROVED,
)


class Origin(TextChoices):
    """How a file began."""

    ONLINE = "online", _("本人在线申请")
    PAPER = "paper", _("纸质申请录入")
    FOUND = "found", _("工会主动发现")
    TAKEN_OVER = "taken_over", _("存量档案移入")


class LeavingReason(TextChoices):
    """Why a file is left: the first ones are out of hardship, the others strike a file off."""

    INCOME_RISEN = "income_risen", _("收入提高，超过标准")
    FOUND_WORK = "found_work", _("实现就业")
    RECOVERED = "recovered", _("病情好转或治疗结束")
    GRADUATED = "graduated", _("子女毕业就业")
    STATE_RELIEF = "state_relief", _("已由政府救助兜底")
    OTHER_EXIT = "other_exit", _("其他脱困原因")
    DIED = "died", _("死亡")
    MOVED_AWAY = "moved_away", _("迁离本地或转出工会")
    FALSE_STATEMENT = "false_statement", _("虚报瞒报")
    OWN_WISH = "own_wish", _("本人申请注销")
    NOT_RENEWED = "not_renewed", _("逾期未复核")
    APPLIED_ANEW = "applied_anew", _("已重新申请")
    OTHER_STRIKE_OFF = "other_strike_off", _("其他注销原因")


EXITS = (
    LeavingReason.INCOME_RISEN,
    LeavingReason.FOUND_WORK,
    LeavingReason.RECOVERED,
    LeavingReason.GRADUATED,
    LeavingReason.STATE_RELIEF,
    LeavingReason.OTHER_EXIT,
)
# What the clerk may give; the last of them the flow gives by itself.
STRIKE_OFFS = (
    LeavingReason.DIED,
    LeavingReason.MOVED_AWAY,
    LeavingReason.FALSE_STATEMENT,
    LeavingReason.OWN_WISH,
    LeavingReason.OTHER_STRIKE_OFF,
)


class Cause(TextChoices):
    ILLNESS = "illness", _("患病")
    DISABILITY = "disability", _("残疾")
    SCHOOLING = "schooling", _("子女就学")
    UNEMPLOYMENT = "unemployment", _("下岗失业")
    ACCIDENT = "accident", _("意外事故")
    DISASTER = "disaster", _("自然灾害")
    SINGLE_PARENT = "single_parent", _("单亲抚养")
    LOW_INCOME = "low_income", _("收入偏低")
    OTHER = "other", _("其他")


class Category(TextChoices):
    DEEP = "deep", _("深度困难")
    RELATIVE = "relative", _("相对困难")
    ACCIDENT = "accident", _("意外致困")
    # The generation of 2016.
    MINIMUM = "minimum", _("低保户")
    BORDERLINE = "borderline", _("低保边缘户")
    STRUCK = "struck", _("意外致困户")


class PaperKind(TextChoices):
    IDENTITY = "identity", _("身份证件")
    REGISTER = "register", _("户口簿")
    INCOME = "income", _("收入证明")
    ALLOWANCE = "allowance", _("低保或特困证明")
    MEDICAL = "medical", _("病情与医疗费")
    DISABILITY = "disability", _("残疾证")
    SCHOOL = "school", _("就学证明")
    CONTRACT = "contract", _("劳动合同")
    JOBLESS = "jobless", _("失业登记")
    LOSS = "loss", _("事故或灾情证明")
    APPLICATION = "application", _("签字的申请书")
    AUTHORISATION = "authorisation", _("核对授权委托书")
    MINUTES = "minutes", _("工会会议记录")
    VISIT = "visit", _("入户照片")
    SIGNATURE = "signature", _("被核查人签字")
    COMPANION = "companion", _("同行人签字")
    OTHER = "other", _("其他材料")


# Papers of a home visit, which only the union brings.
OF_VISITS = (PaperKind.VISIT, PaperKind.SIGNATURE, PaperKind.COMPANION)
HEALTH_PAPERS = (PaperKind.MEDICAL, PaperKind.DISABILITY)
# What a file usually rests on: these always, and more for some causes.
ALWAYS_ASKED = (PaperKind.IDENTITY, PaperKind.REGISTER, PaperKind.INCOME)
ASKED_FOR_CAUSE = {
    Cause.ILLNESS: PaperKind.MEDICAL,
    Cause.DISABILITY: PaperKind.DISABILITY,
    Cause.SCHOOLING: PaperKind.SCHOOL,
    Cause.UNEMPLOYMENT: PaperKind.JOBLESS,
    Cause.ACCIDENT: PaperKind.LOSS,
    Cause.DISASTER: PaperKind.LOSS,
}
