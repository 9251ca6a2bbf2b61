"""`niangjia keys list | rotate <purpose>`: the key ring for the operator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from niangjia.kernel import keys


class Command(BaseCommand):
    help = "list the keys, or rotate one purpose (fields, index, audit, files)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list")
        verbs.add_parser("rotate").add_argument("purpose", choices=keys.PURPOSES)

    def handle(self, *args: Any, verb: str, purpose: str = "", **options: Any) -> None:
        try:
            self.list() if verb == "list" else self.rotate(purpose)
        except keys.KeyProblem as problem:
            raise CommandError(str(problem)) from None

    def list(self) -> None:
        for purpose in keys.PURPOSES:
            ring = keys.ring(purpose)
            names = "  ".join(key.name for key in ring) or _("（首次使用时生成）")
            self.stdout.write(f"{purpose:8} {names}")

    def rotate(self, purpose: str) -> None:
        key = keys.rotate(purpose)
        self.stdout.write(
            _("%(purpose)s 的新密钥：%(id)s。请立即备份密钥文件夹。") % {"purpose": purpose, "id": key.name}
        )
