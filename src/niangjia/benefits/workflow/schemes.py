"""How a scheme goes: set up by one, opened by another, closed and opened again."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.benefits import parameters, queries
from niangjia.benefits.access import SCHEME_KEEPER
from niangjia.benefits.forms.schemes import ReviseForm, SchemeForm
from niangjia.benefits.kinds import SchemeState
from niangjia.benefits.models import Scheme
from niangjia.kernel import clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, working_days

scheme = Workflow(
    name="scheme",
    label=_("待遇项目"),
    model=Scheme,
    visible_to=queries.schemes_visible_to,
    subjects=queries.about_nobody,
    conflicts=queries.about_nobody,
    stages=[
        Stage(SchemeState.DRAFT, duty=SCHEME_KEEPER, due=working_days(parameters.OPENING_DAYS)),
        Stage(SchemeState.OPEN),
        Stage(SchemeState.CLOSED),
    ],
)


@scheme.opening(
    to=SchemeState.DRAFT,
    label=_("新设待遇项目"),
    help=_("选好政策、资金和期间；由另一位管理员复核后开办。"),
    form=SchemeForm,
    duty=SCHEME_KEEPER,
)
def set_up(*, actor: Actor, **facts: Any) -> Scheme:
    year = clock.today().year
    [number] = numbering.draw(f"scheme/{year}")
    return Scheme.objects.create(number=f"XM{year}{number:04d}", **facts)


@scheme.transition(
    SchemeState.DRAFT,
    to=SchemeState.DRAFT,
    label=_("改正"),
    help=_("开办以前都可以改。"),
    form=ReviseForm,
)
def revise(row: Scheme, *, actor: Actor, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


@scheme.transition(
    SchemeState.DRAFT,
    to=SchemeState.OPEN,
    label=_("复核开办"),
    help=_("核对政策、资金和期间无误，开办后职工就能申请。设立的人不能自己开办。"),
    unlike=["set_up", "revise"],
)
def open_up(row: Scheme, *, actor: Actor) -> None:
    pass


@scheme.transition(
    SchemeState.OPEN,
    to=SchemeState.CLOSED,
    label=_("停办"),
    help=_("不再收新的申请；已经提出的照样办完。"),
    form=ReasonForm,
    duty=SCHEME_KEEPER,
)
def close(row: Scheme, *, actor: Actor) -> None:
    pass


@scheme.transition(
    SchemeState.CLOSED,
    to=SchemeState.DRAFT,
    label=_("重新开办"),
    help=_("退回待开办，改好期间和参数，再由另一人复核。"),
    form=ReasonForm,
    duty=SCHEME_KEEPER,
    is_return=True,
)
def bring_back(row: Scheme, *, actor: Actor) -> None:
    pass
