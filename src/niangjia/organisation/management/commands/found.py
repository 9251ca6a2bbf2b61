"""`niangjia found` begins a real installation: the topmost union, and its first administrator with a password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK
from niangjia.kernel.errors import Refused
from niangjia.organisation import actions
from niangjia.organisation.kinds import UnionKind, UnionLevel
from niangjia.organisation.regions import NATION, level_of

# What a federation is called at each level of the regions.
KINDS = {
    UnionLevel.NATION: UnionKind.NATIONAL_FEDERATION,
    UnionLevel.PROVINCE: UnionKind.PROVINCIAL_FEDERATION,
    UnionLevel.CITY: UnionKind.CITY_FEDERATION,
    UnionLevel.COUNTY: UnionKind.COUNTY_FEDERATION,
    UnionLevel.TOWN: UnionKind.TOWN_FEDERATION,
}


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--union", required=True, help="the union's name, such as 某某市总工会")
        parser.add_argument("--region", default=NATION, help="12 digits of GB/T 2260 and town codes")
        parser.add_argument("--number", default="GH-000001", help="what people quote")
        parser.add_argument("--username", required=True, help="the administrator's login")
        parser.add_argument("--name", required=True, help="the administrator's name")

    def handle(self, *args: Any, **options: Any) -> None:
        level = UnionLevel(level_of(options["region"]).value)
        try:
            with transaction.atomic():
                user, password = actions.open_account(
                    actor=CLOCK, username=options["username"], name=options["name"]
                )
                union = actions.plant_root(
                    administrator=user,
                    name=options["union"],
                    number=options["number"],
                    kind=KINDS[level],
                    level=level,
                    region=options["region"],
                    founded_on=clock.today().isoformat(),
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            _("已建立“%(union)s”。组织管理员%(name)s：登录名 %(username)s，初始密码 %(password)s。")
            % {"union": union.name, "name": user.name, "username": user.username, "password": password}
        )
        self.stdout.write(_("密码只显示这一次；登录后请先启用第二因素，再修改密码。"))
