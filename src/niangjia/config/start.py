"""`./run`: prepares the demo city, then keeps a server and a worker going on this machine until Ctrl-C."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException
from types import FrameType

from niangjia.config.processes import die_with_parent, refuse_taken_port

HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 20


class Stopped(Exception):
    """Ctrl-C, a closed terminal, or a service manager asks us to end."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default %(default)s)")
    port = parser.parse_args(arguments).port
    refuse_taken_port(HOST, port)
    os.environ["NIANGJIA_DEMO"] = "1"
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        from niangjia.config.prepare import prepare

        prepare(demo=True)
        return keep_going(port)
    except Stopped:
        return 0


def stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def keep_going(port: int) -> int:
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        children["server"] = spawn("serve", "--port", str(port))
        children["worker"] = spawn("worker")
        wait_for_answer(port, children)
        welcome(port)
        return wait_for_end(children)
    except Stopped:
        print("\nniangjia: stopping", flush=True)
        return 0
    finally:
        end(children)


def spawn(*words: str) -> subprocess.Popen[bytes]:
    """In a session of its own, so that Ctrl-C reaches only us and we end the children in order."""
    return subprocess.Popen(
        [sys.executable, "-m", "niangjia", *words],
        start_new_session=True,
        preexec_fn=partial(die_with_parent, os.getpid()),
    )


def wait_for_answer(port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    limit = time.monotonic() + SECONDS_TO_ANSWER
    while not answers(port):
        if time.monotonic() > limit or any(child.poll() is not None for child in children.values()):
            raise SystemExit("niangjia: did not come up; the reason stands above.")
        time.sleep(0.1)


def answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(port: int) -> None:
    from django.core.management import call_command

    print(f"\n  Niangjia 娘家   http://{HOST}:{port}/\n", flush=True)
    call_command("demo", "accounts")
    print("\n  Ctrl-C stops it.", flush=True)


def wait_for_end(children: dict[str, subprocess.Popen[bytes]]) -> int:
    """Sleeps until a child ends by itself, which it should not."""
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    for name, child in children.items():
        if child.poll() is not None:
            print(f"niangjia: the {name} ended by itself (status {child.returncode})", file=sys.stderr)
    return 1


def end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        child.terminate()
    limit = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        try:
            child.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
