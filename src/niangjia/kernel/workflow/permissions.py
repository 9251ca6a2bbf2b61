"""Who may do what, asked of the engine itself: one line per step, one column per person of a cast."""

from collections.abc import Callable, Mapping
from typing import Any

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.kernel.workflow.declaration import Transition, Workflow
from niangjia.kernel.workflow.engine import refusal_of

ALLOWED, REFUSED, UNSEEN, ELSEWHERE = "✔", "·", " ", "!"


def table(workflow: Workflow, row_at: Callable[[str], Any], cast: Mapping[str, Actor]) -> str:
    """Markdown. `row_at(state)` gives a row that got to the state the proper way.

    ✔ may; · sees the row but may not; blank: does not even see it (404); ! another refusal, for instance too early.
    """
    lines = ["| " + " | ".join(["", "", *cast]) + " |", "|---|---|" + ":-:|" * len(cast)]
    for step in workflow.transitions.values():
        for source in step.sources:
            row = row_at(source)
            cells = [_cell(step, row, actor) for actor in cast.values()]
            lines.append("| " + " | ".join([workflow.state_label(source), str(step.label), *cells]) + " |")
    return "\n".join(lines) + "\n"


def _cell(step: Transition, row: Any, actor: Actor) -> str:
    if not actor.is_clock:
        try:
            step.workflow.find(row.public_id, actor)
        except Missing:
            return UNSEEN
    refusal: Refused | None = refusal_of(step, row, actor)
    if refusal is None:
        return ALLOWED
    return REFUSED if isinstance(refusal, NotAllowed) else ELSEWHERE
