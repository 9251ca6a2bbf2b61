"""主动发现: the union, or a policy run over the register, opens a file that the worker then confirms or declines."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.assistance import forms
from niangjia.assistance.access import REVIEWER
from niangjia.assistance.beginnings import find, own_worker, say
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm
from niangjia.membership import queries as people


@hardship.opening(
    to=State.FOUND,
    label=_("主动发现"),
    help=_("随时发现、随时建档：工会替职工开好申请，由本人确认、授权后再审核。"),
    form=forms.FoundForm,
    duty=REVIEWER,
)
def found(*, actor: Actor, id_number: Any, **facts: Any) -> HardshipFile:
    return find(own_worker(id_number, actor), actor, facts)


@hardship.opening(
    to=State.FOUND,
    label=_("系统发现"),
    help=_("政策比对认为这个家庭可能符合条件，由系统开好申请，请本人确认。"),
    form=forms.FoundForm,
    by_clock=True,
)
def found_by_rule(*, actor: Actor, id_number: Any, **facts: Any) -> HardshipFile:
    person = people.person_by_id_number(id_number.number)
    if person is None:
        raise Refused(gettext("没有登记过这个证件号码的职工。"))
    return find(person, actor, facts)


@hardship.transition(
    State.FOUND,
    to=State.APPLIED,
    label=_("确认申请"),
    help=_("看一看工会替您写的，改成您家的实际情况，再交给工会审核。"),
    form=forms.ResubmitForm,
)
def confirm(file: HardshipFile, *, actor: Actor, **facts: Any) -> None:
    say(file, actor, facts)


@hardship.transition(
    State.FOUND,
    to=State.WITHDRAWN,
    label=_("不需要申请"),
    help=_("本人不愿申请，或了解后情况不符。以后随时可以再申请。"),
    form=ReasonForm,
)
def set_aside(file: HardshipFile, *, actor: Actor) -> None:
    pass
