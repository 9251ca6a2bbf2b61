"""How notices and objections go: two workflows that hold the same row, the list's."""

from niangjia.notices.workflow.notices import end, go_on, notice, open_list, revoke, stop
from niangjia.notices.workflow.objections import (
    accept,
    dismiss,
    lodge,
    objection,
    record,
    turn_away,
    uphold,
)

__all__ = [
    "accept",
    "dismiss",
    "end",
    "go_on",
    "lodge",
    "notice",
    "objection",
    "open_list",
    "record",
    "revoke",
    "stop",
    "turn_away",
    "uphold",
]
