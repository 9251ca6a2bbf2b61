"""表单 of the organisation: the reply that approves a new union, and the sheet with the code for joining."""

from niangjia.organisation.papers.founding import FOUNDING_REPLY
from niangjia.organisation.papers.joining import JOINING_SHEET

__all__ = ["FOUNDING_REPLY", "JOINING_SHEET"]
