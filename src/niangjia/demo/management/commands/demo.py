"""`niangjia demo build` makes the demo city, `demo accounts` says who you may be in it, `demo export` writes it out."""

import logging
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from niangjia.demo import accounts, build, export
from niangjia.demo.queries import demo_city
from niangjia.demo.scale import SCALES
from niangjia.kernel import clock
from niangjia.kernel.errors import Refused


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["build", "accounts", "export"])
        parser.add_argument(
            "--seed", type=int, default=7, help="build: another city of the same kind (default 7)"
        )
        parser.add_argument("--scale", choices=sorted(SCALES), default="full", help="build: how much of it")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            default=None,
            help="build: the day on which it ends (default today)",
        )
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default=settings.LANGUAGE_CODE
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            getattr(self, options["verb"])(options)

    def build(self, options: dict[str, Any]) -> None:
        if demo_city() is not None:
            self.stdout.write(_("演示城市已经建好，无需再建。"))
            return
        self._tell(_("正在建演示城市，大约需要一分钟"))
        # A hundred jobs of two years say nothing that the months do not.
        logging.getLogger("niangjia.jobs").setLevel(logging.WARNING)
        today = options["today"] or clock.today()
        try:
            build.build(options["seed"], SCALES[options["scale"]], today, self._tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def accounts(self, options: dict[str, Any]) -> None:
        self._must_stand()
        for line in accounts.table():
            self.stdout.write(line)

    def export(self, options: dict[str, Any]) -> None:
        self._must_stand()
        for line in export.lines():
            self.stdout.write(line)

    def _tell(self, sentence: str) -> None:
        self.stdout.write(f"niangjia: {sentence}")
        self.stdout.flush()

    def _must_stand(self) -> None:
        if demo_city() is None:
            raise CommandError(_("这个数据库里没有演示城市。请先运行 `./run demo build`。"))
