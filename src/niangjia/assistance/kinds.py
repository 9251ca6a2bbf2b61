"""The fixed lists of assistance: where a file stands, why, in which category, and what a paper is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    APPLIED = "applied", _("待初审")
    RETURNED = "returned", _("待补正")
    REVIEWED = "reviewed", _("待核查")
    VISITED = "visited", _("待公示")
    ON_NOTICE = "on_notice", _("公示中")
    CLEARED = "cleared", _("待审批")
    APPROVED = "approved", _("待归档")
    FILED = "filed", _("已建档")
    DECLINED = "declined", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


CLOSED_STATES = (State.DECLINED, State.WITHDRAWN)
PAST_NOTICE = (State.CLEARED, State.APPROVED, State.FILED)


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


class PaperKind(TextChoices):
    IDENTITY = "identity", _("身份证件")
    REGISTER = "register", _("户口簿")
    INCOME = "income", _("收入证明")
    MEDICAL = "medical", _("病情与医疗费")
    SCHOOL = "school", _("就学证明")
    VISIT = "visit", _("入户照片")
    SIGNATURE = "signature", _("被核查人签字")
    COMPANION = "companion", _("同行人签字")
    OTHER = "other", _("其他材料")


# Papers of a home visit, which only the union brings.
OF_VISITS = (PaperKind.VISIT, PaperKind.SIGNATURE, PaperKind.COMPANION)

# What a file usually rests on: these always, and one more for some causes.
ALWAYS_ASKED = (PaperKind.IDENTITY, PaperKind.INCOME)
ASKED_FOR_CAUSE = {
    Cause.ILLNESS: PaperKind.MEDICAL,
    Cause.DISABILITY: PaperKind.MEDICAL,
    Cause.SCHOOLING: PaperKind.SCHOOL,
}
