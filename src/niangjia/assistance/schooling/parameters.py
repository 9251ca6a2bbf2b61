"""Days and months of the work with a child who left school."""

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.parameters import OWN_PROPOSAL
from niangjia.organisation.parameters import Measure, Parameter

FIRST_VISIT_DAYS = Parameter(
    "schooling.first_visit_days",
    _("劝学首次上门"),
    Measure.WORKING_DAY,
    3,
    OWN_PROPOSAL,
    minimum=1,
    maximum=30,
).name
NEXT_VISIT_DAYS = Parameter(
    "schooling.next_visit_days",
    _("劝学再次上门"),
    Measure.WORKING_DAY,
    10,
    OWN_PROPOSAL,
    minimum=1,
    maximum=60,
).name
FOLLOW_UP_MONTHS = Parameter(
    "schooling.follow_up_months", _("复学后回访"), Measure.MONTH, 6, OWN_PROPOSAL, minimum=1, maximum=24
).name
