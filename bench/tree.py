"""Moving a district of the tree (some 930 unions) against touching each of its 83,000 members once.

All are committed. The district is moved by the product's own action, checks, audit entry and all, under the province
and back, which leaves the tree as it was. Its members are touched by one UPDATE of their own table, in two ways:
rewriting a short indexed text, as a place kept on each member would need, and setting a column to the value it has.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import _measure
import city

MEMBERS = city.SIZES[-1]
BAR = 0.05


def measure() -> dict[str, object]:
    """In the city named by the environment: seconds of each, round by round."""
    import django

    django.setup()

    from django.db import connection, transaction

    from niangjia.kernel.access import Actor
    from niangjia.kernel.models import User
    from niangjia.membership.models import Member
    from niangjia.organisation import actions
    from niangjia.organisation.models import UnionBody

    administrator = Actor.of(User.objects.get(username="administrator"))
    province, municipality = UnionBody.objects.order_by("path")[:2]
    district = UnionBody.objects.filter(parent=municipality).order_by("path").last()
    assert district is not None
    below = UnionBody.objects.filter(path__startswith=district.path)
    unions = list(below.values_list("pk", flat=True))

    def move(target: UnionBody) -> None:
        moved = actions.move_union(district, actor=administrator, new_parent=str(target.public_id))
        assert moved == len(unions), moved

    def touch(change: str) -> None:
        path = UnionBody.objects.values_list("path", flat=True).get(pk=district.pk)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Member._meta.db_table} SET {change} WHERE unit_id IN"
                f" (SELECT id FROM {UnionBody._meta.db_table} WHERE path >= %s AND path < %s)",
                [path, path + "~"],
            )
            assert cursor.rowcount == members, cursor.rowcount

    members = Member.objects.filter(unit__in=unions).count()
    found: dict[str, list[float]] = {"move": [], "rewrite": [], "same": []}
    for _ in range(_measure.ROUNDS):
        for target in (province, municipality):
            found["move"].append(seconds(lambda target=target: move(target)))
        for change in ("number = 'M' || number", "number = substr(number, 2)"):
            found["rewrite"].append(seconds(lambda change=change: touch(change)))
        found["same"].append(seconds(lambda: touch("employer_id = employer_id")))
        tidy(connection, (Member, UnionBody))
    return {"unions": len(unions), "members": members, **found}


def tidy(connection: Any, tables: tuple[Any, ...]) -> None:
    """Dead rows of one round must not slow the next."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"VACUUM {table._meta.db_table}")


def seconds(body: Callable[[], None]) -> float:
    started = time.perf_counter()
    body()
    return time.perf_counter() - started


def main(arguments: list[str]) -> int:
    if arguments == ["--now"]:
        print(json.dumps(measure()))
        return 0
    report = _measure.Report("tree")
    for database in city.reachable():
        found = json.loads(city.ask("tree.py", city.standing(MEMBERS, database), "--now"))
        move, rewrite, same = (min(found[name]) for name in ("move", "rewrite", "same"))
        members = f"{found['members']:,} members"
        report.add(f"{database}: moving {found['unions']:,} unions", move * 1000, "ms")
        report.add(f"{database}: rewriting a text of {members}", rewrite * 1000, "ms")
        report.add(f"{database}: setting {members} to what they are", same * 1000, "ms")
        report.add(f"{database}: move / rewrite", move / rewrite, bar=BAR)
        report.add(f"{database}: move / same", move / same)
    return report.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "_settings")
    sys.exit(main(sys.argv[1:]))
