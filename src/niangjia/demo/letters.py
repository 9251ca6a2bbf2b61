"""Letters of the demo city: federations have their marks, unions certify members and let them go with a letter."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from random import Random

from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import Places
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Letter, issue, void
from niangjia.kernel.forms import cleaned
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import MemberState
from niangjia.membership.models import Member
from niangjia.membership.papers import CERTIFICATE, TRANSFER
from niangjia.organisation import actions
from niangjia.organisation.models import UnionBody

MARKED_AFTER = timedelta(days=3)
# Letters begin once the first rosters are in.
FIRST_AFTER = timedelta(days=90)
PURPOSES = (
    "参加职工运动会",
    "办理职工书屋借书证",
    "子女申请金秋助学",
    "参加区职工技能竞赛",
    "申请职工疗休养",
)
REASONS = ("工作单位变动", "合同到期换单位", "随单位搬迁")
WRONG = "姓名下的单位写错，重新开具"
ONE_IN = 8


def plan(
    random: Random,
    agenda: Agenda,
    desks: Desks,
    places: Places,
    administrator: Callable[[], Actor],
    *,
    count: int,
    first: date,
    today: date,
) -> None:
    """So many letters; one in eight is written wrong, voided, and written again."""
    federations = [places.city, *(district.union for district in places.districts)]
    federations += [street.union for street in places.streets]
    agenda.add(first + MARKED_AFTER, partial(_mark, federations, administrator))
    begin = first + FIRST_AFTER
    kinds = cycle((CERTIFICATE, CERTIFICATE, TRANSFER))
    for number in range(count):
        day = begin + timedelta(days=random.randrange((today - begin).days))
        write = partial(_write, random, desks, next(kinds), number % ONE_IN == 0)
        agenda.add(calendar.add_working_days(day, 1) if number < count - 1 else today, write)


def _mark(unions: list[UnionBody], administrator: Callable[[], Actor]) -> None:
    for union in unions:
        actions.mark_union(union, actor=administrator(), document_mark=f"{union.name[0]}工")


def _write(random: Random, desks: Desks, letter: Letter, is_wrong: bool) -> None:
    members = Member.objects.filter(state=MemberState.ACTIVE).select_related("person", "unit", "employer")
    total = members.count()
    if not total:
        return
    member = members.order_by("pk")[random.randrange(total)]
    own = {member.person.user_id} if member.person.user_id else set()
    actor = desks.somebody(random, MEMBERSHIP_CLERK, member.unit, own)
    assert letter.form is not None
    given = {
        "addressee": "",
        "purpose": random.choice(PURPOSES),
        "reason": random.choice(REASONS),
        "dues_paid_until": calendar.add_months(clock.today(), -1).replace(day=1) - timedelta(days=1),
        "valid_days": 90,
    }
    asked = cleaned(letter.form(given))
    made = issue(letter, member, actor=actor, **asked)
    if is_wrong:
        void(made, actor=actor, reason=WRONG)
        issue(letter, member, actor=actor, **asked)
