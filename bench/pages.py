"""List, detail and inbox pages: CPU against a trivial view, a million members against ten thousand, Django's admin.

One client, signed in and warm, asks the real server (granian, WSGI, one worker, one thread) over one connection on
loopback. Cities and pages take turns. CPU is the server process's; PostgreSQL's own processes are not counted.
"""

import argparse
import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import _measure
import city

SMALL, LARGE = city.SIZES
CPU_BAR = 35
GROWTH_BARS = {"sqlite": 1.5, "postgresql": 2.5}
P95_BAR = 100
# A page that shows as much as it shows is held to its time alone.
LONG, LONG_BAR = "file of 200 events", 150
LEAST = 30


@dataclass
class Served:
    """A city with a server of its own."""

    members: int
    database: str
    process: subprocess.Popen[bytes]
    port: int
    session: str
    addresses: dict[str, str]
    cpu: dict[str, list[float]] = field(default_factory=dict)
    wall: dict[str, list[list[float]]] = field(default_factory=dict)

    def connect(self) -> None:
        self.client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, page: str) -> bytes:
        headers = {} if page == "trivial" else {"Cookie": f"sessionid={self.session}"}
        self.client.request("GET", self.addresses[page], headers=headers)
        answer = self.client.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"niangjia: {page} answered {answer.status} in {self}")
        return body

    def measure(self, page: str, times: int) -> None:
        """One round of one page, over a connection of its own: the server closes one that rests."""
        self.connect()
        self.get(page)
        before = _measure.cpu_of(self.process.pid)
        self.wall.setdefault(page, []).append(_measure.timed(lambda: self.get(page), times))
        spent = _measure.cpu_of(self.process.pid) - before
        self.cpu.setdefault(page, []).append(spent * 1000 / times)

    def best_cpu(self, page: str) -> float:
        return min(self.cpu[page])

    def p50(self, page: str) -> float:
        return _measure.best_p50(self.wall[page])

    def p95(self, page: str) -> float:
        return _measure.best_p95(self.wall[page])

    def __str__(self) -> str:
        return f"{self.members:,} {self.database}"


@contextmanager
def served(members: int, database: str) -> Iterator[Served]:
    surroundings = city.standing(members, database)
    scene = json.loads(city.ask("_scene.py", surroundings))
    port = free_port()
    command = [sys.executable, str(Path(__file__).parent / "_server.py"), str(port)]
    process = subprocess.Popen(command, env=surroundings)
    one = Served(members, database, process, port, scene["session"], scene["addresses"])
    try:
        wait_for(port)
        yield one
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("niangjia: the server did not come up")


def run(cities: list[Served], times: int, rounds: int) -> None:
    for one in cities:
        one.connect()
        for page in one.addresses:
            for _ in range(5):
                one.get(page)
    for _ in range(rounds):
        for page in cities[0].addresses:
            for one in cities:
                # The cheap one is asked oftener, so that its CPU is known as finely as the others'.
                one.measure(page, times * 10 if page == "trivial" else times)


def tell(cities: list[Served]) -> int:
    report = _measure.Report("pages")
    pages = [page for page in cities[0].addresses if page not in ("trivial", "admin")]
    for one in cities:
        trivial = one.best_cpu("trivial")
        report.add(f"{one}: trivial, CPU", trivial, "ms")
        for page in pages:
            cpu = one.best_cpu(page)
            if page == LONG:
                report.add(f"{one}: {page}, p50", one.p50(page), "ms", LONG_BAR, note=f"CPU {cpu:.2f} ms")
                continue
            report.add(f"{one}: {page}, CPU / trivial", cpu / trivial, bar=CPU_BAR, note=f"{cpu:.2f} ms")
            report.add(
                f"{one}: {page}, p95", one.p95(page), "ms", P95_BAR, note=f"p50 {one.p50(page):.1f} ms"
            )
        if "members" in pages:
            report.add(
                f"{one}: members, Django's admin / ours, CPU", one.best_cpu("admin") / one.best_cpu("members")
            )
            report.add(f"{one}: members, Django's admin / ours, p50", one.p50("admin") / one.p50("members"))
    known = {(one.members, one.database): one for one in cities}
    for database in city.DATABASES:
        small, large = known.get((SMALL, database)), known.get((LARGE, database))
        for page in pages if small and large else ():
            growth = large.p50(page) / small.p50(page)
            report.add(f"{database}: {page}, p50 at {LARGE:,} / {SMALL:,}", growth, bar=GROWTH_BARS[database])
    return report.close()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench pages", description=__doc__)
    parser.add_argument("--times", type=int, default=60, help="requests of each page in a round")
    parser.add_argument("--rounds", type=int, default=_measure.ROUNDS)
    parser.add_argument("--database", choices=city.DATABASES, help="only this one")
    parser.add_argument("--members", type=int, choices=city.SIZES, help="only this size; without growth")
    options = parser.parse_args(arguments)
    _measure.refuse_elsewhere()
    databases = [options.database] if options.database else city.reachable()
    with ExitStack() as stack:
        sizes = [options.members] if options.members else city.SIZES
        cities = [
            stack.enter_context(served(members, database)) for database in databases for members in sizes
        ]
        run(cities, max(options.times, LEAST), options.rounds)
        return tell(cities)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
