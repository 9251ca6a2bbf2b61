"""表单 of assistance: application, home-visit form and dossier of a file, the sheet of a plan; filled from them."""

from niangjia.assistance.papers.dossier import DOSSIER
from niangjia.assistance.papers.hardship import APPLICATION, HOME_VISIT
from niangjia.assistance.papers.plan import AID_PLAN
from niangjia.assistance.papers.round import print_round

__all__ = ["AID_PLAN", "APPLICATION", "DOSSIER", "HOME_VISIT", "print_round"]
