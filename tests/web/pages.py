"""The real addresses and a few pages that refuse on purpose, for the tests of the shell."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from niangjia.config import urls
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState

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


def fall(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("refuse/<str:kind>/", refuse),
    path("api/refuse/<str:kind>/", refuse),
    path("who/", who),
    path("m/who/", who),
    path("public/", public),
    path("fall/", fall),
    path("", include(urls)),
]
