"""How people come into a union, stay, move to another and leave: three workflows that meet in a membership."""

from niangjia.membership.workflow.applications import application
from niangjia.membership.workflow.stays import membership
from niangjia.membership.workflow.transfers import transfer

__all__ = ["application", "membership", "transfer"]
