"""提请核对: the request file goes out to the checking office."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK
from niangjia.assistance.checks.requesting import RequestForm, request_checks, waiting
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.forms import cleaned
from niangjia.organisation import queries as organisation
from niangjia.web.shell.documents import workbook_response
from niangjia.web.shell.middleware import ActorRequest


def request_file(request: ActorRequest) -> HttpResponse:
    """What would go out; sent, the workbook."""
    actor: Actor = request.actor  # type: ignore[assignment]
    unit = organisation.tops(actor, ASSISTANCE).first()
    if unit is None or not actor.has(CENTRE_CLERK):
        raise NotAllowed(_("提请核对由帮扶中心经办办理，您在这个工会没有这个岗位。"))
    if request.method == "POST":
        content = request_checks(unit, actor=actor, **cleaned(RequestForm(request.POST)))
        return workbook_response(content, "核对名单.xlsx")
    context = {"unit": unit, "files": waiting(actor, unit), "form": RequestForm()}
    return render(request, "workbench/check_request.html", context)
