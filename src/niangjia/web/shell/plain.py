"""What is let through before anything reads it: UTF-8, of bearable size, text that every database can keep.

A NUL is refused by PostgreSQL, half a surrogate pair by every encoder; a browser sends neither.
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Invalid
from niangjia.web.shell import refusals

# A dozen photos as large as one may be; a file's own limit is smaller still.
MOST_BYTES = 128 * 2**20
NOT_PLAIN = _("内容里有无法保存的字符（例如 NUL）。请删去从别处粘贴来的特殊字符，再提交一次。")


class PlainMiddleware:
    """Stands before everything that reads a cookie or a field."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Whatever charset the client names: Python knows some that decode to anything, or not at all.
        request.encoding = "utf-8"
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if is_plain(value)}
        if _length(request) > MOST_BYTES:
            return refusals.too_large(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        try:
            if all(map(is_plain, _sent(request))):
                return None
        except UnreadablePostError:
            # The line broke off; the CSRF check answers that.
            return None
        return refusals.answer(request, Invalid(NOT_PLAIN))


def is_plain(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _sent(request: HttpRequest) -> Iterable[str]:
    fields = chain(request.GET.lists(), request.POST.lists())
    return (text for name, values in fields for text in (name, *values))


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0
