"""Lists and searches at a million members: middle keyset page, ID number, name prefix, each against its yardstick.

The ORM's objects are built; no page is rendered. Every query runs as the city's clerk, or as a clerk of one district.
"""

import json
import os
import sys
from collections.abc import Callable

import _measure
import city

MEMBERS = city.SIZES[-1]
TIMES = 40


def measure() -> dict[str, list[list[float]]]:
    """In the city named by the environment: milliseconds by name."""
    import django

    django.setup()

    from niangjia.kernel.access import Actor, Grant
    from niangjia.kernel.models import User
    from niangjia.membership import queries
    from niangjia.membership.access import MEMBERSHIP_CLERK
    from niangjia.membership.models import Member, Person
    from niangjia.organisation.models import UnionBody
    from niangjia.web.shell import keyset

    actor = Actor.of(User.objects.get(username="clerk"))
    district = UnionBody.objects.filter(level="county").order_by("path")[0]
    narrow = Actor(actor.user, (Grant(MEMBERSHIP_CLERK, district.pk, district.path),))
    person = Person.objects.get(pk=MEMBERS // 2)
    member = Member.objects.get(person=person)
    first = keyset.page(queries.members_visible_to(actor))
    assert first.after
    # The same list, begun at the union in the middle, gives out the way to go on from there.
    after = keyset.page(queries.members_visible_to(actor).filter(unit=member.unit_id), size=1).after
    id_number, surname = str(person.id_number), person.name[0]

    def search(who: Actor, words: str) -> Callable[[], object]:
        """As the list of members answers it."""
        return lambda: keyset.page(queries.listed(queries.members_matching(who, words)))

    bodies = {
        "get by primary key": lambda: Person.objects.get(pk=person.pk),
        "find by ID number": lambda: queries.person_by_id_number(id_number),
        "page 1, city": lambda: keyset.page(queries.listed(queries.members_visible_to(actor))),
        "middle page, city": lambda: keyset.page(
            queries.listed(queries.members_visible_to(actor)), after=after
        ),
        "page 1, district": lambda: keyset.page(queries.listed(queries.members_visible_to(narrow))),
        "find by name, district": lambda: queries.called(narrow, person.name),
        "find by pinyin, district": lambda: queries.called(narrow, person.pinyin[:5]),
        "find by initials, district": lambda: queries.called(narrow, person.initials),
        "search by surname, district": search(narrow, surname),
        "search by name, district": search(narrow, person.name),
        "search by pinyin, district": search(narrow, person.pinyin[:5]),
        "search by initials, district": search(narrow, person.initials),
        "search by the pinyin of one surname in a hundred, district": search(narrow, "zhang"),
        "search by pinyin, city": search(actor, person.pinyin[:5]),
        "search by ID number, city": search(actor, id_number),
    }
    return _measure.interleaved(bodies, TIMES)


def tell(report: _measure.Report, database: str, found: dict[str, list[list[float]]]) -> None:
    best = {name: _measure.best_p50(rounds) for name, rounds in found.items()}
    by_pk = best["get by primary key"]

    def ratio(name: str, yardstick: str, bar: float | None) -> None:
        report.add(
            f"{database}: {name} / {yardstick}",
            best[name] / best[yardstick],
            bar=bar,
            note=f"{best[name]:.2f} ms",
        )

    report.add(f"{database}: get by primary key, p50", by_pk, "ms")
    ratio("middle page, city", "page 1, city", 2)
    ratio("page 1, district", "page 1, city", 2)
    ratio("find by ID number", "get by primary key", 2)
    # Finding by a prefix is held against getting one row; the page that shows up to fifty, against a page of fifty.
    for name in ("find by name, district", "find by pinyin, district", "find by initials, district"):
        ratio(name, "get by primary key", 8)
    for name in found:
        if name.startswith("search"):
            ratio(name, "page 1, city", 4)
    # For what it is worth without a bar: up to fifty rows with union and employer are built, of which a key finds one.
    for name in ("page 1, city", "search by name, district", "search by pinyin, district"):
        ratio(name, "get by primary key", None)


def main(arguments: list[str]) -> int:
    if arguments == ["--now"]:
        print(json.dumps(measure()))
        return 0
    report = _measure.Report("queries")
    for database in city.reachable():
        tell(report, database, json.loads(city.ask("queries.py", city.standing(MEMBERS, database), "--now")))
    return report.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "_settings")
    sys.exit(main(sys.argv[1:]))
