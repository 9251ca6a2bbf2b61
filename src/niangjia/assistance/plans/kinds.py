"""The fixed lists of a plan: what is needed and given, how pressing it is, where plan and measure stand."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AidKind(TextChoices):
    """One list for needs and measures, so that what is needed meets what is given."""

    LIVING = "living", _("生活救助")
    MEDICAL = "medical", _("医疗救助")
    SCHOOLING = "schooling", _("助学救助")
    DISASTER = "disaster", _("灾害救助")
    LEGAL = "legal", _("法律援助")
    TRAINING = "training", _("职业培训")
    JOB = "job", _("职业介绍")
    BUSINESS = "business", _("创业帮扶")
    HOUSING = "housing", _("住房改善")
    HOME_CARE = "home_care", _("居家照料")
    REHABILITATION = "rehabilitation", _("辅助康复")
    SURROUNDINGS = "surroundings", _("环境维护")
    COUNSELLING = "counselling", _("心理咨询")
    TUTORING = "tutoring", _("课业辅导")
    GROUP = "group", _("小组活动")
    VOLUNTEER = "volunteer", _("志愿服务")
    OTHER = "other", _("其他帮扶")


# What these say of somebody is opened like a diagnosis: to the family and to health duties.
HEALTH_KINDS = (AidKind.REHABILITATION, AidKind.COUNSELLING)


class Rung(TextChoices):
    """温暖—脱困—致富. A household may stand on several at once."""

    WARMTH = "warmth", _("温暖")
    WORK = "work", _("脱困")
    PROSPERITY = "prosperity", _("致富")


RUNGS = {
    Rung.WARMTH: tuple(
        kind for kind in AidKind if kind not in (AidKind.TRAINING, AidKind.JOB, AidKind.BUSINESS)
    ),
    Rung.WORK: (AidKind.TRAINING, AidKind.JOB),
    Rung.PROSPERITY: (AidKind.BUSINESS,),
}


class Intensity(IntegerChoices):
    MILD = 1, _("一般")
    STRONG = 2, _("较急")
    PRESSING = 3, _("急需")


class PlanState(TextChoices):
    DRAFTED = "drafted", _("草拟中")
    OFFERED = "offered", _("待家庭确认")
    AGREED = "agreed", _("待批方案")
    IN_FORCE = "in_force", _("实施中")
    CONCLUDED = "concluded", _("已办结方案")
    ABANDONED = "abandoned", _("已作废方案")


OVER = (PlanState.CONCLUDED, PlanState.ABANDONED)
PAST_AGREEMENT = (PlanState.AGREED, PlanState.IN_FORCE, PlanState.CONCLUDED)
PAST_APPROVAL = (PlanState.IN_FORCE, PlanState.CONCLUDED)


class PlanResult(TextChoices):
    OUT = "out", pgettext_lazy("plan", "已脱困")
    CARRIED_OVER = "carried_over", _("转入下一年度")
    ENDED = "ended", pgettext_lazy("plan", "终止帮扶")


class MeasureState(TextChoices):
    SUGGESTED = "suggested", _("拟定")
    PLANNED = "planned", _("待实施")
    UNDER_WAY = "under_way", _("落实中")
    DONE = "done", _("已落实")
    DROPPED = "dropped", _("未实施")


OPEN_MEASURES = (MeasureState.SUGGESTED, MeasureState.PLANNED, MeasureState.UNDER_WAY)


class EvidenceKind(TextChoices):
    RECEIPT = "receipt", _("发放或收款凭证")
    CONTRACT = "contract", _("劳动合同或录用证明")
    CERTIFICATE = "certificate", _("结业或资格证书")
    PHOTO = "photo", _("现场照片")
    OTHER = "other", _("其他凭证")
