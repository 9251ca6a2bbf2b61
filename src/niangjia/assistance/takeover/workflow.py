"""How a file from an earlier system comes in: the clerk's workbook, then somebody else's yes or no."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.assistance import messages
from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.beginnings import file_numbers
from niangjia.assistance.kinds import Origin, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm


@hardship.opening(
    to=State.TAKEN_OVER,
    label=_("移入存量档案"),
    help=_(
        "原系统里已经建档的家庭，用表格成批移入，原来的日期照旧，由另一人确认；不用重走申请、核查、公示。"
    ),
    duty=CENTRE_CLERK,
    numbers=file_numbers,
)
def take_over(*, actor: Actor, **facts: Any) -> HardshipFile:
    return HardshipFile(origin=Origin.TAKEN_OVER, **facts)


@hardship.transition(
    State.TAKEN_OVER,
    to=State.FILED,
    label=_("确认移入"),
    help=_("与原系统或纸质档案核对无误，档案在这里继续有效，到期照常复核。移入的人不能确认。"),
    unlike=["take_over"],
    in_bulk=True,
)
def confirm_take_over(file: HardshipFile, *, actor: Actor) -> None:
    assert file.expires_on is not None
    if file.expires_on < clock.today():
        raise Refused(gettext("有效期已过，不能再确认。请退回，并请这户重新申请。"))
    messages.tell(file, messages.TAKEN_OVER, actor=actor)


@hardship.transition(
    State.TAKEN_OVER,
    to=State.NOT_TAKEN_OVER,
    label=_("退回移入"),
    help=_("与原档案不符。写明哪里不对，经办更正后把这一户重新上传。"),
    form=ReasonForm,
    is_return=True,
)
def decline_take_over(file: HardshipFile, *, actor: Actor) -> None:
    pass


@hardship.transition(
    State.TAKEN_OVER,
    to=State.NOT_TAKEN_OVER,
    label=_("撤销移入"),
    help=_("移错了的，在确认以前由帮扶中心撤销；整批移错的，到上传批次里整批撤销。"),
    form=ReasonForm,
    duty=CENTRE_CLERK,
)
def void_take_over(file: HardshipFile, *, actor: Actor) -> None:
    pass
