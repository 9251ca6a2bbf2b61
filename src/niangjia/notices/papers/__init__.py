"""表单 of notices: the A4 sheet for the wall, and the certificate for the file."""

from niangjia.notices.papers.notice import CERTIFICATE, SHEET

__all__ = ["CERTIFICATE", "SHEET"]
