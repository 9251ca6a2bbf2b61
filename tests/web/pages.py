"""The real addresses and a few pages that refuse on purpose, for the tests of the shell."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from niangjia.config import urls
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.web.shell.keyset import Page

handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500

REFUSALS = {
    "state": WrongState("程远舟刚刚已经受理，请刷新后再看。"),
    "duty": NotAllowed("审核须由另一位同事办理。"),
    "missing": Missing("没有找到这份材料。"),
    "input": Invalid("有内容需要更正。", {"amount": ["金额不能小于 0。"]}),
}


def refuse(request: HttpRequest, kind: str) -> HttpResponse:
    raise REFUSALS[kind]


def who(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    return HttpResponse(f"{actor.user.name} {len(actor.grants)}")


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("公开")


LONG_LIST = """{% extends "web/workbench.html" %}{% load niangjia %}{% block title %}长{% endblock %}{% block main %}
<h1>长</h1><table class="list"><thead><tr><th scope="col">号</th></tr></thead><tbody id="rows">
{% for number in page.rows %}<tr><td><a class="main" href="?row={{ number }}">{{ number }}</a></td></tr>{% endfor %}
{% more page 1 %}</tbody></table>{% endblock %}"""


REFUSING_PART = """{% extends "web/workbench.html" %}{% block title %}拒{% endblock %}{% block main %}<h1>拒</h1>
<button class="button" hx-get="/refuse/duty/" hx-target="#part">办理</button>
<div id="part">原样</div>{% endblock %}"""


def long_list(request: HttpRequest) -> HttpResponse:
    """Seven numbers, three a page."""
    first = int(request.GET.get("after", 0))
    numbers = range(first, min(first + 3, 7))
    page: Page[Any] = Page(list(numbers), str(first + 3) if first + 3 < 7 else "")
    return HttpResponse(engines["django"].from_string(LONG_LIST).render({"page": page}, request))


def refusing_part(request: HttpRequest) -> HttpResponse:
    """A button whose part of the page is refused."""
    return HttpResponse(engines["django"].from_string(REFUSING_PART).render({}, request))


def fall(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("refuse/<str:kind>/", refuse),
    path("api/refuse/<str:kind>/", refuse),
    path("who/", who),
    path("m/who/", who),
    path("public/", public),
    path("fall/", fall),
    path("long/", long_list),
    path("part/", refusing_part),
    path("", include(urls)),
]
