"""What the list and the page of any case have in common, for workflows whose facts fit into one card."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access import Actor
from niangjia.kernel.workflow import Transition, Workflow
from niangjia.kernel.workflow.engine import Offer, offers
from niangjia.web.shell.cases import CASES, arrival, first_on_desk, story, task_of, tone, whose_desk
from niangjia.web.shell.listing import Column, tick
from niangjia.web.shell.parts import Choice


@dataclass(frozen=True)
class Fact:
    """One line of a card; `url` makes it a link, `reveal` shows where the masked text is opened."""

    label: str
    value: object
    kind: str = ""
    url: str = ""
    reveal: str = ""


def case_context(
    workflow: Workflow, row: Any, actor: Actor, *, but: Collection[Transition] = ()
) -> dict[str, Any]:
    """Where the case stands, what the actor may do next, who has it, and how it came here.

    `but`: steps of the workflow that this very case never takes.
    """
    offered = [offer for offer in offers(workflow, row, actor) if offer.transition not in but]
    takeable = [offer for offer in offered if not offer.refusal]
    task = task_of(workflow, row)
    was_sent_back = task is not None and task.is_return
    return {
        "workflow": workflow,
        "row": row,
        "tone": tone(workflow, row.state),
        "next": next_step(workflow, row, takeable),
        "offers": offered,
        "coming": first_on_desk(actor, workflow) if not takeable else None,
        "sent_back": arrival(workflow, row) if takeable and was_sent_back else None,
        "desk": whose_desk(task),
        "story": story(workflow, row),
    }


def next_step(workflow: Workflow, row: Any, takeable: Iterable[Offer]) -> Offer | None:
    """What leads on from the desk where the case lies; what people at other desks may do comes after it."""
    desk = workflow.stage(row.state).duty
    onward = [offer for offer in takeable if not offer.transition.is_return]
    return min(onward, key=lambda offer: offer.transition.duty not in (None, desk), default=None)


def ticks(workflow: Workflow) -> Column:
    """The boxes of a list that offers steps for many rows."""
    whose = CASES[workflow.name].whose
    return Column(_("选中"), lambda row: tick(row.public_id, f"{whose(row)} {row.number}"), names_cells=False)


def chips(
    route: str,
    states: Iterable[tuple[str, Any]],
    *,
    state: str,
    overdue: bool | None,
    kept: dict[str, str],
    lists: Iterable[tuple[str, Any]] = (),
    only: str = "",
) -> list[Choice]:
    """All, overdue (None: nothing here can be), lists of its own, and one for each state; what is kept stays chosen."""
    home, kept = reverse(route), {name: text for name, text in kept.items() if text}

    def chip(label: object, is_current: bool, **given: str) -> Choice:
        query = urlencode({**kept, **given})
        return Choice(str(label), f"{home}?{query}" if query else home, is_current)

    return [
        chip(_("全部"), not state and not overdue and not only),
        *([] if overdue is None else [chip(_("已超期"), overdue, overdue="1")]),
        *(chip(label, value == only, only=value) for value, label in lists),
        *(chip(label, value == state, state=value) for value, label in states),
    ]
