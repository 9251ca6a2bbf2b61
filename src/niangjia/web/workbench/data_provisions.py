"""对外提供: what went out to whom, and the roster for hospitals, which is handed out here."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.provisions import queries
from niangjia.assistance.provisions.roster import RosterForm, agreed, send_roster
from niangjia.kernel.errors import NotAllowed
from niangjia.web.shell import keyset
from niangjia.web.shell.documents import workbook_response
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.templatetags.niangjia import moment_zh
from niangjia.web.workbench.entrance import opened


@require_http_methods(["GET", "HEAD", "POST"])
def data_provisions(request: ActorRequest) -> HttpResponse:
    """The records; a POST answers with the workbook for the hospital it names."""
    actor = opened(request, queries.PURPOSE)
    unit = queries.sending_unit(actor)
    form = RosterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if unit is None:
            raise NotAllowed(_("医院识别名单由帮扶中心经办提供，您没有这个岗位。"))
        _sent, content = send_roster(unit, actor=actor, **form.cleaned_data)
        return workbook_response(content, "识别名单.xlsx")
    page = keyset.page(queries.visible_to(actor), after=request.GET.get("after", ""))
    context = {
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "unit": unit,
        "ready": len(agreed(unit)) if unit else 0,
        "form": form,
    }
    return render(request, "workbench/data_provisions.html", context, status=422 if form.errors else 200)


@require_safe
def data_provision(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    sent = queries.provision(public_id, opened(request, queries.PURPOSE))
    return render(request, "workbench/data_provision.html", {"sent": sent, "lines": queries.lines(sent)})


def _columns() -> list[Column]:
    def link(sent: Any) -> object:
        return main_link(reverse("data_provision", args=[sent.public_id]), sent.receiver)

    return [
        Column(_("接收机构"), link, names_cells=False),
        Column(_("用途"), lambda sent: sent.purpose_label),
        Column(_("行数"), lambda sent: sent.row_count, "number"),
        Column(_("提供工会"), lambda sent: sent.unit),
        Column(_("提供人"), lambda sent: sent.sent_by),
        Column(_("提供时间"), lambda sent: moment_zh(sent.sent_at)),
    ]
