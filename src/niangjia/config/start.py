"""`./run`: prepares the demo city, then keeps a server and a worker going on this machine until Ctrl-C.

Both are forked from here, with Django loaded once: they start at once and share their memory.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException
from multiprocessing import connection, get_context
from multiprocessing.context import ForkProcess
from types import FrameType

from niangjia.config.processes import die_with_parent, refuse_taken_port

HOST = "127.0.0.1"
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 20
WISHES_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Ctrl-C, a closed terminal, or a service manager asks us to end."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default %(default)s)")
    port = parser.parse_args(arguments).port
    refuse_taken_port(HOST, port)
    os.environ["NIANGJIA_DEMO"] = "1"
    for wish in WISHES_TO_STOP:
        signal.signal(wish, stop)
    try:
        from niangjia.config.prepare import prepare

        prepare(demo=True)
        return keep_going(port)
    except Stopped:
        return 0


def stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def keep_going(port: int) -> int:
    from django.core.management import call_command
    from django.db import connections

    from niangjia.config.serve import serve

    # Each process opens its own.
    connections.close_all()
    children: list[ForkProcess] = []
    try:
        children.append(fork("server", partial(serve, HOST, port, workers=2, threads=4)))
        children.append(fork("worker", partial(call_command, "worker")))
        wait_for_answer(port, children)
        welcome(port)
        return wait_for_end(children)
    except Stopped:
        print("\nniangjia: stopping", flush=True)
        return 0
    finally:
        end(children)


def fork(name: str, body: Callable[[], object]) -> ForkProcess:
    child = get_context("fork").Process(name=name, target=live, args=(os.getpid(), body))
    child.start()
    return child


def live(parent: int, body: Callable[[], object]) -> None:
    """In a session of its own, so that Ctrl-C reaches only the parent, which ends its children in order."""
    os.setsid()
    for wish in WISHES_TO_STOP:
        signal.signal(wish, signal.SIG_DFL)
    die_with_parent(parent)
    body()


def wait_for_answer(port: int, children: Sequence[ForkProcess]) -> None:
    limit = time.monotonic() + SECONDS_TO_ANSWER
    while (status := answer(port)) is None:
        if time.monotonic() > limit or not all(child.is_alive() for child in children):
            raise SystemExit("niangjia: did not come up; the reason stands above.")
        time.sleep(0.1)
    if status >= 500:
        raise SystemExit("niangjia: came up, but its first page fails; the reason stands above.")


def answer(port: int) -> int | None:
    """The status of the first page; None while nobody answers."""
    caller = HTTPConnection(HOST, port, timeout=5)
    try:
        caller.request("GET", "/")
        return caller.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        caller.close()


def welcome(port: int) -> None:
    from django.core.management import call_command

    print(f"\n  Niangjia 娘家   http://{HOST}:{port}/\n", flush=True)
    call_command("demo", "accounts")
    print("\n  Ctrl-C stops it.", flush=True)


def wait_for_end(children: Sequence[ForkProcess]) -> int:
    """Sleeps until a child ends by itself, which it should not."""
    connection.wait([child.sentinel for child in children])
    for child in children:
        if not child.is_alive():
            print(f"niangjia: the {child.name} ended by itself (status {child.exitcode})", file=sys.stderr)
    return 1


def end(children: Sequence[ForkProcess]) -> None:
    for wish in WISHES_TO_STOP:
        signal.signal(wish, signal.SIG_IGN)
    for child in children:
        child.terminate()
    limit = time.monotonic() + SECONDS_TO_STOP
    for child in children:
        child.join(max(0.1, limit - time.monotonic()))
        if child.is_alive():
            child.kill()
            child.join()
