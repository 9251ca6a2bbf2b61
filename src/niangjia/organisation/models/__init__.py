"""The tables of the organisation. Rows elsewhere belong to a union body; only this package knows the tree."""

from niangjia.organisation.models.blank_spots import BlankSpot, BlankSpotRelease
from niangjia.organisation.models.building import (
    AcceptanceTick,
    BuildingEmployer,
    BuildingPaper,
    BuildingVisit,
    Contribution,
    ElectionResult,
    MemberAssembly,
    UnionBuilding,
)
from niangjia.organisation.models.committees import Committee, Officer, Representative
from niangjia.organisation.models.employers import Employer, EmployerPeriod
from niangjia.organisation.models.parameters import ParameterValue
from niangjia.organisation.models.points import (
    GridCell,
    GridWorker,
    PointFacility,
    ServicePoint,
    SpecialHours,
)
from niangjia.organisation.models.posts import Delegation, Post
from niangjia.organisation.models.regions import Region
from niangjia.organisation.models.seats import Seat
from niangjia.organisation.models.teams import Team, TeamMember
from niangjia.organisation.models.tree import UnionBody

__all__ = [
    "AcceptanceTick",
    "BlankSpot",
    "BlankSpotRelease",
    "BuildingEmployer",
    "BuildingPaper",
    "BuildingVisit",
    "Committee",
    "Contribution",
    "Delegation",
    "ElectionResult",
    "Employer",
    "EmployerPeriod",
    "GridCell",
    "GridWorker",
    "MemberAssembly",
    "Officer",
    "ParameterValue",
    "PointFacility",
    "Post",
    "Region",
    "Representative",
    "Seat",
    "ServicePoint",
    "SpecialHours",
    "Team",
    "TeamMember",
    "UnionBody",
    "UnionBuilding",
]
