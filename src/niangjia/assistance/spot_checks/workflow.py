"""How a spot check goes: 抽取 → 逐件登记结果 → 提交 → 审定. Who handled a file does not look into it again."""

import secrets
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, SPOT_CHECKER
from niangjia.assistance.models import HardshipFile, SampledFile, SpotCheck
from niangjia.assistance.queries import kept_out
from niangjia.assistance.spot_checks import forms, parameters, queries
from niangjia.assistance.spot_checks.drawing import sample
from niangjia.assistance.spot_checks.kinds import SpotState
from niangjia.assistance.workflow import hardship
from niangjia.kernel import audit, bulk, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.entries import actors_of
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, working_days
from niangjia.organisation.models import UnionBody
from niangjia.organisation.parameters import value

spot_check = Workflow(
    name="spot-check",
    label=pgettext_lazy("one", "档案抽查"),
    model=SpotCheck,
    visible_to=queries.checks_visible_to,
    subjects=queries.nobody,
    conflicts=queries.nobody,
    related=("unit", "district"),
    stages=[
        Stage(SpotState.DRAWN, duty=SPOT_CHECKER, due=working_days(parameters.CHECK_DAYS)),
        Stage(SpotState.REPORTED, duty=APPROVER, due=working_days(parameters.CONFIRM_DAYS)),
        Stage(SpotState.CONFIRMED),
    ],
)


@spot_check.opening(
    to=SpotState.DRAWN,
    label=_("抽取档案"),
    help=_(
        "从一个下级工会今年在册的档案中随机抽取，比例按本地区规定。种子和名单都留存，谁都可以重抽一遍核对。"
    ),
    form=forms.DrawForm,
    duty=SPOT_CHECKER,
)
def draw(*, actor: Actor, district: UnionBody) -> SpotCheck:
    # One draw at a time, so that no file is put into two lots.
    held = (
        UnionBody.objects.select_for_update(no_key=True, of=("self",))
        .select_related("parent")
        .get(pk=district.pk)
    )
    unit, today = held.parent, clock.today()
    assert unit is not None
    population = queries.still_to_draw(held, unit, today)
    if not population:
        raise Refused(
            gettext("%s没有可以抽取的档案：没有在册的，或今年都已参加过抽取。有新建档的，可以再抽一次。")
            % held.name
        )
    share, seed = value(parameters.SHARE, held, today), secrets.token_hex(16)
    [number] = numbering.draw(f"spot-check/{today.year}")
    made = SpotCheck.objects.create(
        number=f"CC{today.year}{number:06d}",
        unit=unit,
        district=held,
        year=today.year,
        round=queries.earlier(held, unit, today.year).count() + 1,
        share=share,
        seed=seed,
        population=population,
    )
    drawn = sample(population, share, seed)
    ids = dict(HardshipFile.objects.filter(number__in=drawn).values_list("number", "pk"))
    sampled = [
        SampledFile(spot_check=made, file_id=ids[number], position=position)
        for position, number in enumerate(drawn, 1)
    ]
    SampledFile.objects.bulk_create(bulk.with_public_ids(sampled))
    return made


@spot_check.transition(
    SpotState.DRAWN,
    to=SpotState.DRAWN,
    label=_("登记抽查结果"),
    help=_(
        "逐件核对档案、入户或电话核实，登记与档案是否一致。经办过这份档案的人不能抽查它；提交前可以更正。"
    ),
    form=forms.ResultForm,
    keeps_deadline=True,
)
def record_result(
    check: SpotCheck, *, actor: Actor, file: HardshipFile, checked_on: date, **found: Any
) -> None:
    _refuse_handlers(check, file, actor)
    sampled = check.sampled.get(file=file)
    for name, given in {**found, "checked_on": checked_on, "recorded_by": actor.account}.items():
        setattr(sampled, name, given)
    sampled.save()


@spot_check.transition(
    SpotState.DRAWN,
    to=SpotState.REPORTED,
    label=_("提交抽查结果"),
    help=_("抽中的每一份都有了结果，交审批人审定。"),
)
def report(check: SpotCheck, *, actor: Actor) -> None:
    tally = queries.tally(check)
    if waiting := tally["drawn"] - tally["checked"]:
        raise Refused(
            ngettext(
                "还有 %(count)d 份没有登记结果。抽中的每一份都要核实，登记后再提交。",
                "还有 %(count)d 份没有登记结果。抽中的每一份都要核实，登记后再提交。",
                waiting,
            )
            % {"count": waiting}
        )


@spot_check.transition(
    SpotState.REPORTED,
    to=SpotState.CONFIRMED,
    label=_("审定抽查结果"),
    help=_("确认抽查属实，不符的转被抽查的工会处理。抽取、登记、提交过的人不能审定。"),
    unlike=["draw", "record_result", "report"],
)
def confirm(check: SpotCheck, *, actor: Actor) -> None:
    check.confirmed_on = clock.today()


@spot_check.transition(
    SpotState.REPORTED,
    to=SpotState.DRAWN,
    label=_("退回抽查"),
    help=_("有的结果说不清，退回重新核实；名单不变。"),
    form=ReasonForm,
    is_return=True,
)
def send_back(check: SpotCheck, *, actor: Actor) -> None:
    pass


def _refuse_handlers(check: SpotCheck, file: HardshipFile, actor: Actor) -> None:
    """Whoever took a step of the file, and the household itself; whom the actor acts for counts as the actor."""
    steps = [*hardship.transitions, *hardship.openings]
    handled = actors_of(audit.object_type(HardshipFile), [file.pk], steps).get(file.pk, set())
    acting = {grant.principal_id for grant in actor.grants_for(SPOT_CHECKER, check.unit.path)}
    if ({actor.user_id, *acting} - {None}) & (handled | kept_out([file])[file.pk]):
        raise NotAllowed(
            gettext("您经办过这份档案，或与当事人同一家庭，依回避规定不能抽查它。请由另一位抽查员登记。")
        )
