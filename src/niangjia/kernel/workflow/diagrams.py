"""Draws a declared workflow as a Markdown page: a Mermaid state diagram and a table of its steps."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from niangjia.kernel.workflow.deadlines import NamedDay
from niangjia.kernel.workflow.declaration import Opening, Stage, Transition, Workflow


def page(workflow: Workflow) -> str:
    """The whole page, in the language that is active."""
    return "\n".join(_lines(workflow)) + "\n"


def _lines(workflow: Workflow) -> Iterator[str]:
    yield f"# {workflow.label}"
    yield ""
    yield _("本页由流程声明生成，请勿手改：`./run docs`。")
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage in workflow.stages:
        yield f"    {stage.state}: {workflow.state_label(stage.state)}"
    for opening in workflow.openings.values():
        yield f"    [*] --> {opening.to}: {opening.label}"
    for step in workflow.transitions.values():
        for source in step.sources:
            yield f"    {source} --> {step.to}: {step.label}"
    for stage in workflow.stages:
        if not workflow.leaving(stage.state):
            yield f"    {stage.state} --> [*]"
    yield "```"
    yield ""
    yield "## " + _("环节")
    yield ""
    yield _row(_("状态"), _("谁来办"), _("期限"))
    yield "|---|---|---|"
    for stage in workflow.stages:
        yield _row(workflow.state_label(stage.state), _doer(stage), _deadline(stage))
    yield ""
    yield "## " + _("步骤")
    yield ""
    yield _row(_("步骤"), _("从"), _("到"), _("谁来办"), _("不得由办过这些步骤的人办"), _("说明"))
    yield "|---|---|---|---|---|---|"
    for opening in workflow.openings.values():
        doer = _opener(opening)
        yield _row(opening.label, "—", workflow.state_label(opening.to), doer, "—", opening.help)
    for step in workflow.transitions.values():
        sources = _("、").join(workflow.state_label(source) for source in step.sources)
        earlier: dict[str, Opening | Transition] = {**workflow.openings, **workflow.transitions}
        unlike = _("、").join(str(earlier[name].label) for name in step.unlike) or "—"
        to = workflow.state_label(step.to)
        yield _row(step.label, sources, to, doer_of(step), unlike, step.help)


def _opener(opening: Opening) -> str:
    if opening.by_clock:
        return _("系统")
    if opening.follows is not None:
        return _("随别的流程")
    return str(opening.duty.label) if opening.duty else _("本人")


def doer_of(step: Transition) -> str:
    if step.by_clock:
        return _("系统时钟")
    if step.follows:
        return _("随别的流程")
    if step.duty is None:
        return _("本人")
    return _("本人或%s") % step.duty.label if step.by_subject else str(step.duty.label)


def _doer(stage: Stage) -> str:
    if stage.by_subject:
        return _("本人")
    return str(stage.duty.label) if stage.duty else "—"


def _deadline(stage: Stage) -> str:
    if stage.due is None:
        return "—"
    if isinstance(stage.due, NamedDay):
        return _("所定日期")
    unit = _("个工作日") if stage.due.working else _("日")
    return (
        f"{stage.due.amount} {unit}" if isinstance(stage.due.amount, int) else f"`{stage.due.amount}` {unit}"
    )


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
