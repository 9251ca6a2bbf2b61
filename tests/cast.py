"""One invented cast for all tests: a province, a city, two districts, three streets, six unions.

Places, unions and people are made up. `a_…` makes one row with sensible defaults, `tree` the whole tree,
`who(duty, unit)` gives the same colleague each time a test asks for the holder of a duty at a union.
"""

from dataclasses import dataclass, fields
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.users import User
from niangjia.organisation import paths, regions, uscc
from niangjia.organisation.kinds import EmployerKind, Industry, UnionKind, UnionLevel
from niangjia.organisation.models import (
    Committee,
    Delegation,
    Employer,
    EmployerPeriod,
    GridCell,
    Officer,
    Post,
    Region,
    ServicePoint,
    Team,
    UnionBody,
)

LONG_AGO = date(2015, 1, 1)
# Whose turn it is depends on what ran before: a name that a test gives by itself is none of these.
NAMES = ["纪晚晴", "岳松年", "邱采薇", "蓝一舟", "骆知夏", "祁思远", "翟兰馨", "谈书言", "褚怀瑾", "游子衿"]

_numbers = count(1)


def a_region(code: str = "990000000000", name: str = "云泽省", parent: Region | None = None) -> Region:
    if parent is None:
        parent, _ = Region.objects.get_or_create(
            code=regions.NATION, valid_to=None, defaults={"name": "中华人民共和国", "level": "nation"}
        )
    found, _ = Region.objects.get_or_create(
        code=code,
        valid_to=None,
        defaults={"name": name, "level": regions.level_of(code), "parent": parent, "is_invented": True},
    )
    return found


def a_union(name: str = "", parent: UnionBody | None = None, **given: Any) -> UnionBody:
    """Below `parent`; without one it is the root, of which there is only one."""
    last = UnionBody.objects.filter(parent=parent).order_by("path").last() if parent else None
    below = f"{parent.path}{paths.FIRST}" if parent else paths.ROOT
    given.setdefault("path", paths.following(last.path) if last else below)
    if "region" not in given:
        given["region"] = parent.region if parent else a_region()
    union = _union(name, parent=parent, **given)
    union.save(force_insert=True)
    return union


def a_user(name: str = "", password: str | None = None, **given: Any) -> User:
    number = next(_numbers)
    name = name or NAMES[number % len(NAMES)]
    return User.objects.create_user(f"user{number}", password, name=name, **given)


def a_post(duty: Duty, unit: UnionBody, user: User | None = None, **given: Any) -> Post:
    given.setdefault("from_on", LONG_AGO)
    return Post.objects.create(user=user or a_user(), unit=unit, duty=duty.name, **given)


def a_delegation(post: Post, delegate: User, from_on: date, until_on: date, **given: Any) -> Delegation:
    given = {"reason": "出差", "created_by": post.user} | given
    return Delegation.objects.create(
        post=post, delegate=delegate, from_on=from_on, until_on=until_on, **given
    )


def an_actor(duty: Duty, unit: UnionBody) -> Actor:
    """Somebody new who holds just this post."""
    return Actor.of(a_post(duty, unit).user)


def a_uscc(number: int | None = None) -> str:
    """A code that passes its check, of an invented employer."""
    body = f"9199{next(_numbers) if number is None else number:013}"
    return body + uscc.check_place(body)


def an_employer(unit: UnionBody, **given: Any) -> Employer:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "name": f"第{number}制造厂",
        "uscc": a_uscc(number),
        "region": unit.region,
        "unit": unit,
        "industry": Industry.MANUFACTURING,
        "kind": EmployerKind.PRIVATE,
        "staff_count": 60,
    }
    known_on = given.pop("known_on", LONG_AGO)
    employer = Employer.objects.create(**defaults | given)
    facts = {name: getattr(employer, name) for name in EmployerPeriod.FACTS}
    EmployerPeriod.objects.create(employer=employer, from_on=known_on, reason="首次登记", **facts)
    return employer


def a_committee(unit: UnionBody, **given: Any) -> Committee:
    """In office; without other words its first term began long ago."""
    term = {"kind": "union_committee", "from_on": LONG_AGO, "until_on": date(2035, 1, 1)}
    return Committee.objects.create(unit=unit, **term | given)


def an_officer(committee: Committee, **given: Any) -> Officer:
    number = next(_numbers)
    seat = {"name": NAMES[number % len(NAMES)], "role": "chair", "route": "elected", "from_on": LONG_AGO}
    return Officer.objects.create(unit=committee.unit, committee=committee, **seat | given)


def a_point(unit: UnionBody, **given: Any) -> ServicePoint:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "name": f"第{number}驿站",
        "kind": "rest_station",
        "region": unit.region,
        "address": "青禾路 12 号",
        "hours": dict.fromkeys(("monday", "tuesday"), "09:00-17:00"),
        "opened_on": LONG_AGO,
    }
    return ServicePoint.objects.create(unit=unit, **defaults | given)


def a_cell(unit: UnionBody, **given: Any) -> GridCell:
    number = next(_numbers)
    defaults = {"number": f"WG-{number:04}", "name": f"第{number}网格", "region": unit.region}
    return GridCell.objects.create(unit=unit, from_on=LONG_AGO, **defaults | given)


def a_team(unit: UnionBody) -> Team:
    return Team.objects.create(unit=unit, name=f"第{next(_numbers)}队", kind="specialists", from_on=LONG_AGO)


@dataclass(frozen=True)
class Tree:
    """Province → city → two districts → three streets → six unions."""

    province: UnionBody
    city: UnionBody
    east: UnionBody
    west: UnionBody
    willow: UnionBody
    maple: UnionBody
    spring: UnionBody
    mill: UnionBody
    logistics: UnionBody
    market: UnionBody
    compound: UnionBody
    quarry: UnionBody
    building_site: UnionBody

    @property
    def all(self) -> list[UnionBody]:
        return [getattr(self, field.name) for field in fields(self)]


PLACES = (
    ("990000000000", "云泽省", ""),
    ("990100000000", "南湖市", "990000000000"),
    ("990102000000", "东桥区", "990100000000"),
    ("990103000000", "西岭区", "990100000000"),
    ("990102001000", "柳塘街道", "990102000000"),
    ("990102002000", "枫林街道", "990102000000"),
    ("990103001000", "石泉街道", "990103000000"),
)
FEDERATIONS = {
    UnionLevel.PROVINCE: UnionKind.PROVINCIAL_FEDERATION,
    UnionLevel.CITY: UnionKind.CITY_FEDERATION,
    UnionLevel.COUNTY: UnionKind.COUNTY_FEDERATION,
    UnionLevel.TOWN: UnionKind.TOWN_FEDERATION,
}
UNIONS = (
    ("青禾纺织厂工会", UnionKind.GRASSROOTS_UNION),
    ("柳塘街道快递员联合工会", UnionKind.JOINT_UNION),
    ("枫林农贸市场工会", UnionKind.MARKET_UNION),
    ("安居楼区工会", UnionKind.COMPOUND_UNION),
    ("石泉采石场工会", UnionKind.GRASSROOTS_UNION),
    ("西岭隧道项目工会", UnionKind.PROJECT_UNION),
)


def a_tree() -> Tree:
    """Level by level, since most tests begin with it."""
    places = {region.code: region for region in Region.objects.filter(valid_to=None, is_invented=True)}
    for code, name, above in PLACES:
        if code not in places:
            places[code] = a_region(code, name, places.get(above))
    root, city, east, west, *streets = (places[code] for code, _name, _above in PLACES)
    tree = _level([(None, [_federation(root, UnionLevel.PROVINCE)])])
    tree += _level([(tree[0], [_federation(city, UnionLevel.CITY)])])
    tree += _level([(tree[1], [_federation(region, UnionLevel.COUNTY) for region in (east, west)])])
    willow, maple, spring = (_federation(region, UnionLevel.TOWN) for region in streets)
    tree += _level([(tree[2], [willow, maple]), (tree[3], [spring])])
    pairs = [[_union(name, kind=kind) for name, kind in UNIONS[first : first + 2]] for first in (0, 2, 4)]
    tree += _level(list(zip(tree[4:7], pairs, strict=True)))
    return Tree(*tree)


def _level(below: list[tuple[UnionBody | None, list[UnionBody]]]) -> list[UnionBody]:
    """New unions below their parents, where nothing is yet."""
    made = []
    for parent, unions in below:
        path = f"{parent.path}{paths.FIRST}" if parent else paths.ROOT
        for union in unions:
            union.parent, union.path, path = parent, path, paths.following(path)
            if union.region_id is None and parent:
                union.region = parent.region
            made.append(union)
    return UnionBody.objects.bulk_create(made)


def _federation(region: Region, level: UnionLevel) -> UnionBody:
    return _union(f"{region.name}总工会", region=region, level=level, kind=FEDERATIONS[level])


def _union(name: str = "", **given: Any) -> UnionBody:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "name": name or f"第{number}工会",
        "number": f"GH-{number:06}",
        "kind": UnionKind.GRASSROOTS_UNION,
        "level": UnionLevel.GRASSROOTS,
        "founded_on": LONG_AGO,
    }
    return UnionBody(**defaults | given)


def who(duty: Duty, unit: UnionBody) -> Actor:
    """The colleague who holds a duty at a union: the same one however often a test asks."""
    [actor] = colleagues((duty, unit))
    return actor


def colleagues(*held: tuple[Duty, UnionBody]) -> list[Actor]:
    """The same of several duties at once."""
    wanted = {f"{duty.name}@{unit.number}": (duty, unit) for duty, unit in held}
    known = {user.username: user for user in User.objects.filter(username__in=wanted)}
    new = User.objects.bulk_create(
        User(username=name, name=NAMES[sum(map(ord, name)) % len(NAMES)], password=make_password(None))
        for name in wanted
        if name not in known
    )
    posts = [(user, *wanted[user.username]) for user in new]
    Post.objects.bulk_create(
        Post(user=user, unit=unit, duty=duty.name, from_on=LONG_AGO) for user, duty, unit in posts
    )
    known |= {user.username: user for user in new}
    return [Actor.of(known[name]) for name in wanted]


@pytest.fixture
def tree(db: None) -> Tree:
    return a_tree()
