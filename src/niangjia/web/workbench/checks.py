"""提请核对: the request file goes out to the checking office."""

from django.http import HttpResponse
from django.shortcuts import render

from niangjia.assistance.checks.requesting import RequestForm, request_checks, requesting_unit, waiting
from niangjia.kernel.access import Actor
from niangjia.kernel.forms import cleaned
from niangjia.web.shell.documents import workbook_response
from niangjia.web.shell.middleware import ActorRequest


def request_file(request: ActorRequest) -> HttpResponse:
    """What would go out; sent, the workbook."""
    actor: Actor = request.actor  # type: ignore[assignment]
    unit = requesting_unit(actor)
    if request.method == "POST":
        content = request_checks(unit, actor=actor, **cleaned(RequestForm(request.POST)))
        return workbook_response(content, "核对名单.xlsx")
    context = {"unit": unit, "files": waiting(actor, unit), "form": RequestForm()}
    return render(request, "workbench/check_request.html", context)
