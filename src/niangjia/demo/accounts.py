"""The table of demo accounts that `./run` prints."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from niangjia.demo.staff import ACCOUNTS, PASSWORD
from niangjia.demo.workers import WORKERS
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.users import User
from niangjia.kernel.workflow.tasks import on_desk_of
from niangjia.membership.models import Person
from niangjia.membership.queries import person_by_phone
from niangjia.organisation.queries import posts_held_by

Row = Sequence[str]


def table() -> Iterator[str]:
    """Lines of text: staff with what waits on their desks, then workers."""
    yield _("工作台（登录名和密码，密码都是 %s）：") % PASSWORD
    yield from _aligned([(_("登录名"), _("姓名"), _("岗位"), _("工会"), _("待办"), _("先试试")), *_staff()])
    yield ""
    yield _("职工端（手机号和验证码，验证码显示在本窗口的日志里）：")
    yield from _aligned([(_("手机号"), _("姓名"), _("工会"), _("先试试")), *_workers()])


def _staff() -> Iterator[Row]:
    users = {user.username: user for user in User.objects.filter(username__in=[a.username for a in ACCOUNTS])}
    for account in ACCOUNTS:
        user = users[account.username]
        posts = list(posts_held_by(user, clock.today()))
        duties = _("、").join(str(post.duty_label) for post in posts)
        units = _("、").join(dict.fromkeys(post.unit.name for post in posts))
        waiting = str(on_desk_of(Actor.of(user)).count())
        yield user.username, user.name, duties, units, waiting, str(account.first)


def _workers() -> Iterator[Row]:
    for worker in WORKERS:
        person: Person | None = person_by_phone(worker.phone)
        if person is not None:
            yield worker.phone, person.name, person.unit.name, str(worker.first)


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield ("  " + "  ".join(cells)).rstrip()


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
