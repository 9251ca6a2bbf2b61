"""Writes of the organisation, by the bare verbs of the field.

Every action says who acts; it checks duty and scope, validates through its form and writes one audit entry.
"""

from niangjia.organisation.actions.accounts import close_account, engage, open_account, reset_password
from niangjia.organisation.actions.committees import (
    disband,
    end_officer,
    end_representative,
    establish,
    renew,
    seat_officer,
    seat_officers,
    seat_representative,
)
from niangjia.organisation.actions.employers import register_employer, register_employers
from niangjia.organisation.actions.grid import (
    change_cell,
    draw_cell,
    end_cell,
    end_grid_worker,
    seat_grid_worker,
)
from niangjia.organisation.actions.histories import (
    change_employer,
    close_employer,
    correct_contact,
    merge_employer,
    reopen_employer,
)
from niangjia.organisation.actions.points import (
    change_point,
    close_point,
    drop_special_hours,
    keep_special_hours,
    open_point,
    reopen_point,
)
from niangjia.organisation.actions.posts import appoint, delegate, end_delegation, end_post
from niangjia.organisation.actions.publications import publish_figure, withdraw_figure
from niangjia.organisation.actions.rules import record_region, set_parameter
from niangjia.organisation.actions.seats import correct_phone
from niangjia.organisation.actions.teams import (
    disband_team,
    end_team_member,
    form_team,
    seat_team_member,
)
from niangjia.organisation.actions.unions import (
    dissolve_union,
    found_union,
    mark_union,
    move_union,
    plant_root,
    rename_union,
)

__all__ = [
    "appoint",
    "change_cell",
    "change_employer",
    "change_point",
    "close_account",
    "close_employer",
    "close_point",
    "correct_contact",
    "correct_phone",
    "delegate",
    "disband",
    "disband_team",
    "dissolve_union",
    "draw_cell",
    "drop_special_hours",
    "end_cell",
    "end_delegation",
    "end_grid_worker",
    "end_officer",
    "end_post",
    "end_representative",
    "end_team_member",
    "engage",
    "establish",
    "form_team",
    "found_union",
    "keep_special_hours",
    "mark_union",
    "merge_employer",
    "move_union",
    "open_account",
    "open_point",
    "plant_root",
    "publish_figure",
    "record_region",
    "register_employer",
    "register_employers",
    "rename_union",
    "renew",
    "reopen_employer",
    "reopen_point",
    "reset_password",
    "seat_grid_worker",
    "seat_officer",
    "seat_officers",
    "seat_representative",
    "seat_team_member",
    "set_parameter",
    "withdraw_figure",
]
