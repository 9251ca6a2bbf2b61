"""`niangjia worker`: runs background work until stopped; SIGTERM lets the current job finish."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from niangjia.kernel.errors import Refused
from niangjia.kernel.jobs.worker import Worker


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        ends = parser.add_mutually_exclusive_group()
        ends.add_argument("--once", action="store_true", help="run one due job, then stop")
        ends.add_argument("--stop-when-idle", action="store_true", help="run what is due, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, lambda *_: worker.stop())
        try:
            if options["once"] or options["stop_when_idle"]:
                worker.run_until_idle(limit=1 if options["once"] else None)
            else:
                worker.run()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
