"""What people agreed to, over the API: one's own, and for the membership clerk those of whoever they see."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router, Schema

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing
from niangjia.membership import queries as people
from niangjia.membership.consents import actions, queries
from niangjia.membership.consents.purposes import purpose_named
from niangjia.web.api.door import actor_of
from niangjia.web.api.schemas import lazily as _

router = Router(tags=[_("授权")])


class Consent(Schema):
    """The newest answer to one purpose. `given_on` null: never asked or never agreed."""

    purpose: str
    label: str
    told: str
    is_given: bool
    how: str
    given_on: date | None
    withdrawn_on: date | None


def _answer(answer: queries.Answer) -> dict[str, Any]:
    consent = answer.consent
    return {
        "purpose": answer.purpose.name,
        "label": str(answer.purpose.label),
        "told": str(answer.purpose.told),
        "is_given": answer.is_yes,
        "how": consent.how if consent else "",
        "given_on": consent.given_on if consent else None,
        "withdrawn_on": consent.withdrawn_on if consent else None,
    }


def _answers(person: Any) -> list[dict[str, Any]]:
    return [_answer(answer) for answer in queries.answers(person)]


def _self(actor: Actor) -> Any:
    person = people.person_of(actor)
    if person is None:
        raise Missing(gettext("您的账号没有对应的职工登记，请先到所属工会登记。"))
    return person


@router.get("/consents/", operation_id="consent-list", summary=_("我的授权"), response=list[Consent])
def own(request: HttpRequest) -> list[dict[str, Any]]:
    return _answers(_self(actor_of(request)))


@router.post(
    "/consents/{purpose}/give/", operation_id="consent-give", summary=_("同意"), response=list[Consent]
)
def give(request: HttpRequest, purpose: str) -> list[dict[str, Any]]:
    actor = actor_of(request)
    person = _self(actor)
    actions.give(person, purpose_named(purpose), actor=actor)
    return _answers(person)


@router.post(
    "/consents/{purpose}/withdraw/",
    operation_id="consent-withdraw",
    summary=_("撤回同意"),
    description=_("以前办完的事不受影响；要凭它办的事停下来。"),
    response=list[Consent],
)
def withdraw(request: HttpRequest, purpose: str) -> list[dict[str, Any]]:
    actor = actor_of(request)
    person = _self(actor)
    actions.withdraw(person, purpose_named(purpose), actor=actor)
    return _answers(person)


@router.get(
    "/people/{uuid:public_id}/consents/",
    operation_id="person-consent-list",
    summary=_("一个人的授权"),
    response=list[Consent],
)
def of_person(request: HttpRequest, public_id: UUID) -> list[dict[str, Any]]:
    return _answers(people.person_visible_to(actor_of(request), public_id))


@router.post(
    "/people/{uuid:public_id}/consents/{purpose}/give/",
    operation_id="person-consent-give",
    summary=_("记录同意"),
    description=_("凭本人签字的材料。"),
    response=list[Consent],
)
def record(request: HttpRequest, public_id: UUID, purpose: str) -> list[dict[str, Any]]:
    actor = actor_of(request)
    person = people.person_visible_to(actor, public_id)
    actions.give(person, purpose_named(purpose), actor=actor)
    return _answers(person)


@router.post(
    "/people/{uuid:public_id}/consents/{purpose}/withdraw/",
    operation_id="person-consent-withdraw",
    summary=_("记录撤回"),
    description=_("凭本人签字的材料。"),
    response=list[Consent],
)
def record_withdrawal(request: HttpRequest, public_id: UUID, purpose: str) -> list[dict[str, Any]]:
    actor = actor_of(request)
    person = people.person_visible_to(actor, public_id)
    actions.withdraw(person, purpose_named(purpose), actor=actor)
    return _answers(person)
