"""Sending: the row now, with the caller's transaction; the delivery soon, by a job."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import Progress, job
from niangjia.kernel.messages.adapters import Outgoing, Rejected, adapter
from niangjia.kernel.messages.addresses import address_book
from niangjia.kernel.messages.models import Message, State
from niangjia.kernel.messages.templates import TEMPLATES, MessageTemplate

if TYPE_CHECKING:
    from niangjia.kernel.users import User


def send(
    to: "str | User", template: MessageTemplate, *, actor: Actor, language: str = "", **values: Any
) -> Message:
    """Write a message to an address or a user. Without an address or against an opt-out it is kept unsent."""
    user = None if isinstance(to, str) else to
    address = to if isinstance(to, str) else address_book().address(to)
    why_not = _why_not(user, address, template)
    with transaction.atomic():
        message = Message.objects.create(
            template=template.name,
            purpose=template.purpose,
            to=user,
            address=address,
            body=template.render(values, language or settings.LANGUAGE_CODE),
            state=State.WITHHELD if why_not else State.QUEUED,
            sent_by=actor.user,
            valid_until=clock.now() + template.valid,
            ended_at=clock.now() if why_not else None,
            error=why_not,
        )
        if not why_not:
            deliver.enqueue(message_id=message.pk)
    return message


def _why_not(user: "User | None", address: str, template: MessageTemplate) -> str:
    if not address:
        return _("没有登记联系电话。")
    if not template.essential and not address_book().allows(user, address, template.purpose):
        return _("本人已选择不接收此类消息。")
    return ""


@job(label=gettext_lazy("发送消息"), retries=6, lease=30, name="kernel.messages.deliver")
def deliver(progress: Progress, *, message_id: int) -> None:
    """Hand over once; after a crash in between the gateway sees the same id again."""
    message = Message.objects.filter(pk=message_id, state=State.QUEUED).first()
    if message is None:
        return
    if message.valid_until < clock.now():
        message.state, message.error = State.FAILED, _("超过有效期仍未送达。")
    else:
        _hand_over(message)
    message.ended_at = clock.now()
    with progress.commit():
        message.save(update_fields=["state", "error", "reference", "ended_at"])


def _hand_over(message: Message) -> None:
    template = TEMPLATES.get(message.template)
    outgoing = Outgoing(
        id=str(message.public_id),
        template=message.template,
        address=message.address,
        body=message.body,
        secret=bool(template and template.secret),
        at=message.created_at,
    )
    try:
        message.reference = adapter().deliver(outgoing)
        message.state = State.SENT
    except Rejected as rejected:
        message.state, message.error = State.FAILED, str(rejected)
