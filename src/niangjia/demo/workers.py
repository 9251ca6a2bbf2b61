"""The workers whom visitors of the demo may be: they sign in by phone and code."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.kinds import State
from niangjia.demo.people import PHONE_BLOCK

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class DemoWorker:
    """Somebody of the first factory whose file ends in a certain state."""

    name: str
    phone: str
    state: State
    first: "StrOrPromise"


WORKERS = (
    DemoWorker("顾念禾", f"{PHONE_BLOCK}0000001", State.RETURNED, _("申请被退回：看理由，补正后重新提交")),
    DemoWorker("常月微", f"{PHONE_BLOCK}0000002", State.ON_NOTICE, _("正在公示：看进度，像看包裹一样")),
    DemoWorker(
        "贺晨安",
        f"{PHONE_BLOCK}0000003",
        State.FILED,
        _("已经建档：看“我能享受什么”，确认就是申请；再申请一次会被拒绝，并说明去处"),
    ),
)
