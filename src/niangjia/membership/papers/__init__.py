"""表单 of membership: the application with its registration form, the certificate, the letter of transfer."""

from niangjia.membership.papers.joining import JOINING
from niangjia.membership.papers.letters import CERTIFICATE, TRANSFER

__all__ = ["CERTIFICATE", "JOINING", "TRANSFER"]
