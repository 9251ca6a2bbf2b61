"""表单 of assistance: application, authorisation, home-visit form, dossier; sheets of a plan and of a village."""

from niangjia.assistance.papers.authorisation import AUTHORISATION
from niangjia.assistance.papers.dossier import DOSSIER
from niangjia.assistance.papers.hardship import APPLICATION, HOME_VISIT
from niangjia.assistance.papers.plan import AID_PLAN
from niangjia.assistance.papers.round import print_round
from niangjia.assistance.papers.village import VILLAGE_SHEET

__all__ = [
    "AID_PLAN",
    "APPLICATION",
    "AUTHORISATION",
    "DOSSIER",
    "HOME_VISIT",
    "VILLAGE_SHEET",
    "print_round",
]
