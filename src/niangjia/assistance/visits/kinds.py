"""What a visit may find, as on the printed form, and the ways on which a visit comes in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Housing(TextChoices):
    OWNED = "owned", _("自有住房")
    RENTED = "rented", _("租住房屋")
    PUBLIC = "public", _("公租房、廉租房")
    BORROWED = "borrowed", _("借住")
    OTHER = "other", _("其他")


class Conclusion(TextChoices):
    TRUE = "true", _("情况属实")
    PARTLY = "partly", _("部分属实")
    UNTRUE = "untrue", _("情况不属实")
    UNCLEAR = "unclear", _("需要补充材料")


class Way(TextChoices):
    """How a record came in."""

    ONLINE = "online", _("在线填写")
    PHONE = "phone", _("手机断网填写")
    PAPER = "paper", _("照纸质表录入")
    WORKBOOK = "workbook", _("Excel 上报")


class Outcome(TextChoices):
    """What became of a visit that a phone sent."""

    UNDER_WAY = "", _("上报中")
    RECORDED = "recorded", _("已登记")
    ADDED = "added", _("已补充登记")
    COMBINED = "combined", _("已合并登记")
    DROPPED = "dropped", _("已采用对方登记")


class Choice(TextChoices):
    """What a visitor wants whose visit meets another's, or a file that has changed."""

    STILL = "still", _("看过档案的变动，仍按我的登记")

    MINE = "mine", _("两份都留，我的作为补充")
    COMBINED = "combined", _("逐项选定，合并成一份补充")
    THEIRS = "theirs", _("采用对方的，放弃我的")


# The columns of a visit that say what the family owns, in the order of the paper form.
BELONGINGS = {
    "has_spare_home": _("商品房两套以上"),
    "has_vehicle": _("机动车"),
    "has_business": _("经营实体"),
    "has_large_savings": _("大额存款"),
}
NO_BELONGINGS = _("均无")
