"""Workflow 流程: declared once, as stages and decorated functions; calling a transition is doing it.

`declaration` says what a workflow is, `engine` carries transitions out, `tasks` keeps the inbox 待办, `timed` runs what
the clock does, `diagrams` and `permissions` draw what was declared.
"""

from niangjia.kernel.workflow.deadlines import calendar_days, named_day, working_days
from niangjia.kernel.workflow.declaration import WORKFLOWS, Opening, Outcome, Stage, Transition, Workflow
from niangjia.kernel.workflow.forms import ReasonForm, RemarkForm
from niangjia.kernel.workflow.rows import WorkflowRow

__all__ = [
    "WORKFLOWS",
    "Opening",
    "Outcome",
    "ReasonForm",
    "RemarkForm",
    "Stage",
    "Transition",
    "Workflow",
    "WorkflowRow",
    "calendar_days",
    "named_day",
    "working_days",
]
