"""The tables of benefits."""

from niangjia.benefits.models.decisions import Decision, PolicyEdition, PolicyText
from niangjia.benefits.models.schemes import Scheme

__all__ = ["Decision", "PolicyEdition", "PolicyText", "Scheme"]
