"""验收: what a region asks of a new union, read from its dated lists, and what of it a case still lacks.

The lists are parameters, so a region edits them with a day and a source; a case is measured by those that held on
the day of its approval.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from niangjia.kernel import clock
from niangjia.organisation import parameters
from niangjia.organisation.building.kinds import BODIES as KINDS
from niangjia.organisation.building.parameters import ACCEPTANCE, BODIES, FIVE
from niangjia.organisation.kinds import CommitteeKind, OfficerRole
from niangjia.organisation.models import AcceptanceTick, ElectionResult, MemberAssembly, UnionBuilding

OPTIONAL = "（可选）"
BY_NAME = dict(zip(FIVE, KINDS, strict=True))


@dataclass(frozen=True)
class Item:
    """One demand; `tick` or `people` says that it is met. `text` is what the list says."""

    text: str
    is_required: bool
    is_met: bool = False
    tick: AcceptanceTick | None = None
    people: Sequence[ElectionResult] = ()
    note: str = ""

    @property
    def label(self) -> str:
        return gettext(self.text)


def read(text: str) -> list[Item]:
    """有牌子、有公章（可选）: one item between two marks, each once."""
    found: dict[str, Item] = {}
    for part in re.split(r"[、，,；;\n]", text):
        word = part.strip()
        name = word.removesuffix(OPTIONAL).strip()
        if name:
            found.setdefault(name, Item(name[:60], not word.endswith(OPTIONAL)))
    return list(found.values())


def items(building: UnionBuilding) -> list[Item]:
    """六有 as the region words it, each with the evidence that was brought."""
    ticks = {tick.item: tick for tick in building.ticks.filter(voided_at=None).select_related("paper")}
    return [
        Item(item.text, item.is_required, item.text in ticks, ticks.get(item.text))
        for item in read(_list(ACCEPTANCE, building))
    ]


def bodies(building: UnionBuilding) -> list[Item]:
    """五会 as the region names them, each with the people in it; a small union needs fewer."""
    ticks = {tick.item: tick for tick in building.ticks.filter(voided_at=None).select_related("paper")}
    elected = list(building.elected.filter(voided_at=None).order_by("pk"))
    return [
        _body(BY_NAME[item.text], item, building, elected)
        if item.text in BY_NAME
        else replace(item, is_met=item.text in ticks, tick=ticks.get(item.text))
        for item in read(_list(BODIES, building))
    ]


def to_tick(building: UnionBuilding) -> list[Item]:
    """What a clerk confirms with evidence: the items, and bodies that only this region knows."""
    return [*items(building), *(item for item in bodies(building) if item.text not in BY_NAME)]


def lacking(building: UnionBuilding) -> list[str]:
    """The required items and bodies that are not there yet."""
    return [
        item.label for item in (*bodies(building), *items(building)) if item.is_required and not item.is_met
    ]


def _body(
    body: CommitteeKind, item: Item, building: UnionBuilding, elected: Sequence[ElectionResult]
) -> Item:
    people = [one for one in elected if one.body == body]
    excuse = "" if people else _excuse(body, building, elected)
    return replace(
        item, is_required=item.is_required and not excuse, is_met=bool(people), people=people, note=excuse
    )


def _excuse(body: CommitteeKind, building: UnionBuilding, elected: Sequence[ElectionResult]) -> str:
    """Why a body is not asked of this union: the law lets a small one do with less."""
    if body == CommitteeKind.WOMEN_COMMITTEE and (building.women_count or 0) < _count(
        parameters.WOMEN_COMMITTEE_MEMBERS.name, building
    ):
        return gettext("女职工较少，可由一名女职工委员代替。")
    if body != CommitteeKind.UNION_COMMITTEE and any(one.role == OfficerRole.ORGANISER for one in elected):
        return gettext("会员不足法定人数，设组织员即可。")
    return ""


def may_do_with_organiser(building: UnionBuilding, members: int) -> bool:
    return members < _count(parameters.COMMITTEE_MEMBERS.name, building)


def last_assembly(building: UnionBuilding) -> MemberAssembly | None:
    return building.assemblies.order_by("pk").last()


def _list(name: str, building: UnionBuilding) -> str:
    return str(parameters.value(name, building.unit, building.approved_on or clock.today()))


def _count(name: str, building: UnionBuilding) -> int:
    return int(parameters.value(name, building.unit, clock.today()))
