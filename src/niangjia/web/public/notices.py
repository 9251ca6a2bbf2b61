"""公示栏: a union's running lists, one list, objecting to it, and what became of an objection.

No account. Only the strict mask, only while the window runs; nothing is indexed or kept on the way.
"""

import uuid
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.errors import Refused
from niangjia.kernel.once import fingerprint_of
from niangjia.notices import actions, queries
from niangjia.notices.forms import PageForm
from niangjia.notices.kinds import ObjectionState
from niangjia.web.public.discretion import discreet
from niangjia.web.shell.acts import dressed, explained
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.limits import spend_objection, spend_receipt
from niangjia.web.shell.middleware import ActorRequest

# What anybody with the receipt is told: how far it came, never what was found or about whom.
OUTCOMES = {
    ObjectionState.LODGED: _("已收到，工会在 %(day)s前决定是否受理。"),
    ObjectionState.INQUIRY: _("已受理，正在核实。核实期间，所涉公示停下等结果。"),
    ObjectionState.TURNED_AWAY: _("没有受理：说的与公示的人和程序无关，或不是异议。"),
    ObjectionState.UPHELD: _("核实后异议成立，所涉公示已经撤下，退回重新办理。"),
    ObjectionState.DISMISSED: _("核实后异议不成立，公示照常。"),
}


class ReceiptForm(forms.Form):
    receipt = forms.CharField(
        label=_("回执号"), max_length=20, help_text=_("提交异议后给您的 12 位字母和数字。")
    )


@login_not_required
@require_safe
def board(request: HttpRequest, number: str) -> HttpResponse:
    unit, running = queries.board(number)
    return discreet(render(request, "public/board.html", {"unit": unit, "notices": running}))


@login_not_required
@require_safe
def public_notice(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    notice = queries.public_notice(public_id)
    if not notice.is_open:
        return _over(request, notice)
    lines = list(queries.public_lines(notice))
    context = {
        "notice": notice,
        "lines": lines,
        "shows_amount": any(line.amount is not None for line in lines),
        "triage_days": queries.triage_days(notice),
    }
    return discreet(render(request, "public/notice.html", context))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    notice = queries.public_notice(public_id)
    if not notice.is_open:
        return _over(request, notice)
    lines, status = queries.public_lines(notice), 200
    about = request.GET.get("line", "")
    form: Any = PageForm(
        request.POST or None, lines=lines, initial={"about": about} if about.isdigit() else {}
    )
    if request.method == "POST" and form.is_valid():
        try:
            receipt = _lodge(request, notice, form.cleaned_data)
        except Refused as refusal:
            form, status = explained(form, refusal), refusal.status
        else:
            return discreet(redirect("objection_outcome", receipt))
    context = {
        "notice": notice,
        "form": dressed(form),
        "key": request.POST.get("key") or uuid.uuid4(),
    }
    status = 422 if form.errors and status == 200 else status
    return discreet(render(request, "public/object.html", context, status=status))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def objection_lookup(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        receipt = "".join(form.cleaned_data["receipt"].split()).upper()
        return discreet(redirect("objection_outcome", receipt))
    status = 422 if form.errors else 200
    return discreet(render(request, "public/receipt.html", {"form": form}, status=status))


@login_not_required
@require_safe
def objection_outcome(request: HttpRequest, receipt: str) -> HttpResponse:
    spend_receipt(get_adapter().get_client_ip(request))
    found = queries.outcome(receipt)
    context = {
        "objection": found,
        "said": _told(found) if found else "",
        "form": ReceiptForm(),
    }
    status = 200 if found else 404
    return discreet(render(request, "public/outcome.html", context, status=status))


def _told(found: Any) -> str:
    """Days are those of the region."""
    return str(OUTCOMES[ObjectionState(found.state)]) % {"day": found.due_on and write_day(found.due_on)}


def _lodge(request: HttpRequest, notice: Any, said: dict[str, Any]) -> str:
    address = get_adapter().get_client_ip(request)
    spend_objection(cast(ActorRequest, request).actor, address, notice.number)
    about = said.pop("about")
    # The page's hidden key: sent twice, it is one objection with one receipt.
    mark = fingerprint_of(request.POST.get("key", ""), repr(sorted(said.items())), about)
    line = None if about == "list" else int(about)
    return actions.lodge(notice, line=line, mark=mark, **said).receipt


def _over(request: HttpRequest, notice: Any) -> HttpResponse:
    url = reverse("notice_board", args=[notice.unit.number])
    context = {"notice": notice, "board_url": url}
    return discreet(render(request, "public/notice_over.html", context, status=410))
