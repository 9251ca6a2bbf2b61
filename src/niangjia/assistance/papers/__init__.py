"""表单 of assistance: the application form and the home-visit form of a hardship file, filled from it."""

from niangjia.assistance.papers.hardship import APPLICATION, HOME_VISIT

__all__ = ["APPLICATION", "HOME_VISIT"]
