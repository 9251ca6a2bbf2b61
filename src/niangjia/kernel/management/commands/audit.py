"""`niangjia audit verify` proves the trail, `niangjia audit anchor` seals what is new."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from niangjia.kernel.audit import anchors
from niangjia.kernel.audit.verify import verify


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["verify", "anchor"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "anchor":
            made = anchors.anchor()
            self.stdout.write(_("已锚定 %d 条审计记录。") % made.count if made else _("没有新的审计记录。"))
            return
        report = verify()
        for finding in report.findings:
            self.stdout.write(f"✗ {finding.sentence}")
        self.stdout.write(
            _("核对 %(entries)d 条记录、%(anchors)d 个锚点，发现 %(wrong)d 处问题；尚未锚定 %(open)d 条。")
            % {
                "entries": report.entries,
                "anchors": report.anchors,
                "wrong": len(report.findings),
                "open": report.unanchored,
            }
        )
        if not report.is_sound:
            raise SystemExit(1)
