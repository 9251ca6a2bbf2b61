"""Background work of benefits: the nightly search for those who are due something."""

from niangjia.benefits.proposals.jobs import find_entitled

__all__ = ["find_entitled"]
