"""Official forms as PDF and Word, warm; a list of 100,000 members as a workbook, against `csv.writer`.

Every form is printed with facts of its own, as each worker's is: Typst remembers what it has set before. The export is
the list's own (query, masks, workbook); `csv.writer` is measured twice, with the same rows ready in memory, and fed by
the same query and masks.
"""

import csv
import io
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import _measure
import city

MEMBERS = 100_000
TIMES = 20
PDF_BAR, WORD_BAR, CSV_BAR = 50, 100, 8
EXPORT_ROUNDS = 3


def measure() -> dict[str, Any]:
    """In the city named by the environment."""
    import django

    django.setup()
    return {"forms": forms(), "export": export()}


def forms() -> dict[str, list[list[float]]]:
    from niangjia.assistance.models import HardshipFile
    from niangjia.assistance.papers import APPLICATION, HOME_VISIT
    from niangjia.kernel.documents import Copy, pdf, word
    from niangjia.membership.models import Person
    from niangjia.membership.papers import JOINING

    numbers = count(1)
    rows = {
        APPLICATION: HardshipFile.objects.first(),
        HOME_VISIT: HardshipFile.objects.last(),
        JOINING: Person.objects.first(),
    }

    def printed(template: Any, row: Any, render: Callable[..., bytes]) -> Callable[[], object]:
        source = template.typst if render is pdf else template.word

        def run() -> object:
            facts = template.facts(row, Copy(in_full=True))
            return render(source, replace(facts, number=f"KN2026{next(numbers):06}"))

        return run

    bodies = {
        f"{kind}, {template.name}": printed(template, row, render)
        for template, row in rows.items()
        for kind, render in (("PDF", pdf), ("Word", word))
    }
    return _measure.interleaved(bodies, TIMES)


def export() -> dict[str, Any]:
    from niangjia.kernel.access import Actor
    from niangjia.kernel.models import User
    from niangjia.kernel.sheets import write_rows
    from niangjia.web.shell import exports
    from niangjia.web.workbench import lists  # noqa: F401  declares them

    actor, members = Actor.of(User.objects.get(username="clerk")), exports.EXPORTS["members"]
    titles = [str(title) for title in members.titles]

    def rows() -> Iterator[Sequence[str]]:
        for row in members.rows(actor, exports.Asked()).iterator(exports.CHUNK):
            yield [exports.written(cell) for cell in members.cells(row)]

    ready = list(rows())
    assert len(ready) == MEMBERS, len(ready)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bodies: dict[str, Callable[[], object]] = {
        "workbook of ready rows": lambda: write_rows(io.BytesIO(), titles, ready, "会员名册"),
        "csv.writer of ready rows": lambda: csv.writer(io.StringIO()).writerows(ready),
        "the whole export": lambda: exports.write(members, actor, exports.Asked()),
        "csv.writer fed by the same query": lambda: csv.writer(io.StringIO()).writerows(rows()),
    }
    found = {name: [_measure.timed(body, 1) for _ in range(EXPORT_ROUNDS)] for name, body in bodies.items()}
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"times": found, "memory": (after - before) / 1024}


def tell(report: _measure.Report, found: dict[str, Any]) -> None:
    for name, rounds in found["forms"].items():
        bar = PDF_BAR if name.startswith("PDF") else WORD_BAR
        report.add(f"{name}, warm p50", _measure.best_p50(rounds), "ms", bar)
    best = {name: min(min(times) for times in rounds) for name, rounds in found["export"]["times"].items()}
    for name, yardstick, bar in (
        ("workbook of ready rows", "csv.writer of ready rows", CSV_BAR),
        ("the whole export", "csv.writer fed by the same query", CSV_BAR),
        ("the whole export", "csv.writer of ready rows", None),
    ):
        report.add(
            f"{MEMBERS:,} members: {name} / {yardstick}",
            best[name] / best[yardstick],
            bar=bar,
            note=f"{best[name] / 1000:.2f} s / {best[yardstick] / 1000:.2f} s",
        )
    report.add("memory beyond the rows held ready", found["export"]["memory"], "MB")


def main(arguments: list[str]) -> int:
    if arguments == ["--now"]:
        print(json.dumps(measure()))
        return 0
    report = _measure.Report("documents")
    tell(report, json.loads(city.ask("documents.py", city.standing(MEMBERS, "sqlite"), "--now")))
    return report.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "_settings")
    sys.exit(main(sys.argv[1:]))
