"""A little of everything for every page to show, and who looks at it."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from niangjia.assistance import actions as assistance
from niangjia.assistance.circumstances.actions import add_member
from niangjia.assistance.consents import HOSPITAL_ROSTER
from niangjia.assistance.kinds import State
from niangjia.assistance.provisions.roster import send_roster
from niangjia.kernel import clock, tokens
from niangjia.kernel.access import DUTIES, Actor
from niangjia.kernel.calendar import seed_calendar
from niangjia.kernel.documents import issue
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.models import Job
from niangjia.kernel.jobs.running import run_next
from niangjia.membership.consents import actions as consents
from niangjia.membership.duplicates.workflow import propose
from niangjia.membership.figures import MEMBERS
from niangjia.membership.papers import CERTIFICATE
from niangjia.membership.workflow import applications, transfers
from niangjia.organisation.actions import publish_figure
from niangjia.organisation.models import SpecialHours
from niangjia.web.jobs import export_list
from niangjia.web.shell.identity import PHONE
from tests.browser.benefited import Benefited
from tests.browser.building import a_union_on_its_way
from tests.browser.conftest import open_session
from tests.browser.helped import Helped
from tests.browser.passkey import a_passkey
from tests.browser.photos import a_photo
from tests.cast import (
    a_cell,
    a_committee,
    a_delegation,
    a_point,
    a_post,
    a_tree,
    a_user,
    an_employer,
    an_officer,
)
from tests.families import Path, a_worker
from tests.membership.rosters import a_line, sent, workbook
from tests.memberships import a_stranger, an_application
from tests.notices.lists import Listing
from tests.twins import twins

# Hardship files in these states look unlike one another, to the desk and to their workers.
TOLD_APART = (State.APPLIED, State.ON_NOTICE, State.FILED, State.DECLINED, State.RENEWAL, State.EXITED)


class Samples:
    """Built on a fixed day, each row the proper way."""

    def __init__(self) -> None:
        seed_calendar()
        self.tree = a_tree()
        self.visitors: dict[str, Actor | None] = {
            "staff": self._all_duties("沈望川"),
            "staff with keys": self._all_duties("林知秋"),
        }
        self._at_work()
        self._files()
        self.helped = Helped(self.tree, self.visitors)
        self._twins()
        self.building, self.building_employer, self.building_paper = a_union_on_its_way(self.tree)
        self.benefited = Benefited(self.tree, self.visitors)
        self._letters()
        self._keys()
        self._figures()
        self.visitors["newcomer"] = self._newcomer()
        self.visitors["stranger"] = None
        self.sessions = {
            name: open_session(actor, PHONE if "worker" in name else "") if actor else ""
            for name, actor in self.visitors.items()
        }

    def _all_duties(self, name: str) -> Actor:
        user = a_user(name, password="一句只有我记得的话")
        for duty in DUTIES.values():
            a_post(duty, self.tree.province, user)
        return Actor.of(user)

    def _newcomer(self) -> Actor:
        """A clerk of a union where nothing has happened yet."""
        user = a_user("韩若谷")
        for duty in DUTIES.values():
            a_post(duty, self.tree.building_site, user)
        return Actor.of(user)

    def _at_work(self) -> None:
        staff = self._account("staff")
        self.employer = an_employer(self.tree.willow, union=self.tree.mill)
        self.committee = a_committee(self.tree.willow)
        self.point = a_point(self.tree.willow, latitude="30.1", longitude="120.2")
        self.special = SpecialHours.objects.create(point=self.point, from_on=clock.today(), reason="装修")
        self.cell = a_cell(self.tree.willow)
        self.officer = an_officer(self.committee, phone="13900000102")
        self.post = staff.posts.order_by("pk")[0]
        today = clock.today()
        helper = a_post(DUTIES["assistance_reviewer"], self.tree.province).user
        self.delegation = a_delegation(self.post, helper, today, today + timedelta(days=3))
        tokens.issue(actor=self._actor("staff"), label="市数据交换")
        wrong = a_line(2, "苏 晓", "没有的工会")
        lines = [a_line(1, unit=self.tree.mill.name), wrong]
        self.upload = sent(workbook(lines), unit=self.tree.city, actor=self._actor("staff"))
        Job.objects.create(name="kernel.messages.deliver", asked_by=staff, total=40, done=12)

    def _twins(self) -> None:
        """Somebody registered twice, and somebody else whose merge waits."""
        self.pair = twins(self.tree.willow, number=1)
        waiting = twins(self.tree.willow, name="许安然", number=2)
        self.merge = propose(actor=self._actor("staff"), pair=str(waiting.public_id), keep="first")

    def _files(self) -> None:
        """A file in every state; two of the workers come to look, and one who never applied."""
        paths = {state: Path(self.tree) for state in State.values}
        self.files = {state: path.to(state) for state, path in paths.items()}
        self.visitors["worker"] = paths[State.RETURNED].worker
        for state in TOLD_APART:
            self.visitors[f"worker whose file is {state}"] = paths[state].worker
        self.visitors["worker new here"] = newcomer = a_worker(self.tree.willow)
        self.transfer = transfers.ask(actor=newcomer, to_unit=self.tree.quarry.number)
        self.joining = applications.apply(actor=a_stranger(), **an_application(unit=self.tree.willow.number))
        self.file = self.files[State.CHECKED]
        listing = Listing(self.tree)
        self.cleared, shown = (listing.line(self.files[state]) for state in (State.FILED, State.ON_NOTICE))
        self.notice = shown.notice
        self.objection = listing.object_to(shown, name="叶听澜", phone="13900000001")
        upload = a_photo("photo.jpg", "red")
        clerk = paths[State.CHECKED].clerk
        given = {"name": "顾小满", "relation": "child", "identity": "student", "monthly_amount": 0}
        self.family_member = add_member(self.file, actor=clerk, **given)
        filed = paths[State.FILED]
        consents.give(self.files[State.FILED].person, HOSPITAL_ROSTER, actor=filed.worker)
        self.provision, _content = send_roster(self.tree.east, actor=filed.clerk, receiver="青禾医院")
        self.paper = assistance.attach(self.file, actor=clerk, kind="income", upload=upload)

    def _figures(self) -> None:
        refresh.enqueue(months=2)
        run_next([refresh.name])
        publish_figure(MEMBERS, self.tree.willow, actor=self._actor("staff"))
        self.exported = export_list.enqueue(self._actor("staff"), name="employers", given={})
        run_next([export_list.name])

    def _letters(self) -> None:
        self.letter = issue(
            CERTIFICATE,
            self.transfer.member,
            actor=self._actor("staff"),
            addressee="东桥区图书馆",
            purpose="参加职工运动会",
        )

    def _keys(self) -> None:
        user = self._account("staff with keys")
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        self.key = Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "办公电脑", "credential": a_passkey()}
        )

    def _actor(self, visitor: str) -> Actor:
        actor = self.visitors[visitor]
        assert actor is not None
        return actor

    def _account(self, visitor: str) -> Any:
        return self._actor(visitor).account
