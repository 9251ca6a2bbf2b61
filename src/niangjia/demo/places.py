"""Regions, unions and employers of the demo city: a province, one city in it, districts, streets, all kinds below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, cycle, islice, product
from random import Random
from typing import Any

from niangjia.demo import words
from niangjia.demo.scale import Scale
from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.users import User
from niangjia.organisation import actions, regions, uscc
from niangjia.organisation.kinds import EmployerKind, Industry, UnionKind, UnionLevel
from niangjia.organisation.models import Region, UnionBody

Kind = UnionKind

# One round of what is founded in a street; the first is always a factory's own union.
ROUND = (
    Kind.GRASSROOTS_UNION,
    Kind.JOINT_UNION,
    Kind.MARKET_UNION,
    Kind.GRASSROOTS_UNION,
    Kind.COMPOUND_UNION,
    Kind.GRASSROOTS_UNION,
    Kind.SHOPPING_STREET_UNION,
    Kind.COMMUNITY_UNION,
    Kind.GRASSROOTS_UNION,
    Kind.PROJECT_UNION,
    Kind.GRASSROOTS_UNION,
    Kind.SECTOR_UNION,
    Kind.GRASSROOTS_UNION,
    Kind.GRASSROOTS_UNION,
)
# Unions of several small employers, and the word that follows their place.
SHARED = {
    Kind.JOINT_UNION: "快递员联合工会",
    Kind.MARKET_UNION: "农贸市场工会",
    Kind.COMPOUND_UNION: "大厦楼区工会",
    Kind.SHOPPING_STREET_UNION: "路一条街工会",
    Kind.COMMUNITY_UNION: "社区工会",
    Kind.PROJECT_UNION: "隧道项目工会",
    Kind.SECTOR_UNION: "家政行业工会",
}
INDUSTRY_UNIONS = ("教育产业工会", "交通运输产业工会", "医务产业工会", "建设产业工会")
FIRST_FACTORY = "青禾纺织厂"
# A city of thirty thousand members has smaller employers than its trades have elsewhere.
STAFF_SHARE = 3
# The parts of the unions of a street, and of the employers without one, that come in the course of the two years.
FOUNDED_LATER = 0.25
OPENED_LATER = 0.3


@dataclass(frozen=True)
class Company:
    """An employer before it is registered."""

    name: str
    industry: Industry
    kind: EmployerKind
    staff_count: int


@dataclass
class Later:
    """A union that is founded in the course of the two years, with the employers it will have."""

    street: "Street"
    kind: UnionKind
    companies: list[Company] = field(default_factory=list)


@dataclass
class Street:
    union: UnionBody
    grassroots: list[UnionBody] = field(default_factory=list)
    later: list[Later] = field(default_factory=list)


@dataclass
class District:
    union: UnionBody
    streets: list[Street] = field(default_factory=list)


class Places:
    """Builds the tree top down. Afterwards `root`, `city`, `districts`, `shared` and `own` say what stands where."""

    root: UnionBody
    city: UnionBody

    def __init__(self, random: Random, scale: Scale, founded_on: date) -> None:
        self.random = random
        self.scale = scale
        self.founded_on = founded_on
        self.regions: dict[str, Region] = {}
        self.districts: list[District] = []
        # Employers that have, or share, a union, and unions of a single employer by that employer's name.
        self.own: dict[str, UnionBody] = {}
        self.shared: list[UnionBody] = []
        self.openings: list[Company] = []
        self._numbers = count(1)
        self._codes = count(1)
        self._companies = self._invented_companies()
        self._own_companies: list[Company] = []
        self._places = cycle(random.sample(words.PREFIXES, len(words.PREFIXES)))

    @property
    def streets(self) -> list[Street]:
        return [street for district in self.districts for street in district.streets]

    @property
    def grassroots(self) -> list[UnionBody]:
        return [union for street in self.streets for union in street.grassroots]

    def record_regions(self) -> None:
        """Before there is a root union, which would have to be asked."""
        nation = regions.current_regions().get(code=regions.NATION)
        province = self._region("990000000000", words.PROVINCE, nation)
        city = self._region("990100000000", words.CITY, province)
        for number, (name, streets) in enumerate(self._names_of_districts(), start=2):
            code = f"99010{number}" if name.endswith("区") else f"9901{number + 16}"
            district = self._region(f"{code}000000", name, city)
            for place, street in enumerate(streets[: self.scale.streets], start=1):
                self._region(f"{code}{place:03}000", street, district)

    def plant(self, administrator: User) -> None:
        region = self.regions[words.PROVINCE]
        facts = self._facts(region, "总工会", Kind.PROVINCIAL_FEDERATION, UnionLevel.PROVINCE)
        self.root = actions.plant_root(administrator=administrator, **facts)

    def found_federations(self, actor: Actor) -> None:
        found = self._federation
        self.city = found(actor, self.root, words.CITY, Kind.CITY_FEDERATION, UnionLevel.CITY)
        for name in INDUSTRY_UNIONS[: max(1, self.scale.unions // 60)]:
            self._found(actor, self.city, words.CITY + name, Kind.INDUSTRY_UNION, UnionLevel.CITY)
        for name, streets in self._names_of_districts():
            district = District(found(actor, self.city, name, Kind.COUNTY_FEDERATION, UnionLevel.COUNTY))
            self.districts.append(district)
            for street in streets[: self.scale.streets]:
                union = found(actor, district.union, street, Kind.TOWN_FEDERATION, UnionLevel.TOWN)
                district.streets.append(Street(union))
            if self.scale.unions > 100:
                park = f"{name[:-1]}产业园区工会联合会"
                self._found(actor, district.union, park, Kind.PARK_UNION, UnionLevel.TOWN)

    def found_grassroots(self, actor: Actor, street: Street) -> None:
        """This street's share of all unions, one round of kinds after the other."""
        streets = self.streets
        higher = UnionBody.objects.count() - sum(len(other.grassroots) for other in streets)
        share, rest = divmod(self.scale.unions - higher, len(streets))
        share += streets.index(street) < rest
        kinds = list(islice(cycle(ROUND), share))
        old = share - round(share * FOUNDED_LATER)
        street.grassroots += [self._found_one(actor, street, kind) for kind in kinds[:old]]
        street.later = [Later(street, kind) for kind in kinds[old:]]

    def employers(self) -> list[dict[str, Any]]:
        """Two thirds with a union of their own or a shared one, the rest under the street where they are.

        Those of later unions, and a part of the rest, are registered as they come: `Later` and `openings` hold them.
        """
        with_union = self.scale.employers * 2 // 3
        later = [one for street in self.streets for one in street.later]
        for one in later:
            if one.kind == Kind.GRASSROOTS_UNION:
                one.companies.append(self._next_company_with_own_union())
        pairs: list[tuple[Company, UnionBody | None]] = [
            (company, self.own[company.name]) for company in self._own_companies if company.name in self.own
        ]
        joint = (one for one in later if one.kind != Kind.GRASSROOTS_UNION)
        shared: cycle[UnionBody | Later] = cycle([*self.shared, *joint])
        for _ in range(with_union - len(self._own_companies)):
            place = next(shared)
            if isinstance(place, Later):
                place.companies.append(self._companies.pop())
            else:
                pairs.append((self._companies.pop(), place))
        rest = [self._companies.pop() for _ in range(self.scale.employers - with_union)]
        opened = round(len(rest) * OPENED_LATER)
        self.openings = rest[:opened]
        pairs += [(company, None) for company in rest[opened:]]
        return [self.employer(*pair) for pair in pairs]

    def found_later(self, actor: Actor, later: Later) -> UnionBody:
        """Today, with its employers."""
        name = f"{later.companies[0].name}工会" if later.kind == Kind.GRASSROOTS_UNION else ""
        union = self._found_one(actor, later.street, later.kind, name, founded_on=clock.today())
        later.street.grassroots.append(union)
        return union

    def employer(self, company: Company, union: UnionBody | None) -> dict[str, Any]:
        street = union.parent if union and union.parent else self.random.choice(self.streets).union
        body = f"99{street.region.code[:6]}{next(self._codes):09}"
        return {
            "name": company.name,
            "uscc": body + uscc.check_place(body),
            "unit": street,
            "union": union,
            "region": street.region,
            "industry": company.industry,
            "kind": company.kind,
            "staff_count": company.staff_count,
            "is_operating": self.random.random() > 0.03,
        }

    def _found_one(
        self, actor: Actor, street: Street, kind: UnionKind, name: str = "", founded_on: date | None = None
    ) -> UnionBody:
        if kind == Kind.GRASSROOTS_UNION:
            if name:
                return self._found(actor, street.union, name, kind, founded_on=founded_on)
            company = self._next_company_with_own_union()
            union = self._found(actor, street.union, f"{company.name}工会", kind)
            self.own[company.name] = union
            return union
        place = street.union.region.name if kind == Kind.JOINT_UNION else next(self._places)
        union = self._found(actor, street.union, place + SHARED[kind], kind, founded_on=founded_on)
        if founded_on is None:
            self.shared.append(union)
        return union

    def _next_company_with_own_union(self) -> Company:
        company = Company(FIRST_FACTORY, Industry.MANUFACTURING, EmployerKind.COLLECTIVE, 460)
        if self._own_companies:
            company = next(found for found in self._companies if found.staff_count >= 25)
            self._companies.remove(company)
        self._own_companies.append(company)
        return company

    def _federation(
        self, actor: Actor, parent: UnionBody, place: str, kind: UnionKind, level: UnionLevel
    ) -> UnionBody:
        facts = self._facts(self.regions[place], "总工会", kind, level)
        return actions.found_union(actor=actor, parent=parent, **facts)

    def _found(
        self,
        actor: Actor,
        parent: UnionBody,
        name: str,
        kind: UnionKind,
        level: UnionLevel = UnionLevel.GRASSROOTS,
        founded_on: date | None = None,
    ) -> UnionBody:
        facts = self._facts(parent.region, "", kind, level) | {"name": name}
        if founded_on is not None:
            facts["founded_on"] = founded_on
        return actions.found_union(actor=actor, parent=parent, **facts)

    def _facts(self, region: Region, suffix: str, kind: UnionKind, level: UnionLevel) -> dict[str, Any]:
        founded_on = self.founded_on - timedelta(days=self.random.randint(200, 9000))
        return {
            "name": region.name + suffix,
            "number": f"GH-{next(self._numbers):06}",
            "kind": kind,
            "level": level,
            "region": region,
            "founded_on": founded_on,
        }

    def _region(self, code: str, name: str, parent: Region) -> Region:
        region = self.regions[name] = actions.record_region(actor=CLOCK, code=code, name=name, parent=parent)
        return region

    def _names_of_districts(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        return list(words.DISTRICTS.items())[: self.scale.districts]

    def _invented_companies(self) -> list[Company]:
        pairs = list(product(words.PREFIXES, words.TRADES))
        self.random.shuffle(pairs)
        return [
            Company(
                f"云泽{prefix}{trade}", industry, kind, self.random.randint(fewest, most) // STAFF_SHARE + 2
            )
            for prefix, (trade, industry, kind, (fewest, most)) in pairs
        ]
