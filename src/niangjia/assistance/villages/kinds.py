"""The fixed lists of help for villages: where a village, a posting and a dividend stand; roles, work and industries."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VillageState(TextChoices):
    HELPED = "helped", _("帮扶中")
    HELP_ENDED = "help_ended", _("已结束帮扶")


class PostingState(TextChoices):
    TO_APPROVE = "to_approve", _("待批准")
    POSTED = "posted", _("驻村中")
    RELIEVED = "relieved", _("已离任")
    TURNED_DOWN = "turned_down", _("未批准")


RUNNING = (PostingState.TO_APPROVE, PostingState.POSTED)


class PostingRole(TextChoices):
    FIRST_SECRETARY = "first_secretary", _("第一书记")
    TEAM_MEMBER = "team_member", _("驻村工作队员")


class WorkRole(TextChoices):
    """In which of the three roles of a posted cadre a piece of work was done."""

    ADVISER = "adviser", _("参谋员")
    LIAISON = "liaison", _("联络员")
    SERVICE = "service", _("服务员")


class IndustryKind(TextChoices):
    PLANTING = "planting", _("种植")
    BREEDING = "breeding", _("养殖")
    PROCESSING = "processing", _("加工")
    TOURISM = "tourism", _("乡村旅游")
    COMMERCE = "commerce", _("电商")
    OTHER = "other", _("其他")


class IndustryState(TextChoices):
    """Told by the days of an industry, never stored."""

    PLANNED = "planned", _("筹备中")
    RUNNING = "running", _("经营中")
    STOPPED = "stopped", _("已停办")


class DividendState(TextChoices):
    TO_CONFIRM = "to_confirm", _("待核对")
    CERTIFIED = "certified", _("已确认")
    DISALLOWED = "disallowed", _("未通过")
