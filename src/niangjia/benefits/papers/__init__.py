"""表单 of benefits: the decision notice with its explanation."""

from niangjia.benefits.papers.decision import DECISION_NOTICE

__all__ = ["DECISION_NOTICE"]
