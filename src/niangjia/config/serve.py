"""Answers requests: granian in front, WSGI behind. Demo data never leaves this machine."""

import argparse
import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import django
from django.conf import settings

from niangjia.config.prepare import unapplied_migrations
from niangjia.config.processes import die_with_parent, is_loopback, refuse_taken_port


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="niangjia serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes, one a core (default %(default)s)")
    parser.add_argument("--threads", type=int, default=4, help="threads in each (default %(default)s)")
    options = parser.parse_args(arguments)
    refuse_taken_port(options.host, options.port)
    django.setup()
    refuse_unready_database(options.host)
    serve(options.host, options.port, options.workers, options.threads)


def refuse_unready_database(host: str) -> None:
    from django.db import connections

    from niangjia.demo.queries import demo_city

    if waiting := unapplied_migrations():
        raise SystemExit(f"niangjia: the database lacks {len(waiting)} migrations; first `./run prepare`.")
    if not is_loopback(host) and (settings.DEMO or demo_city() is not None):
        raise SystemExit(
            f"niangjia: demo data is served on this machine only, not on {host}: its passwords are public. "
            "Start on 127.0.0.1, or name an empty database by NIANGJIA_DATABASE and unset NIANGJIA_DEMO."
        )
    # The serving processes are forked from this one and must not inherit its connection.
    connections.close_all()


def serve(host: str, port: int, workers: int, threads: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "niangjia.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)


def load(parent: int) -> Callable[..., Any]:
    """Runs in each serving process: it must not outlive the one that started it."""
    die_with_parent(parent)
    from niangjia.config.wsgi import application

    return application
