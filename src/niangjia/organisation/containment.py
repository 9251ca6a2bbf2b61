"""Which kinds of union may stand below which: federations hold whatever is lower, grassroots unions their branches."""

from niangjia.organisation.kinds import CommitteeKind, OfficerRole, UnionKind

K = UnionKind

# Of one employer, of several together, or of a place.
GRASSROOTS = frozenset(
    {
        K.GRASSROOTS_UNION, K.JOINT_UNION, K.MARKET_UNION, K.SHOPPING_STREET_UNION, K.COMPOUND_UNION,
        K.BUILDING_UNION, K.PROJECT_UNION, K.SECTOR_UNION, K.COMMUNITY_UNION,
    }
)  # fmt: skip
# Between a town and the grassroots: they gather grassroots unions of an area, a park or a trade.
GATHERING = frozenset({K.PARK_UNION, K.AREA_FEDERATION, K.SECTOR_FEDERATION})
TOWN = frozenset({K.TOWN_FEDERATION}) | GATHERING | GRASSROOTS
COUNTY = frozenset({K.COUNTY_FEDERATION, K.INDUSTRY_UNION}) | TOWN
CITY = frozenset({K.CITY_FEDERATION}) | COUNTY

MAY_CONTAIN: dict[str, frozenset[UnionKind]] = {
    K.NATIONAL_FEDERATION: frozenset({K.PROVINCIAL_FEDERATION, K.INDUSTRY_UNION}),
    K.PROVINCIAL_FEDERATION: CITY,
    K.CITY_FEDERATION: COUNTY,
    K.COUNTY_FEDERATION: frozenset({K.INDUSTRY_UNION}) | TOWN,
    K.TOWN_FEDERATION: GATHERING | GRASSROOTS,
    K.INDUSTRY_UNION: frozenset({K.INDUSTRY_UNION}) | GATHERING | GRASSROOTS,
    K.PARK_UNION: frozenset({K.AREA_FEDERATION, K.SECTOR_FEDERATION}) | GRASSROOTS,
    K.AREA_FEDERATION: GRASSROOTS,
    K.SECTOR_FEDERATION: GRASSROOTS,
    K.COMMUNITY_UNION: GRASSROOTS,
    **dict.fromkeys(GRASSROOTS - {K.COMMUNITY_UNION}, frozenset({K.BRANCH_UNION})),
    K.BRANCH_UNION: frozenset({K.BRANCH_UNION}),
}

COUNCIL = (OfficerRole.CHAIR, OfficerRole.VICE_CHAIR, OfficerRole.STANDING_MEMBER, OfficerRole.MEMBER)
BOARD = (OfficerRole.DIRECTOR, OfficerRole.DEPUTY_DIRECTOR, OfficerRole.MEMBER)

# Who sits where; a congress has representatives instead.
ROLES: dict[str, tuple[OfficerRole, ...]] = {
    **dict.fromkeys(CommitteeKind, BOARD),
    CommitteeKind.UNION_COMMITTEE: COUNCIL,
    CommitteeKind.BARGAINING: (OfficerRole.GROUP_LEADER, OfficerRole.MEMBER),
    CommitteeKind.UNION_GROUP: (OfficerRole.GROUP_LEADER, OfficerRole.MEMBER),
    **dict.fromkeys(CommitteeKind.congresses(), ()),
}


def may_stand_below(kind: str, parent_kind: str) -> bool:
    return kind in MAY_CONTAIN[parent_kind]
