"""The fixed lists of pairing: where it stands, and as what a cadre looks after a household."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PairingState(TextChoices):
    PAIRED = "paired", _("结对中")
    UNPAIRED = "unpaired", _("已结束结对")


class Role(TextChoices):
    """A household may have one of each."""

    LEADER = "leader", _("挂钩领导")
    STAFF = "staff", _("结对干部")


class Manner(TextChoices):
    AT_HOME = "at_home", _("上门看望")
    BY_PHONE = "by_phone", _("电话联系")
    ELSEWHERE = "elsewhere", _("单位或其他地点见面")
