"""表单 of assistance: the application form and the home-visit form of a hardship file, filled from it."""

from niangjia.assistance.papers.hardship import APPLICATION, HOME_VISIT
from niangjia.assistance.papers.round import print_round

__all__ = ["APPLICATION", "HOME_VISIT", "print_round"]
