"""A refusal becomes a page here, once: the sentence, and a link to what one can do next.

A part of a page (htmx) gets the sentence as a notice on top of the page it came from; the API gets JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django_htmx.http import reswap, retarget

from niangjia.kernel.errors import Invalid, Refused
from niangjia.web.shell.identity import actor_of

API_PREFIX = "/api/"

TITLES = {
    400: _("这次请求无法理解"),
    403: _("这一步您不能办"),
    404: _("没有找到"),
    405: _("这个地址不能这样用"),
    409: _("情况已经变了"),
    413: _("一次送来的内容太多"),
    422: _("有内容需要更正"),
    429: _("操作太频繁"),
    500: _("系统出了故障"),
}


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:
            return wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, error) if isinstance(error, Refused) else None


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)


def answer(request: HttpRequest, refusal: Refused) -> HttpResponse:
    problems = refusal.problems if isinstance(refusal, Invalid) else {}
    if is_api(request):
        return in_json(refusal.status, refusal, problems)
    return page(
        request, refusal.status, str(refusal), [line for lines in problems.values() for line in lines]
    )


def page(
    request: HttpRequest, status: int, sentence: object, problems: list[str] | None = None
) -> HttpResponse:
    context = {
        "title": TITLES[status],
        "sentence": sentence,
        "problems": problems or [],
        "next": next_step(request, status),
    }
    if getattr(request, "htmx", False):
        response = render(request, "web/parts/refusal.html", context, status=status)
        return reswap(retarget(response, "#messages"), "innerHTML")
    return render(request, "web/refused.html", context, status=status)


def next_step(request: HttpRequest, status: int) -> dict[str, object]:
    """The one link worth following: look again at what changed, go back and correct, or start from home."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if status in {400, 403, 409, 422} and _is_ours(request, came_from):
        parts = urlsplit(came_from)
        if parts.path != request.path or request.method == "POST":
            label = _("回到刚才那一页，看看最新情况") if status == 409 else _("回到刚才那一页")
            return {"label": label, "url": f"{parts.path}?{parts.query}" if parts.query else parts.path}
    return {"label": _("回到首页"), "url": reverse("home")}


def _is_ours(request: HttpRequest, address: str) -> bool:
    try:
        hosts = {request.get_host()}
    except DisallowedHost:
        # This very refusal may be about the host's name.
        return False
    return url_has_allowed_host_and_scheme(address, hosts, request.is_secure())


# Django's own refusals, worded like ours.


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(
        request, 400, _("浏览器送来的内容不完整。请回到上一页重新填写；仍不行请把操作步骤告诉管理员。")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, 403, _("您的岗位不包含这项操作。确有需要，请联系本单位管理员调整任职。"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, 404, _("这一页不存在，或您的岗位看不到它。请核对地址，或从首页进入。"))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF: nearly always a page left open over a new login."""
    sentence = _("这一页停留太久，或您在别处重新登录过，为安全起见没有提交。请回到上一页刷新后再提交一次。")
    return _plain(request, 403, sentence)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without the database, the session or the shell: any of them may be what broke."""
    if is_api(request):
        return in_json(500, _("系统出了故障，已记录。您的数据没有改动，请稍后再试。"))
    return render(None, "web/broken.html", {"title": TITLES[500]}, status=500)


def wrong_method(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    response = _plain(request, 405, _("这个地址不接受这样的请求。请从首页进入，按页面上的按钮操作。"))
    response.headers["Allow"] = bare.headers["Allow"]
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    return _plain(request, 413, _("一次送来的内容超过上限。请压缩照片，或分几次上传。"))


def too_many(request: HttpRequest) -> HttpResponse:
    return _plain(request, 429, _("短时间内尝试次数太多，已暂停片刻。请过几分钟再试。"))


def _plain(request: HttpRequest, status: int, sentence: Any) -> HttpResponse:
    if is_api(request):
        return in_json(status, sentence)
    if getattr(request, "actor", None) is None and hasattr(request, "user"):
        # No view was reached, so nobody has asked yet who this is.
        request.actor = actor_of(request)  # type: ignore[attr-defined]
    return page(request, status, sentence)


def in_json(
    status: int, sentence: object, problems: Mapping[str, Sequence[str]] | None = None
) -> HttpResponse:
    body = {"sentence": str(sentence), "problems": problems or {}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
