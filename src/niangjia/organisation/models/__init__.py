"""The tables of the organisation. Rows elsewhere belong to a union body; only this package knows the tree."""

from niangjia.organisation.models.employers import Employer
from niangjia.organisation.models.parameters import ParameterValue
from niangjia.organisation.models.posts import Delegation, Post
from niangjia.organisation.models.regions import Region
from niangjia.organisation.models.tree import UnionBody

__all__ = ["Delegation", "Employer", "ParameterValue", "Post", "Region", "UnionBody"]
