"""家庭情况 page by page: the same topics for the family on the phone and for the clerk at the desk."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from niangjia.assistance.circumstances import actions, queries
from niangjia.assistance.circumstances.forms import TOPICS, MemberForm
from niangjia.assistance.workflow import hardship
from niangjia.kernel.access import Actor
from niangjia.kernel.forms import cleaned
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.middleware import ActorRequest

Url = Callable[[Any], str]


def topic_page(
    request: ActorRequest, public_id: uuid.UUID, topic: str, *, url: Url, next_url: Url, template: str
) -> HttpResponse:
    """One topic; `next_url` says where one goes on to, given the file."""
    actor: Actor = request.actor  # type: ignore[assignment]
    file = hardship.find(public_id, actor)
    form = queries.topic_form(actor, file, topic)
    said = queries.latest(file)

    def run(data: dict[str, Any]) -> str:
        actions.state(file, actor=actor, **cleaned(form(data)))
        return next_url(file)

    act = Act(
        title=str(TOPICS[topic][0]),
        label=_("保存"),
        done=_("已保存。"),
        back=url(file),
        back_label=file.number,
        help=_("不清楚的可以先空着，以后再补。"),
        template=template,
    )
    return act_page(request, act, lambda data: form(data, said=said), run)


def member_page(request: ActorRequest, public_id: uuid.UUID, *, url: Url, template: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[assignment]
    file = hardship.find(public_id, actor)

    def run(data: dict[str, Any]) -> str:
        actions.add_member(file, actor=actor, **cleaned(MemberForm(data)))
        return url(file)

    act = Act(
        title=_("添加家庭成员"),
        label=_("添加"),
        done=_("已添加。"),
        back=url(file),
        back_label=file.number,
        help=_("一起生活、一起花钱的人，一次填一位。"),
        template=template,
    )
    return act_page(request, act, MemberForm, run)
