"""Why two registrations may be one person, which data are chosen one by one, and where a merge stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Why(TextChoices):
    SAME_PHONE = "same_phone", _("同一手机号")
    SAME_NAME = "same_name", _("同名")
    SAME_SOUND = "same_sound", _("姓名读音相同、字不同")
    SAME_BIRTH = "same_birth", _("同日出生")
    SAME_UNION = "same_union", _("登记在同一工会")
    OTHER_DOCUMENT = "other_document", _("证件类型不同")
    PHONE_MISSING = "phone_missing", _("一方没有手机号")


# How much each says. A pair is proposed from `ENOUGH` on.
WEIGHTS = {
    Why.SAME_PHONE: 5,
    Why.SAME_NAME: 3,
    Why.SAME_SOUND: 2,
    Why.SAME_BIRTH: 3,
    Why.SAME_UNION: 2,
    Why.OTHER_DOCUMENT: 2,
    Why.PHONE_MISSING: 1,
}
ENOUGH = 7


class MergeState(TextChoices):
    PROPOSED = "proposed", _("待复核合并")
    MERGED = "merged", _("已合并")
    REJECTED = "rejected", _("不合并")
    UNDONE = "undone", _("已撤销合并")


RUNNING = (MergeState.PROPOSED, MergeState.MERGED)

# What is chosen together: the group, and its columns.
GROUPS: dict[str, tuple[str, ...]] = {
    "name": ("name", "pinyin", "initials"),
    "identity": ("id_kind", "id_number", "born_on", "sex", "identity_checked_on"),
    "phone": ("phone",),
    "unit": ("unit_id",),
    "email": ("email",),
    "ethnicity": ("ethnicity",),
    "political_status": ("political_status",),
    "education": ("education",),
    "skill_level": ("skill_level",),
    "residency": ("residency",),
    "marital_status": ("marital_status",),
}
GROUP_LABELS = {
    "name": _("姓名"),
    "identity": _("证件"),
    "phone": _("手机号"),
    "unit": _("登记工会"),
    "email": _("电子邮箱"),
    "ethnicity": _("民族"),
    "political_status": _("政治面貌"),
    "education": _("文化程度"),
    "skill_level": _("技术等级"),
    "residency": _("户籍类型"),
    "marital_status": _("婚姻状况"),
}


class Side(TextChoices):
    """Of the two registrations of a pair, the earlier one is the first."""

    FIRST = "first", _("左边")
    SECOND = "second", _("右边")
