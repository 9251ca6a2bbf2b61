"""What domains above hear of their cases on a list. Each names `workflow`, `object_id` and `line`; never a person."""

from niangjia.kernel import outbox
from niangjia.notices.models import NoticeLine, Objection

# The line is off the list before its window ended: an objection was upheld, or the consent withdrawn (`why`).
LINE_REMOVED = "notices.line-removed"
LINE_CLEARED = "notices.line-cleared"
OBJECTION_LODGED = "notices.objection-lodged"
OBJECTION_DISMISSED = "notices.objection-dismissed"


def tell(topic: str, line: NoticeLine, **more: object) -> None:
    """In the transaction that holds the notice, so that news about one list stay in order."""
    outbox.publish(
        topic,
        line.notice_id,
        workflow=line.workflow,
        object_id=line.object_id,
        line=str(line.public_id),
        **more,
    )


def tell_all(topic: str, objection: Objection) -> None:
    """About every line that the objection is against."""
    lines = [objection.line] if objection.line else objection.notice.lines.filter(removed_on=None)
    for line in lines:
        tell(topic, line, objection=objection.number)
