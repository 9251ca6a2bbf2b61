"""How schemes and applications go."""

from niangjia.benefits.workflow.applications import application
from niangjia.benefits.workflow.schemes import scheme

__all__ = ["application", "scheme"]
