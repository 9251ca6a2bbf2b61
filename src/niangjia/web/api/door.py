"""The API itself: who comes in (session or token), repeated requests, lists, and every refusal as the same JSON."""

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer, SessionAuth

from niangjia.kernel import tokens
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed, Refused
from niangjia.kernel.once import fingerprint_of, once
from niangjia.web.api import schemas
from niangjia.web.shell import refusals
from niangjia.web.shell.identity import must_add_second_factor
from niangjia.web.shell.keyset import Page
from niangjia.web.shell.middleware import NEEDS_SECOND_FACTOR

LARGEST_PAGE = 200
Row = TypeVar("Row")

STRANGER = _("请先登录，或带上有效的接口令牌（Authorization: Bearer nj_…）。")
NO_CSRF = _("浏览器登录的写请求要带 X-CSRFToken 请求头，其值取自 csrftoken Cookie；用令牌则不需要。")
BAD_UPLOAD = _("请求不完整，请按接口说明核对参数和上传内容。")


class Listed(Schema, Generic[Row]):
    """One page of a list. `after` asks for the next page; empty: this was the last."""

    rows: list[Row]
    after: str


class Token(HttpBearer):
    """`Authorization: Bearer nj_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        user = tokens.user_of(token)
        if user is None:
            return None
        actor = Actor.of(user)
        if must_add_second_factor(actor):
            raise NotAllowed(NEEDS_SECOND_FACTOR)
        request.actor = actor  # type: ignore[attr-defined]
        return actor


class Session(SessionAuth):
    """The cookie of a browser that has signed in; writes also need the `X-CSRFToken` header."""


class Api(NinjaAPI):
    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Anybody may ask for it, it never changes while we serve, and writing it takes a second."""
        return self._written(get_language())

    @cache  # noqa: B019  # there is one API
    def _written(self, language: str | None) -> OpenAPISchema:
        return schemas.completed(super().get_openapi_schema())


api = Api(
    title="Niangjia 娘家",
    version="1",
    description=cast(
        str, _("每个流程步骤一个地址。先看 GET，再 POST；带上 Idempotency-Key，重发不会办两次。")
    ),
    auth=[Token(), Session()],
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return refusals.answer(request, refusal)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The framework's own: a stranger, a missing CSRF header, a body that is no multipart."""
    if isinstance(error, AuthenticationError):
        answer = refusals.in_json(401, STRANGER)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    return refusals.in_json(error.status_code, NO_CSRF if error.status_code == 403 else BAD_UPLOAD)


@api.exception_handler(ValidationError)
def _bad_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = {str(problem["loc"][-1]) for problem in error.errors}
    problems = {name: [str(_("这个参数缺失或写法不对，请按接口说明核对。"))] for name in sorted(names)}
    sentence = _("参数不对：%s。请按接口说明核对。") % _("、").join(problems)
    return refusals.answer(request, Invalid(sentence, problems))


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def do_once(request: HttpRequest, run: Callable[[], Any], find: Callable[[UUID], Any]) -> Any:
    """The row that a write made or changed. With an `Idempotency-Key` the same request again does nothing.

    Only the row's public id is kept with the key, so a repeat finds the row as it stands by then.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return run()
    rows: list[Any] = []

    def first() -> dict[str, Any]:
        rows.append(run())
        return {"public_id": str(rows[0].public_id)}

    body = request.body if request.content_type == schemas.JSON else b""
    fingerprint = fingerprint_of(request.method or "", request.path, body)
    outcome = once(key, actor_of(request), fingerprint, first)
    return rows[0] if rows else find(UUID(outcome["public_id"]))


def listed(page: Page[Any], write: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    return {"rows": [write(row) for row in page.rows], "after": page.after}


def size_of(asked: int) -> int:
    return max(1, min(asked, LARGEST_PAGE))
