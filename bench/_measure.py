"""Measuring and telling: interleaved rounds, percentiles, CPU of processes, a table and a JSON file.

The machine may be shared, so wall times and rates are the best of several rounds taken in turn, and bars are ratios
of two things measured in the same run wherever a ratio says what is meant.
"""

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"
ROUNDS = 5


@dataclass(frozen=True)
class Line:
    """One measured value. With a `bar` it passes when the value is at most (or, `at_least`, at least) the bar."""

    what: str
    value: float
    unit: str = ""
    bar: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def passed(self) -> bool | None:
        if self.bar is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar


@dataclass
class Report:
    """Collects lines, prints them as a table, writes them to `bench/results/NAME.json`."""

    name: str
    lines: list[Line] = field(default_factory=list)

    def add(self, what: str, value: float, unit: str = "", bar: float | None = None, **more: object) -> None:
        self.lines.append(Line(what, value, unit, bar, **more))  # type: ignore[arg-type]

    def close(self) -> int:
        """The exit status: 1 when a bar was missed."""
        width = max((_width(line.what) for line in self.lines), default=0)
        print(f"\n{'what':{width}}  {'value':>14}  {'bar':>10}")
        for line in self.lines:
            verdict = {None: "", True: "pass", False: "FAIL"}[line.passed]
            bar = "" if line.bar is None else f"{'≥' if line.at_least else '≤'} {_figure(line.bar)}"
            value = f"{_figure(line.value)} {line.unit}".strip()
            print(f"{line.what:{width}}  {value:>14}  {bar:>10}  {verdict:4} {line.note}".rstrip())
        self._write()
        return 1 if any(line.passed is False for line in self.lines) else 0

    def _write(self) -> None:
        RESULTS.mkdir(parents=True, exist_ok=True)
        content = {
            "name": self.name,
            "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
            "machine": machine(),
            "lines": [{**asdict(line), "passed": line.passed} for line in self.lines],
        }
        path = RESULTS / f"{self.name}.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(number, 1) for number in os.getloadavg()],
    }


def _width(text: str) -> int:
    return len(text)


def _figure(number: float) -> str:
    if number == int(number) and abs(number) < 1e9:
        return f"{int(number):,}"
    return f"{number:.4f}" if abs(number) < 0.1 else f"{number:,.2f}"


def percentile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def timed(body: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of so many calls."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        body()
        found.append((time.perf_counter() - started) * 1000)
    return found


def interleaved(
    bodies: Mapping[str, Callable[[], object]], times: int, rounds: int = ROUNDS
) -> dict[str, list[list[float]]]:
    """Per name, per round, the milliseconds of each call; all names take their turn in every round."""
    found: dict[str, list[list[float]]] = {name: [] for name in bodies}
    for body in bodies.values():
        timed(body, 2)
    for _ in range(rounds):
        for name, body in bodies.items():
            found[name].append(timed(body, times))
    return found


def best_p50(rounds: Iterable[list[float]]) -> float:
    return min(percentile(values, 0.5) for values in rounds)


def best_p95(rounds: Iterable[list[float]]) -> float:
    return min(percentile(values, 0.95) for values in rounds)


def cpu_of(pid: int) -> float:
    """CPU seconds, to the nanosecond, of a process, its threads and all its descendants. Linux only."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
        for child in (task / "children").read_text().split():
            total += int(cpu_of(int(child)) * 1e9)
    return total / 1e9


def refuse_elsewhere() -> None:
    if sys.platform != "linux":
        sys.exit("niangjia: this benchmark reads /proc and runs on Linux only.")
