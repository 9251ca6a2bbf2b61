"""Days that the region decides."""

from django.utils.translation import gettext_lazy as _

from niangjia.organisation.parameters import Measure, Parameter

MERGE_DAYS = Parameter(
    "membership.merge_days",
    _("合并重复登记的复核"),
    Measure.WORKING_DAY,
    10,
    _("本系统建议值"),
    minimum=1,
    maximum=60,
).name
