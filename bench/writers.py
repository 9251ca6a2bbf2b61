"""One, four and eight processes writing at once: real steps of hardship files, every one committed and kept.

Each writer takes paper applications in and reviews them, through the product's own actions: a person found by ID
number, a number drawn from the one counter all writers share, file, audit entry and task, then the versioned step.
SQLite runs as in production (WAL, IMMEDIATE, `synchronous=FULL`). Afterwards every row is counted, so that nothing is
lost in silence. Each round has a fresh copy of the city.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import _measure
import city

MEMBERS = city.SIZES[0]
CREWS = (1, 4, 8)
STATEMENT = "父亲长期患病，治疗费用高，全家靠一人工资生活。"


def write(number: int, cases: int) -> dict[str, object]:
    """One writer in the city named by the environment; waits for a line on its input to begin."""
    import django

    django.setup()

    from niangjia.assistance.workflow import review, take_in
    from niangjia.kernel.access import Actor
    from niangjia.kernel.models import User
    from niangjia.membership.models import Person

    actor = Actor.of(User.objects.get(username=f"reviewer{number}"))
    people = Person.objects.filter(households=None, pk__gt=number * 1000).order_by("pk")[:cases]
    id_numbers = [str(person.id_number) for person in people]
    facts = {
        "cause": "illness",
        "household_size": 3,
        "yearly_income_amount": "21000",
        "rigid_spending_amount": "30000",
        "statement": STATEMENT,
        "consents_to_check": True,
        "consents_to_notice": True,
    }
    spent: list[float] = []
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.time()
    for id_number in id_numbers:
        started = time.perf_counter()
        file = take_in(actor=actor, id_number=id_number, **facts)
        between = time.perf_counter()
        review(file, actor=actor, version=file.version, category="deep")
        spent += [(between - started) * 1000, (time.perf_counter() - between) * 1000]
    return {"began": began, "ended": time.time(), "spent": spent}


def count(cases: int) -> dict[str, int]:
    """What the writers left behind, against what they were to do; all zero when nothing is lost."""
    import django

    django.setup()

    from niangjia.assistance.models import HardshipFile
    from niangjia.kernel import clock
    from niangjia.kernel.models import AuditEntry, Task
    from niangjia.kernel.numbering import Counter

    started_with = max(MEMBERS // 100, 120)
    files = HardshipFile.objects.filter(pk__gt=started_with)
    ids = list(files.values_list("pk", flat=True))
    entries = AuditEntry.objects.filter(object_type="assistance.hardshipfile", object_id__in=ids)
    counter = Counter.objects.get(series=f"hardship-file/{clock.today().year}")
    numbers = set(files.values_list("number", flat=True))
    return {
        "files": cases - len(ids),
        "versions": cases - files.filter(state="reviewed", version=3).count(),
        "numbers": cases - len(numbers),
        "counter": started_with + cases - counter.value,
        "audit entries": 2 * cases - entries.count(),
        "broken chains": _broken(entries),
        "open tasks": cases
        - Task.objects.filter(object_id__in=ids, closed_at=None, state="reviewed").count(),
    }


def _broken(entries: object) -> int:
    previous, broken = "", 0
    for entry in entries.order_by("object_id", "position"):  # type: ignore[attr-defined]
        broken += entry.mac != entry.expected_mac(previous if entry.position > 1 else "")
        previous = entry.mac
    return broken


def race(database: str, crew: int, cases: int) -> dict[str, object]:
    """One round: so many writers share so many cases."""
    surroundings = city.copied(MEMBERS, database, "_writers")
    script = str(Path(__file__))
    command = [sys.executable, script, "--cases", str(cases // crew)]
    writers = [
        subprocess.Popen(
            [*command, "--writer", str(number)],
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(1, crew + 1)
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    answers = [writer.communicate()[0] for writer in writers]
    errors = sum(writer.returncode != 0 for writer in writers)
    found = [json.loads(answer) for answer in answers if answer.strip()]
    done = cases // crew * crew
    seconds = max(one["ended"] for one in found) - min(one["began"] for one in found)
    lost = json.loads(city.ask("writers.py", surroundings, "--count", "--cases", str(done)))
    return {
        "errors": errors,
        "rate": 2 * done / seconds,
        "spent": [value for one in found for value in one["spent"]],
        "lost": sum(abs(value) for value in lost.values()),
    }


def tell(report: _measure.Report, database: str, rounds: dict[int, list[dict[str, object]]]) -> None:
    alone = max(float(one["rate"]) for one in rounds[1])  # type: ignore[arg-type]
    for crew, found in rounds.items():
        best = max(found, key=lambda one: float(one["rate"]))  # type: ignore[arg-type]
        rate, spent = float(best["rate"]), best["spent"]  # type: ignore[arg-type]
        note = " / ".join(f"{_measure.percentile(spent, share):.0f}" for share in (0.5, 0.95, 1))  # type: ignore[arg-type]
        report.add(
            f"{database}: {crew} writing, committed steps a second", rate, note=f"p50 / p95 / max {note} ms"
        )
        report.add(f"{database}: {crew} writing, errors", sum(one["errors"] for one in found), bar=0)  # type: ignore[misc]
        report.add(
            f"{database}: {crew} writing, rows lost or doubled", sum(one["lost"] for one in found), bar=0
        )  # type: ignore[misc]
        if crew > 1:
            report.add(f"{database}: {crew} writing / one writing", rate / alone, bar=0.5, at_least=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench writers", description=__doc__)
    parser.add_argument(
        "--cases", type=int, default=160, help="hardship files in a round, shared by its writers"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--writer", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--count", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.writer:
        print(json.dumps(write(options.writer, options.cases)))
        return 0
    if options.count:
        print(json.dumps(count(options.cases)))
        return 0
    report = _measure.Report("writers")
    for database in city.reachable():
        rounds: dict[int, list[dict[str, object]]] = {crew: [] for crew in CREWS}
        for _ in range(options.rounds):
            for crew in CREWS:
                rounds[crew].append(race(database, crew, options.cases))
        tell(report, database, rounds)
        city.remove(MEMBERS, database, "_writers")
    return report.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "_settings")
    sys.exit(main(sys.argv[1:]))
