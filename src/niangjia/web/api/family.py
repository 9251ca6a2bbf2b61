"""家庭情况 over the API: what is known, topic by topic, and the members of the family."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from niangjia.assistance.circumstances import actions, queries
from niangjia.assistance.circumstances.forms import TOPICS, MemberForm
from niangjia.assistance.workflow import hardship
from niangjia.kernel.access import Actor
from niangjia.kernel.forms import cleaned
from niangjia.web.api import schemas
from niangjia.web.api.bodies import taken
from niangjia.web.api.door import actor_of
from niangjia.web.api.family_rows import Family, FamilyMember
from niangjia.web.api.hardship import attachments as others
from niangjia.web.api.hardship import router
from niangjia.web.api.schemas import lazily as _


def family_row(file: Any, actor: Actor) -> dict[str, Any]:
    return {
        "topics": [
            {
                "name": topic.name,
                "label": str(topic.label),
                "said": [{"label": label, "value": str(value)} for label, value in topic.said],
            }
            for topic in queries.topics(actor, file)
        ],
        "members": [_member(member) for member in queries.members(file)],
    }


def _member(member: Any) -> dict[str, Any]:
    return {
        "id": member.public_id,
        "name": member.name,
        "relation": member.relation,
        "identity": member.identity,
        "monthly_amount": str(member.monthly_amount),
        "school": member.school,
    }


@router.get(
    "/{uuid:public_id}/family/",
    operation_id="hardship-file-family",
    summary=_("家庭情况"),
    description=_("最新的填写；健康一项只给有权查看的人，银行卡号只给尾号。"),
    response=Family,
)
def family(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    return family_row(hardship.find(public_id, actor), actor)


def _offer(topic: str) -> None:
    label, form = TOPICS[topic]

    @router.post(
        f"/{{uuid:public_id}}/circumstances/{topic}/",
        operation_id=f"hardship-file-state-{topic}",
        summary=cast(str, label),
        description=_("填写或更正家庭情况；每次填写都留下记录。"),
        response=Family,
        openapi_extra=schemas.body(schemas.of_form(form)),
    )
    def state(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        file = hardship.find(public_id, actor)
        asked = queries.topic_form(actor, file, topic)
        actions.state(file, actor=actor, **cleaned(asked(taken(request, asked))))
        return family_row(file, actor)


for _topic in TOPICS:
    _offer(_topic)


@router.post(
    "/{uuid:public_id}/members/",
    operation_id="hardship-file-add-member",
    summary=_("添加家庭成员"),
    response=FamilyMember,
    openapi_extra=schemas.body(schemas.of_form(MemberForm)),
)
def add_member(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    file = hardship.find(public_id, actor)
    return _member(actions.add_member(file, actor=actor, **cleaned(MemberForm(taken(request, MemberForm)))))


@others.post(
    "/family-members/{uuid:public_id}/end/",
    operation_id="hardship-file-end-member",
    summary=_("移出家庭成员"),
    response=FamilyMember,
)
def end_member(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    member = queries.member(public_id, actor)
    actions.end_member(member, actor=actor)
    return _member(member)
