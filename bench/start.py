"""Starting: from a fresh clone to the first page, then a second time; and building the demo city by itself.

A copy of the committed tree is started by its own `./run` in `var/bench/start`: environment, packages (from wherever
pip or uv gets them, so a slow line shows here), database, demo city, server. What is there is thrown away first.
"""

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import _measure

PLACE = _measure.ROOT / "var" / "bench" / "start"
COLD_BAR, SECOND_BAR, DEMO_BAR = 120, 5, 60
PATIENCE = 900


def fresh_copy() -> None:
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    archive = subprocess.Popen(["git", "archive", "HEAD"], cwd=_measure.ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(PLACE)], stdin=archive.stdout, check=True)
    if archive.wait():
        sys.exit("niangjia: this benchmark starts a committed tree, so it needs the repository and git.")


def surroundings(home: str) -> dict[str, str]:
    """A newcomer's: nothing of ours is set, the caller's package mirror and proxy are."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NIANGJIA_", "DJANGO_", "PYTHON"))
    }
    return {**kept, "NIANGJIA_HOME": str(PLACE / home)}


def seconds_to_first_page() -> float:
    """Start, wait for a page, stop."""
    port = free_port()
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, str(PLACE / "run"), "--port", str(port)],
        env=surroundings("var"),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not answers(port):
            if process.poll() is not None or time.monotonic() - started > PATIENCE:
                sys.exit("niangjia: the copy did not start; the reason stands above.")
            time.sleep(0.05)
        return time.monotonic() - started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def answers(port: int) -> bool:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        caller.request("GET", "/")
        return caller.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        caller.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def seconds_to_build_demo() -> float:
    run = [sys.executable, str(PLACE / "run")]
    subprocess.run([*run, "prepare"], env=surroundings("other"), check=True, stdout=subprocess.DEVNULL)
    started = time.monotonic()
    subprocess.run([*run, "demo", "build"], env=surroundings("other"), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench start", description=__doc__)
    parser.add_argument("--again", type=int, default=3, help="how many second starts; the best counts")
    options = parser.parse_args(arguments)
    report = _measure.Report("start")
    fresh_copy()
    report.add("first start, from a fresh clone to the first page", seconds_to_first_page(), "s", COLD_BAR)
    again = min(seconds_to_first_page() for _ in range(options.again))
    report.add("second start, to the first page", again, "s", SECOND_BAR)
    report.add("demo city, built by itself", seconds_to_build_demo(), "s", DEMO_BAR)
    shutil.rmtree(PLACE)
    return report.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
