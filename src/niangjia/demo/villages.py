"""Two villages that the last county helps: one first secretary followed another, mushrooms and kiwis, a dividend."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, VILLAGE_OFFICER
from niangjia.assistance.models import PairedVillage, VillageDividend, VillagePosting
from niangjia.assistance.villages import dividends, postings, workflow
from niangjia.assistance.villages.kinds import IndustryKind, PostingRole, WorkRole
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.places import District, Places
from niangjia.demo.stories import Calendar
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.users import User
from niangjia.organisation.models import Post

FIRST, SECOND = "坪上村", "溪尾村"
BASIS = "县委、县政府结对帮扶安排（演示）"
ORDER = "县委组织部驻村干部选派通知（演示）"
MUSHROOMS = {"name": "食用菌大棚", "kind": IndustryKind.PLANTING, "area_mu": 40, "households": 26}
KIWIS = {"name": "猕猴桃", "kind": IndustryKind.PLANTING, "area_mu": 200, "households": 64}
DIVIDEND: Any = {"amount": "131600", "households": 88, "evidence": "村集体分红方案和发放表，在村委会档案柜"}
# The account of the demo that lives in the first village.
SECRETARY = "village"
FINDINGS = "山地多、水田少，林下湿润，宜种食用菌和猕猴桃；青壮年外出多，村集体没有收入。"
# Working days before today, village, document, yuan.
MONEY = (
    (200, FIRST, "县总工会拨款通知（演示）3 号", "100000"),
    (196, SECOND, "县总工会拨款通知（演示）4 号", "200000"),
)
WORK = (
    (240, "before", WorkRole.ADVISER, "和村两委走遍各组，定下先种食用菌。"),
    (150, "before", WorkRole.LIAISON, "请县农技站来讲菌棒接种，联系两家收购商。"),
    (96, "now", WorkRole.ADVISER, "清点林地，把猕猴桃园连成片。"),
    (40, "now", WorkRole.LIAISON, "与县里超市签下鲜菇代销。"),
    (6, "now", WorkRole.SERVICE, "帮各组登记用水，修好两处水渠。"),
)


def plan(random: Random, agenda: Agenda, desks: Desks, places: Places, days: Calendar) -> None:
    story = Story(random, desks, places.districts[-1])
    others = Post.objects.filter(unit=story.union, duty=VILLAGE_OFFICER.name).order_by("pk")
    before, waiting = (post.user for post in others.exclude(user__username=SECRETARY).select_related("user"))
    now = User.objects.get(username=SECRETARY)
    who = {"before": before, "now": now}
    deeds: Sequence[tuple[int, Callable[[], object]]] = (
        (280, partial(story.pair, FIRST, 30)),
        (280, partial(story.pair, SECOND, 42)),
        (276, partial(story.propose, before)),
        (273, partial(story.approve, before)),
        (262, partial(story.survey, before)),
        (255, partial(story.grow, before, MUSHROOMS, started=False)),
        (228, partial(story.grow, before, MUSHROOMS)),
        (118, partial(story.propose, now)),
        (115, partial(story.approve, now)),
        (90, partial(story.grow, now, KIWIS)),
        (30, story.share),
        (27, story.confirm),
        (4, partial(story.propose, waiting, SECOND)),
    )
    for number, deed in deeds:
        agenda.add(days.before(number), deed)
    for number, name, document, amount in MONEY:
        agenda.add(days.before(number), partial(story.fund, name, document, amount))
    for number, name, role, detail in WORK:
        agenda.add(days.before(number), partial(story.work, who[name], role, detail))


class Story:
    """What happens in the villages; each deed looks its row up by what it is called."""

    def __init__(self, random: Random, desks: Desks, county: District) -> None:
        self.random = random
        self.desks = desks
        self.union = county.union
        self.town = county.streets[0].union.region

    def pair(self, name: str, distance_km: int) -> None:
        workflow.pair(
            actor=self._at(CENTRE_CLERK),
            union=self.union.number,
            town=self.town.code,
            name=name,
            distance_km=distance_km,
            basis=BASIS,
            **_term(36),
        )

    def propose(self, officer: User, name: str = FIRST) -> None:
        postings.propose(
            actor=self._at(CENTRE_CLERK),
            village=_village(name).number,
            officer=officer.username,
            role=PostingRole.FIRST_SECRETARY,
            basis=ORDER,
            **_term(24),
        )

    def approve(self, officer: User) -> None:
        postings.approve(_posting(officer), actor=self._at(APPROVER))

    def survey(self, officer: User) -> None:
        facts: Any = {"surveyed_on": _today(), "households": 312, "findings": FINDINGS}
        workflow.record_survey(_village(), actor=self.desks.actor(officer), **facts)

    def grow(self, officer: User, facts: Any, started: bool = True) -> None:
        day = _today() if started else ""
        workflow.record_industry(_village(), actor=self.desks.actor(officer), **facts, started_on=day)

    def fund(self, name: str, document: str, amount: str) -> None:
        said: Any = {"document": document, "given_on": _today(), "amount": amount}
        workflow.record_funding(_village(name), actor=self._at(CENTRE_CLERK), **said)

    def work(self, officer: User, role: WorkRole, detail: str) -> None:
        said: Any = {"done_on": _today(), "role": role, "detail": detail}
        postings.record_work(_posting(officer), actor=self.desks.actor(officer), **said)

    def share(self) -> None:
        year = clock.today().year - 1
        actor = self._at(CENTRE_CLERK)
        dividends.record(actor=actor, village=_village().number, year=year, **DIVIDEND)

    def confirm(self) -> None:
        row = VillageDividend.objects.select_related(*dividends.village_dividend.related).get()
        dividends.confirm(row, actor=self._at(APPROVER))

    def _at(self, duty: Duty) -> Actor:
        return self.desks.somebody(self.random, duty, self.union)


def _village(name: str = FIRST) -> PairedVillage:
    return PairedVillage.objects.select_related(*workflow.paired_village.related).get(name=name)


def _posting(officer: User) -> VillagePosting:
    return VillagePosting.objects.select_related(*postings.village_posting.related).get(officer=officer)


def _term(months: int) -> Any:
    return {"from_on": _today(), "until_on": calendar.add_months(clock.today(), months).isoformat()}


def _today() -> str:
    return clock.today().isoformat()
