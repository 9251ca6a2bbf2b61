"""Moving a district of the tree (some 930 unions) against touching each of its 83,000 members once.

Both are committed. The district is moved under the province and back, which leaves the tree as it was; its members are
touched by one UPDATE of one column of their own table, which is what any path kept on members would cost.
"""

import json
import os
import sys
import time
from collections.abc import Callable

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
        moved = actions.move_union(district, actor=administrator, new_parent=target.pk)
        assert moved == len(unions), moved

    def touch() -> int:
        path = UnionBody.objects.values_list("path", flat=True).get(pk=district.pk)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Member._meta.db_table} SET employer_id = employer_id WHERE unit_id IN"
                f" (SELECT id FROM {UnionBody._meta.db_table} WHERE path >= %s AND path < %s)",
                [path, path + "~"],
            )
            return int(cursor.rowcount)

    found: dict[str, list[float]] = {"move": [], "touch": []}
    touched = 0
    for _ in range(_measure.ROUNDS):
        for target in (province, municipality):
            found["move"].append(seconds(lambda target=target: move(target)))
        started = time.perf_counter()
        touched = touch()
        found["touch"].append(time.perf_counter() - started)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM {Member._meta.db_table}")
                cursor.execute(f"VACUUM {UnionBody._meta.db_table}")
    return {"unions": len(unions), "members": touched, **found}


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
        move, touch = min(found["move"]), min(found["touch"])
        report.add(f"{database}: moving {found['unions']:,} unions", move * 1000, "ms")
        report.add(f"{database}: touching {found['members']:,} members", touch * 1000, "ms")
        report.add(f"{database}: move / touch", move / touch, bar=BAR)
    return report.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "_settings")
    sys.exit(main(sys.argv[1:]))
