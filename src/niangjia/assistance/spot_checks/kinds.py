"""The fixed lists of spot checks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SpotState(TextChoices):
    DRAWN = "drawn", _("抽查中")
    REPORTED = "reported", _("待审定")
    CONFIRMED = "confirmed", _("已审定")


class Result(TextChoices):
    CONSISTENT = "consistent", _("与档案一致")
    DISCREPANT = "discrepant", _("与档案不符")


class Discrepancy(TextChoices):
    """In what a file does not tell what is."""

    PEOPLE = "people", _("家庭人口不符")
    INCOME = "income", _("收入支出不符")
    BELONGINGS = "belongings", _("财产不符")
    CAUSE = "cause", _("致困原因不符")
    CATEGORY = "category", _("困难类别不符")
    PAPERS = "papers", _("材料不全或不实")
    PROCEDURE = "procedure", _("程序不合规")
    OUT_OF_HARDSHIP = "out_of_hardship", _("已不困难，没有退出")
