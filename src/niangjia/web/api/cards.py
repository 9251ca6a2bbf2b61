"""The member's card over the API: one's own code, and the check of somebody else's."""

from datetime import date, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from niangjia.kernel.forms import cleaned
from niangjia.membership.cards import actions, codes, queries
from niangjia.membership.cards.forms import CheckForm
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import actor_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell.limits import spend_card_check, spend_card_code

router = Router(tags=[_("会员证")])


class Card(Schema):
    """`url` is what the picture holds; `code` its last part. Both hold until `expires_at`."""

    name: str
    number: str
    unit: rows.Unit
    joined_on: date
    standing: str
    standing_label: str
    code: str
    url: str
    expires_at: datetime


class CardVerdict(Schema):
    """`standing`: valid, retained, left, expired, unknown. `name` is masked; empty where there is nobody to name."""

    standing: str
    standing_label: str
    name: str
    union: str
    at: datetime


@router.get(
    "/me/card/",
    operation_id="card-own",
    summary=_("我的会员证"),
    description=_("每次给一个新的会员码，60 秒内有效；时间以服务器为准。"),
    response=Card,
)
def own_card(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    member = queries.own_card(actor)
    spend_card_code(actor)
    code = codes.make(member.pk)
    standing = queries.standing_of(member)
    return {
        "name": member.person.name,
        "number": member.number,
        "unit": {"number": member.unit.number, "name": member.unit.name},
        "joined_on": member.joined_on,
        "standing": standing,
        "standing_label": str(standing.label),
        "code": code.text,
        "url": request.build_absolute_uri(reverse("card_check", args=[code.text])),
        "expires_at": code.expires_at,
    }


@router.post(
    "/cards/check/",
    operation_id="card-check",
    summary=_("核验会员证"),
    description=_("商户、合作单位的系统核验扫到的会员码。会员本人能看到有人核验过。"),
    response=CardVerdict,
    openapi_extra=schemas.body(schemas.of_form(CheckForm)),
)
def check(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    spend_card_check(actor, get_adapter().get_client_ip(request))
    verdict = actions.check(cleaned(CheckForm(fields_of(CheckForm, json_body(request))))["code"], actor=actor)
    return {
        "standing": verdict.standing,
        "standing_label": str(verdict.standing.label),
        "name": verdict.name,
        "union": verdict.union,
        "at": verdict.at,
    }
