"""The tables of benefits."""

from niangjia.benefits.models.applications import (
    Appeal,
    BenefitApplication,
    BenefitPaper,
    Grant,
    Override,
)
from niangjia.benefits.models.decisions import Decision, PolicyEdition, PolicyText
from niangjia.benefits.models.proposals import Proposal
from niangjia.benefits.models.schemes import Scheme
from niangjia.benefits.models.settlements import Settlement

__all__ = [
    "Appeal",
    "BenefitApplication",
    "BenefitPaper",
    "Decision",
    "Grant",
    "Override",
    "PolicyEdition",
    "PolicyText",
    "Proposal",
    "Scheme",
    "Settlement",
]
