"""Writes of union building that change no state: employers, election results, evidence, contributions, papers, hints.

Each says who acts, asks for the duty over the case's union, and leaves one entry in the case's trail.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import audit, clock, papers
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.organisation.access import BUILDING_APPROVER, UNION_ORGANISER
from niangjia.organisation.building import additions, founding
from niangjia.organisation.building.kinds import CLOSED_STATES, OPEN_TO_EMPLOYERS, State
from niangjia.organisation.building.workflow import receive_hint
from niangjia.organisation.forms import checked
from niangjia.organisation.models import (
    AcceptanceTick,
    BuildingEmployer,
    BuildingPaper,
    Contribution,
    ElectionResult,
    UnionBuilding,
)

ACTION_LABELS.update(
    {
        "add_employer": gettext_lazy("加入单位"),
        "remove_employer": gettext_lazy("移出单位"),
        "record_result": gettext_lazy("登记选举结果"),
        "strike_result": gettext_lazy("作废选举结果"),
        "tick": gettext_lazy("登记验收项"),
        "untick": gettext_lazy("作废验收项"),
        "contribute": gettext_lazy("登记共建投入"),
        "strike_contribution": gettext_lazy("作废共建投入"),
    }
)

# Until the union above has decided on the election, who was elected may be corrected; afterwards bodies are added.
OPEN_TO_RESULTS = (State.PREPARING, State.RATIFIED)
RUNNING = tuple(state for state in State if state not in CLOSED_STATES)


def leave_hint(*, reporter: Actor | None, **data: Any) -> UnionBuilding:
    """From the public door, with or without a name. The trail does not name the worker, only the case does."""
    with transaction.atomic():
        case: UnionBuilding = receive_hint(actor=CLOCK, **data)
        if reporter is not None and reporter.user_id is not None:
            case.reporter = reporter.user
            case.save(update_fields=["reporter"])
    return case


def add_employer(case: UnionBuilding, *, actor: Actor, **data: Any) -> BuildingEmployer:
    with _writing(case, actor, OPEN_TO_EMPLOYERS, "add_employer") as changes:
        found = checked(additions.EmployerForm, data, actor=actor, row=case)
        [link] = founding.hold_employers(case, [found["employer"]])
        changes.update(found)
    return link


def remove_employer(link: BuildingEmployer, *, actor: Actor) -> None:
    with _writing(link.building, actor, OPEN_TO_EMPLOYERS, "remove_employer") as changes:
        link.released_at = link.voided_at = clock.now()
        link.save(update_fields=["released_at", "voided_at"])
        changes["employer"] = link.employer_id


def record_result(case: UnionBuilding, *, actor: Actor, **data: Any) -> ElectionResult:
    with _writing(case, actor, OPEN_TO_RESULTS, "record_result") as changes:
        found = checked(additions.ResultForm, data, actor=actor, row=case)
        row: ElectionResult = _made(
            ElectionResult, case, actor, found, _("这个机构已登记过此人，或已有负责人。")
        )
        changes.update(found)
    return row


def strike_result(row: ElectionResult, *, actor: Actor) -> None:
    if row.building.state == State.RATIFIED and row.vote_count is not None:
        raise WrongState(_("选举结果已经批复，不能作废。确有错误，请与批复的上级工会联系。"))
    with _writing(row.building, actor, OPEN_TO_RESULTS, "strike_result") as changes:
        _void(row, changes)


def tick(case: UnionBuilding, *, actor: Actor, **data: Any) -> AcceptanceTick:
    with _writing(case, actor, (State.RATIFIED,), "tick") as changes:
        found = checked(additions.TickForm, data, actor=actor, row=case)
        row: AcceptanceTick = _made(AcceptanceTick, case, actor, found, _("这一项已经登记过，无需重复。"))
        changes.update(found)
    return row


def untick(row: AcceptanceTick, *, actor: Actor) -> None:
    with _writing(row.building, actor, (State.RATIFIED,), "untick") as changes:
        _void(row, changes)


def contribute(case: UnionBuilding, *, actor: Actor, **data: Any) -> Contribution:
    with _writing(case, actor, (*RUNNING, State.FOUNDED), "contribute") as changes:
        found = checked(additions.ContributionForm, data, actor=actor, row=case)
        row: Contribution = _made(Contribution, case, actor, found, "")
        changes.update(found)
    return row


def strike_contribution(row: Contribution, *, actor: Actor) -> None:
    with _writing(row.building, actor, (*RUNNING, State.FOUNDED), "strike_contribution") as changes:
        _void(row, changes)


def attach(case: UnionBuilding, *, actor: Actor, kind: str, upload: Any) -> BuildingPaper:
    _authority(case, actor)
    _must_be_in(case, RUNNING)
    paper: BuildingPaper = papers.attach(BuildingPaper, case, actor=actor, kind=kind, upload=upload)
    return paper


def void_paper(paper: BuildingPaper, *, actor: Actor) -> None:
    _authority(paper.building, actor)
    _must_be_in(paper.building, RUNNING)
    if paper.building.ticks.filter(paper=paper, voided_at=None).exists():
        raise WrongState(_("这份材料是验收项的证明，请先作废那一项。"))
    papers.void(paper, actor=actor)


@contextmanager
def _writing(
    case: UnionBuilding, actor: Actor, states: tuple[str, ...], action: str
) -> Iterator[dict[str, Any]]:
    """The case held, the duty and the state checked; what the body notes goes into one audit entry."""
    principal = _authority(case, actor)
    changes: dict[str, Any] = {}
    with transaction.atomic():
        held = UnionBuilding.objects.select_for_update(no_key=True, of=("self",)).select_related("unit")
        _must_be_in(held.get(pk=case.pk), states)
        yield changes
        audit.record(case, action, actor=actor, changes=changes, principal_id=principal)


def _authority(case: UnionBuilding, actor: Actor) -> int | None:
    """Whom the actor acts for. Papers and rows of a case are its clerk's; the union above looks and decides."""
    for duty in (UNION_ORGANISER, BUILDING_APPROVER):
        if grants := actor.grants_for(duty, case.unit.path):
            if case.reporter_id is not None and case.reporter_id in {actor.user_id, grants[0].principal_id}:
                break
            return grants[0].principal_id
    raise NotAllowed(
        _("这件建会工作由“%(unit)s”的建会专干或审批人办理，您没有这个岗位，或依回避规定不能办理。")
        % {"unit": case.unit.name}
    )


def _must_be_in(case: UnionBuilding, states: tuple[str, ...]) -> None:
    if case.state not in states:
        raise WrongState(
            _("%(number)s现在是“%(state)s”，这里不能再改。请刷新看最新情况。")
            % {"number": case.number, "state": case.get_state_display()}
        )


def _made(model: type[Any], case: UnionBuilding, actor: Actor, data: Mapping[str, Any], twice: str) -> Any:
    try:
        with transaction.atomic():
            return model.objects.create(
                building=case, recorded_by=actor.account, recorded_at=clock.now(), **data
            )
    except IntegrityError:
        raise Invalid(twice) from None


def _void(row: Any, changes: dict[str, Any]) -> None:
    if row.voided_at is not None:
        raise WrongState(_("这一行已经作废。"))
    row.voided_at = clock.now()
    row.save(update_fields=["voided_at"])
    changes["row"] = row.public_id
