"""Nothing outlives what started it, however that ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

SECONDS = 60


def within_time(condition: Callable[[], bool], seconds: float = SECONDS) -> bool:
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def descendants(pid: int) -> set[int]:
    children = {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    return children.union(*(descendants(child) for child in children))


def alive(pid: int) -> bool:
    """A zombie that waits for its new parent has ended all the same."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


NIANGJIA = [sys.executable, "-m", "niangjia"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The surroundings of a fresh installation of its own."""
    surroundings = {name: text for name, text in os.environ.items() if not name.startswith("NIANGJIA_")}
    surroundings["NIANGJIA_HOME"] = str(tmp_path_factory.mktemp("home"))
    surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    subprocess.run([*NIANGJIA, "prepare"], env=surroundings, check=True)
    return surroundings


@pytest.fixture
def server(home: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([*NIANGJIA, "serve", "--port", str(port)], env=home)
    try:
        assert within_time(lambda: listens(port) and len(descendants(process.pid)) >= 2)
        yield process
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    with closing(socket.socket()) as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def first_page(port: int) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as caller:
        caller.request("GET", "/")
        with caller.getresponse() as answer:
            return answer.status


@pytest.mark.slow
def test_it_serves_and_ends_when_asked(server: subprocess.Popen[bytes], port: int) -> None:
    assert first_page(port) == 200
    serving = descendants(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(SECONDS) == 0
    assert not any(alive(pid) for pid in serving)


@pytest.mark.slow
def test_a_killed_server_leaves_no_serving_process(server: subprocess.Popen[bytes], port: int) -> None:
    assert first_page(port) == 200
    serving = descendants(server.pid)
    server.kill()
    assert within_time(lambda: not any(alive(pid) for pid in serving))


PARENT = """
import os, sys, time
from niangjia.config.start import fork

child = fork("sleeper", lambda: time.sleep(60))
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_forked_child_ends_when_its_parent_is_killed() -> None:
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, env=surroundings)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    assert within_time(lambda: not alive(child), 10)
