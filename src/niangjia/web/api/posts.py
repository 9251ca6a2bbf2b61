"""Posts, delegations and parameters over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.organisation import queries
from niangjia.organisation.actions import posts as actions
from niangjia.organisation.forms import DelegateForm
from niangjia.organisation.parameters import PARAMETERS
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("任职与代办")])


def _post(post: Any) -> dict[str, Any]:
    return {
        "id": post.public_id,
        "duty": post.duty,
        "label": str(post.duty_label),
        "unit": {"number": post.unit.number, "name": post.unit.name},
        "holder": post.user.name,
        "from_on": post.from_on,
        "until_on": post.until_on,
    }


def _delegation(delegation: Any) -> dict[str, Any]:
    return {
        "id": delegation.public_id,
        "post": _post(delegation.post),
        "delegate": delegation.delegate.name,
        "from_on": delegation.from_on,
        "until_on": delegation.until_on,
        "has_ended": delegation.ended_at is not None or delegation.until_on < clock.today(),
        "reason": delegation.reason,
    }


def _parameter(period: Any) -> dict[str, Any]:
    declared = PARAMETERS.get(period.name)
    return {
        "name": period.name,
        "label": str(declared.label) if declared else period.name,
        "region": period.region and period.region.code,
        "value": period.value,
        "valid_from": period.valid_from,
        "valid_to": period.valid_to,
        "source": period.source,
    }


def _delegate_schema() -> dict[str, Any]:
    schema = schemas.of_form(DelegateForm)
    schema["properties"]["post"] = {"type": "string", "format": "uuid", "title": _("任职")}
    schema["required"].append("post")
    return schema


@router.get(
    "/posts/",
    operation_id="post-list",
    summary=_("任职列表"),
    description=_("本人的任职，以及辖区内的任职。"),
    response=Listed[rows.Post],
)
def posts(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.posts_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), _post)


@router.get(
    "/delegations/",
    operation_id="delegation-list",
    summary=_("代办列表"),
    description=_("本人岗位的、本人代办的和辖区内的代办，新的在前。"),
    response=Listed[rows.Delegation],
)
def delegations(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.delegations_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), _delegation)


@router.post(
    "/delegations/",
    operation_id="delegation-begin",
    summary=_("设代办"),
    description=_("把自己的岗位交给同事代办若干天。"),
    response=rows.Delegation,
    openapi_extra=schemas.body(_delegate_schema()),
)
def delegate(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    data = json_body(request)
    post = queries.post_visible_to(actor, _uuid(data.pop("post", None)))
    fields = fields_of(DelegateForm, data)
    made = do_once(
        request,
        lambda: actions.delegate(post, actor=actor, **fields),
        lambda public_id: queries.delegation_visible_to(actor, public_id),
    )
    return _delegation(made)


@router.post(
    "/delegations/{uuid:public_id}/end/",
    operation_id="delegation-end",
    summary=_("终止代办"),
    description=_("立即终止：任职者、代办人或有权任职的人都可以。"),
    response=rows.Delegation,
    openapi_extra=schemas.NO_BODY,
)
def end(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    found = queries.delegation_visible_to(actor, public_id)
    ended = do_once(request, lambda: actions.end_delegation(found, actor=actor), lambda _public_id: found)
    return _delegation(ended)


@router.get(
    "/parameters/",
    operation_id="parameter-list",
    summary=_("参数列表"),
    description=_("各地设定的分期参数；没有设定的按默认值。"),
    tags=[_("参数")],
    response=Listed[rows.Parameter],
)
def parameters(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.parameter_values_visible_to(actor_of(request)).order_by("pk")
    return listed(keyset.page(found, after=after, size=size_of(size)), _parameter)


def _uuid(given: object) -> UUID:
    try:
        return UUID(given if isinstance(given, str) else "")
    except ValueError:
        sentence = gettext("post 应是任职的 id，取自任职列表。")
        raise Invalid(sentence, {"post": [sentence]}) from None
