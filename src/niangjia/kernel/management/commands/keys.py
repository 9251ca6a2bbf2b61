"""`niangjia keys list | rotate | apply | retire`: the key ring for the operator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from niangjia.kernel import keys
from niangjia.kernel.fields import Unreadable, phases, rotation


class Command(BaseCommand):
    help = "list keys, rotate a purpose, apply the newest keys to all rows, retire a key that no row needs"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list")
        verbs.add_parser("rotate").add_argument("purpose", choices=keys.PURPOSES)
        apply = verbs.add_parser("apply")
        apply.add_argument("--wait", type=float, default=2 * phases.SECONDS_KNOWN)
        retire = verbs.add_parser("retire")
        retire.add_argument("purpose", choices=keys.PURPOSES)
        retire.add_argument("key")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        try:
            if verb == "list":
                self.list()
            elif verb == "rotate":
                self.rotate(options["purpose"])
            elif verb == "apply":
                self.apply(options["wait"])
            else:
                self.retire(options["purpose"], options["key"])
        except (keys.KeyProblem, Unreadable) as problem:
            raise CommandError(str(problem)) from None

    def list(self) -> None:
        for purpose in keys.PURPOSES:
            names = "  ".join(f"{key.name} {key.cipher}" for key in keys.ring(purpose))
            none = _("（首次使用时生成）")
            self.stdout.write(f"{purpose:8} {names or none}")

    def rotate(self, purpose: str) -> None:
        key = keys.rotate(purpose)
        self.stdout.write(
            _("%(purpose)s 的新密钥：%(id)s。请立即备份密钥文件夹。") % {"purpose": purpose, "id": key.name}
        )

    def apply(self, wait: float) -> None:
        for column in rotation.sealed_columns():
            self.stdout.write(
                _("%(column)s：重新加密 %(rows)s 行")
                % {"column": column.path, "rows": rotation.reseal(column)}
            )
        for index in rotation.blind_indexes():
            rotation.rotate_index(index, wait=wait)
            self.stdout.write(_("%(column)s：索引已使用最新密钥") % {"column": index.label})

    def retire(self, purpose: str, name: str) -> None:
        key = next((key for key in keys.ring(purpose) if key.name == name), None)
        if key is None:
            raise CommandError(
                _("%(purpose)s 没有名为 %(name)s 的密钥。") % {"purpose": purpose, "name": name}
            )
        if needed := self._needed_by(purpose, key):
            raise CommandError(_("这把密钥还不能停用：%(why)s") % {"why": needed})
        keys.retire(purpose, key.id)
        self.stdout.write(_("已停用 %(name)s；文件改名保留。") % {"name": name})

    def _needed_by(self, purpose: str, key: keys.Key) -> str:
        """Why the key must stay, or nothing."""
        if purpose == "index":
            labels = [index.label for index in rotation.blind_indexes()]
            settled = phases.settled_elsewhere(key, labels)
            return "" if settled else _("仍有索引使用它，请先运行 niangjia keys apply。")
        if purpose == "fields":
            rows = sum(rotation.rows_sealed_with(column, key) for column in rotation.sealed_columns())
            return (
                _("仍有 %(rows)s 行使用它，请先运行 niangjia keys apply。") % {"rows": rows} if rows else ""
            )
        return _("审计记录和文件永远需要写入时的密钥。")
