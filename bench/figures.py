"""Figures at a million members: counting a month and two years, how long writers wait, and opening a dashboard.

The job runs as the worker runs it. Dashboards come from the real server, as in `pages`, over the whole city.
"""

import argparse
import json
import sys

import _measure
import city
import pages

MEMBERS = city.SIZES[-1]
P95_BAR = 100
HELD_BAR = 200
TIMES = 30
DASHBOARDS = {"organisation": "/figures/organisation/", "membership": "/figures/membership/"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench figures", description=__doc__)
    parser.add_argument("--database", choices=city.DATABASES, help="only this one")
    parser.add_argument("--members", type=int, choices=city.SIZES, default=MEMBERS)
    options = parser.parse_args(arguments)
    _measure.refuse_elsewhere()
    report = _measure.Report("figures")
    for database in [options.database] if options.database else city.reachable():
        measure(report, options.members, database)
    return report.close()


def measure(report: _measure.Report, members: int, database: str) -> None:
    name = f"{members:,} {database}"
    counted = json.loads(city.ask("_count.py", city.standing(members, database)))
    note = f"{counted['figures']:,} figures"
    report.add(f"{name}: counting 25 months", counted["whole"], "s", note=note)
    report.add(f"{name}: counting one month", counted["night"], "s")
    report.add(f"{name}: longest write", counted["held"], "ms", HELD_BAR)
    with pages.served(members, database) as one:
        one.addresses |= DASHBOARDS
        for _ in range(_measure.ROUNDS):
            for page in DASHBOARDS:
                one.measure(page, TIMES)
        for page in DASHBOARDS:
            note = f"p50 {one.p50(page):.1f} ms"
            report.add(f"{name}: {page} dashboard, p95", one.p95(page), "ms", P95_BAR, note=note)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
