"""Duties of notices: who publishes belongs to the domain above; objections are for others than those."""

from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Duty

# Opens objections with whoever raised them, and the lists that they are about.
OBJECTIONS = "objections"

RECEIVER = Duty("objection_receiver", _("异议受理员"), frozenset({OBJECTIONS, "organisation"}))
ANSWERER = Duty("objection_answerer", _("异议答复人"), frozenset({OBJECTIONS, "organisation"}))
