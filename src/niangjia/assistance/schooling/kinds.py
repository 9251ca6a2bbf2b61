"""The fixed lists of bringing a child back to school."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SchoolState(TextChoices):
    OUT_OF_SCHOOL = "out_of_school", _("待上门")
    PERSUADING = "persuading", _("劝学中")
    BACK = "back_at_school", _("已复学")
    SUPPORTED = "supported", _("专项帮扶中")
    STAYED = "stayed_at_school", _("稳定就学")
    LET_GO = "let_go", _("终止劝学")


AT_SCHOOL = (SchoolState.BACK, SchoolState.SUPPORTED)
OVER = (SchoolState.STAYED, SchoolState.LET_GO)


class Grade(TextChoices):
    PRIMARY = "primary", _("小学")
    SEVENTH = "seventh", _("初一")
    EIGHTH = "eighth", _("初二")
    NINTH = "ninth", _("初三")
    VOCATIONAL = "vocational", _("中职")
    SENIOR = "senior", _("高中")


class Answer(TextChoices):
    """What an attempt came to."""

    ABSENT = "absent", _("没有见到人")
    REFUSES = "refuses", _("不愿返校")
    WAVERS = "wavers", _("正在考虑")
    AGREES = "agrees", _("愿意返校")


class SupportKind(TextChoices):
    RENT = "rent", _("陪读租房")
    LIVING = "living_costs", _("寄宿生活费")
    TUTORING = "tutoring", _("补课和学习用品")
    TRAVEL = "travel", _("上学交通")
    OTHER = "other", _("其他")


class EndReason(TextChoices):
    MOVED = "moved", _("随家庭迁走，已转告当地")
    GROWN = "grown", _("已满十八周岁")
    OTHER_WAY = "other_way", _("已转入其他学习或康复途径")
    MISTAKEN = "mistaken", _("核实并未辍学")
