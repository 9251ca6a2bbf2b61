"""Days that the region decides about objections, and where people object. The window belongs to each kind of notice."""

from django.utils.translation import gettext_lazy as _

from niangjia.organisation.parameters import Measure, Parameter

OWN_PROPOSAL = _("本系统建议值")

TRIAGE_DAYS = Parameter(
    "notices.triage_days", _("受理公示异议"), Measure.WORKING_DAY, 2, OWN_PROPOSAL, minimum=1, maximum=10
).name
ANSWER_DAYS = Parameter(
    "notices.answer_days", _("答复公示异议"), Measure.WORKING_DAY, 5, OWN_PROPOSAL, minimum=1, maximum=30
).name
CONTACT = Parameter(
    "notices.contact",
    _("公示上写的异议电话"),
    Measure.WORD,
    "12351",
    _("全国工会职工服务热线"),
).name
