"""表单 of assistance: application, authorisation, home-visit form and dossier of a file, the sheet of a plan."""

from niangjia.assistance.papers.authorisation import AUTHORISATION
from niangjia.assistance.papers.dossier import DOSSIER
from niangjia.assistance.papers.hardship import APPLICATION, HOME_VISIT
from niangjia.assistance.papers.plan import AID_PLAN
from niangjia.assistance.papers.round import print_round

__all__ = ["AID_PLAN", "APPLICATION", "AUTHORISATION", "DOSSIER", "HOME_VISIT", "print_round"]
