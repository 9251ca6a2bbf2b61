"""政策找人 at 60,000 households and 1,000,000 persons with twenty schemes: the first night, and one without news."""

import argparse
import json
import sys

import _measure
import city

MEMBERS = city.SIZES[-1]
BAR = 60


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench entitled", description=__doc__)
    parser.add_argument("--database", choices=city.DATABASES, help="only this one")
    parser.add_argument("--members", type=int, choices=city.SIZES, default=MEMBERS)
    options = parser.parse_args(arguments)
    _measure.refuse_elsewhere()
    report = _measure.Report("entitled")
    for database in [options.database] if options.database else city.reachable():
        measure(report, options.members, database)
    return report.close()


def measure(report: _measure.Report, members: int, database: str) -> None:
    """In a working copy, since it writes."""
    found = json.loads(city.ask("_look.py", city.copied(members, database, "_look")))
    name = f"{found['people']:,} people, {found['households']:,} households, {found['schemes']} schemes, {database}"
    for refusal in found["refused"]:
        print(f"niangjia: {refusal}")
    note = f"CPU {found['first_cpu']:.1f} s, {found['proposals']:,} written, {found['megabytes']:.0f} MB"
    report.add(f"{name}: first night", found["first"], "s", BAR, note=note)
    note = f"CPU {found['again_cpu']:.1f} s"
    report.add(f"{name}: a night without news", found["again"], "s", BAR, note=note)
    report.add(f"{name}: written without news", found["written_again"], "rows", 0)
    city.remove(members, database, "_look")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
