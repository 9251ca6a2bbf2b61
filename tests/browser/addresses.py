"""Every address of the site with something to show on it: routes are listed from the site, arguments from the data."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from niangjia.assistance import actions as assistance
from niangjia.assistance.circumstances.actions import add_member
from niangjia.assistance.consents import HOSPITAL_ROSTER
from niangjia.assistance.kinds import State
from niangjia.assistance.provisions.roster import send_roster
from niangjia.assistance.workflow import hardship
from niangjia.benefits import ready_made
from niangjia.kernel import clock, tokens
from niangjia.kernel.access import DUTIES, Actor
from niangjia.kernel.calendar import seed_calendar
from niangjia.kernel.documents import LETTERS, TEMPLATES, issue
from niangjia.kernel.figures import refresh
from niangjia.kernel.jobs.models import Job
from niangjia.kernel.jobs.running import run_next
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.membership.cards import codes
from niangjia.membership.consents import actions as consents
from niangjia.membership.duplicates.workflow import propose
from niangjia.membership.figures import MEMBERS
from niangjia.membership.papers import CERTIFICATE
from niangjia.membership.workflow import applications, transfer, transfers
from niangjia.organisation.actions import publish_figure
from niangjia.organisation.models import SpecialHours
from niangjia.organisation.parameters import PARAMETERS
from niangjia.web.jobs import export_list
from niangjia.web.shell.exports import EXPORTS
from niangjia.web.shell.identity import PHONE
from tests.browser.benefited import Benefited
from tests.browser.building import a_union_on_its_way
from tests.browser.conftest import open_session
from tests.browser.helped import Helped
from tests.browser.passkey import a_passkey
from tests.browser.photos import a_photo
from tests.browser.routes import Route, routes
from tests.cast import (
    a_cell,
    a_committee,
    a_delegation,
    a_point,
    a_post,
    a_team,
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

# They stand behind a form that was just sent, so no address alone opens them; their own tests come that way.
BEHIND_A_FORM = {"mfa_authenticate", "portal_login_code", "mfa_reauthenticate_webauthn"}
# Nobody is signed in yet who comes here.
DOORS = {
    "home",
    "account_login",
    "portal_login",
    "join",
    "join_anywhere",
    "points_near",
    "point_near",
    "hint",
    *("notice_board", "public_notice", "object_to", "objection_lookup", "objection_outcome"),
}
# What a list's own chips and tabs lead to.
FILTERS = {
    "inbox": ["?view=waiting", "?view=returned"],
    "hardship_files": ["?overdue=1", "?state=applied", "?only=unhelped"],
    "search": ["?q=GH-"],
    "pairings": ["?overdue=1", "?mine=1", "?state=unpaired"],
    "employers": ["?without=1"],
    "points": ["?kind=rest_station", "?kind=closed"],
    "points_near": ["?place=990102000000", "?facility=water"],
    "committees": ["?view=overdue", "?view=vacant", "?view=missing", "?view=women", "?view=all"],
}


@dataclass(frozen=True)
class Address:
    route: str
    url: str
    visitor: str

    def __str__(self) -> str:
        return f"{self.visitor} {self.url}"


class Site:
    """A little of everything, and who looks at it. Built on a fixed day."""

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

    def arguments(self, route: Route) -> list[list[Any]]:
        """What to put into the route's address, each way that shows something different."""
        if not route.arguments:
            return [[]]
        if route.name in {"step", "portal_step", "portal_case_step", "portal_benefit_step", "begin", "bulk"}:
            return self._steps(route.name)
        if route.name in {"print_page", "print_copy", "issue"}:
            return self._papers(route)
        if route.name in {"join", "portal_join"}:
            return [[self.tree.mill.number]]
        values = {
            "field": "phone",
            "workflow_name": transfer.name,
            "book": "officers",
            "sheet": "roster",
            "which": "original",
            "topic": "home",
            "what": "need" if route.name.startswith("plan_") else "employer",
            "name": next(iter(PARAMETERS)),
            "measure": "membership.members",
            "year": clock.today().year,
            "number": 1,
            "pk": self.key.pk,
            "suffix": "docx",
            "house": "portal",
            "receipt": self.objection.receipt,
            "code": codes.make(self.file.person.memberships.get().pk).text,
        }
        own: dict[str, dict[str, Any]] = {
            "building_reveal": {"field": "message"},
            "portal_benefit_apply": {"number": self.benefited.scheme.number},
            "scheme_include": {"number": self.benefited.scheme.number},
            "scheme_adopt": {"name": ready_made.TEMPLATES[0].name},
            "export": {"name": next(iter(EXPORTS))},
            "person_consent": {"name": "publicity"},
            "portal_consent_give": {"name": "publicity"},
            "portal_consent_withdraw": {"name": "publicity"},
            "notice_board": {"number": self.notice.unit.number},
            "published_by": {"number": self.tree.willow.number},
        }
        values |= own.get(route.name, {})
        if "public_id" in route.arguments:
            rows = self._rows(route)
            assert route.kind in rows, f"{route.name}: which row is shown at /{route.kind}/?"
            values["public_id"] = rows[route.kind].public_id
        return [[values[name] for name in route.arguments]]

    def _rows(self, route: Route) -> dict[str, Any]:
        """What is shown at an address that ends in a number, by the word before it."""
        return {
            **self.benefited.rows,
            "benefits": self.benefited.asked if route.name.startswith("portal") else self.benefited.assessed,
            "entitled": self.benefited.rows["proposals"],
            "hardship-files": self.file,
            "data-provisions": self.provision,
            "papers": self.paper,
            "people": self.file.person,
            "members": self.transfer.member,
            "join-applications": self.joining,
            "transfers": self.transfer,
            "issued": self.letter,
            "cases": self.transfer,
            "unions": self.tree.willow,
            "employers": self.employer,
            "service-points": self.point,
            "near": self.point,
            "special-hours": self.special,
            "grid-cells": self.cell,
            "teams": a_team(self.tree.willow),
            "committees": self.committee,
            "seats": self.officer,
            "posts": self.post,
            "delegations": self.delegation,
            "matters": self.files[State.RETURNED],
            "jobs": self.exported,
            "uploads": self.upload,
            **self.helped.rows,
            "union-building": self.building,
            "building-papers": self.building_paper,
            "building-rows": self.building_employer,
            "family-members": self.family_member,
            "duplicates": self.pair,
            "merges": self.merge,
            "notices": self.notice,
            "notice": self.notice,
            "objections": self.objection,
        }

    def _papers(self, route: Route) -> list[list[Any]]:
        """Every form and letter, of the row it is about; of the files themselves one kind will do."""
        rows: list[Any] = [self.file, self.file.person, self.transfer.member, self.tree.willow]
        rows += (self.notice, self.cleared, self.helped.rows["aid-plans"])
        letters = [letter for letter in LETTERS.values() if letter.form]
        return [
            [one.name, row.public_id, "docx" if getattr(one, "has_word", True) else "pdf"][
                : len(route.arguments)
            ]
            for one in (letters if route.name == "issue" else TEMPLATES.values())
            for row in rows
            if type(row) is one.model
        ]

    def _steps(self, route: str) -> list[list[Any]]:
        if route == "begin":
            return [
                [workflow.name, opening.slug]
                for workflow in WORKFLOWS.values()
                for opening in workflow.openings.values()
                if opening.duty
            ]
        if route == "bulk":
            return [[hardship.name, step.slug] for step in hardship.leaving(State.CHECKED) if step.in_bulk]
        if route == "portal_case_step":
            return [[transfer.name, self.transfer.public_id, "cancel"], *self.helped.steps]
        if route == "portal_benefit_step":
            return [[self.benefited.asked.public_id, "withdraw"]]
        if route == "portal_step":
            file = self.files[State.RETURNED]
            return [[file.public_id, step] for step in ("resubmit", "withdraw")]
        others: list[Any] = [self.joining, self.transfer, self.building, self.merge, self.transfer.member]
        others += [self.notice, self.objection, self.benefited.assessed]
        return [
            [workflow.name, row.public_id, step.slug]
            for row in [*self.files.values(), *others, *self.helped.rows.values()]
            for workflow in WORKFLOWS.values()
            if workflow.model is type(row)
            for step in workflow.leaving(row.state)
            if step.duty
        ]

    def pages(self) -> list[Address]:
        """Every address that answers with a page, and the first visitor to whom it does."""
        self.unopened: list[str] = []
        clients = {visitor: self._client(visitor) for visitor in self.visitors if visitor != "newcomer"}
        workers_first = dict(sorted(clients.items(), key=lambda client: "worker" not in client[0]))
        found = []
        for route in routes():
            to_try = workers_first if route.pattern.startswith("m/") else clients
            if route.name in DOORS:
                to_try = {"stranger": clients["stranger"]}
            for arguments in self.arguments(route):
                found += self._opened(route, reverse(route.name, args=arguments), to_try)
        return found

    def _opened(self, route: Route, url: str, clients: dict[str, Client]) -> list[Address]:
        statuses = []
        for visitor, client in clients.items():
            response = client.get(url)
            if is_page(response):
                more = FILTERS.get(route.name, [])
                return [Address(route.name, url + query, visitor) for query in ("", *more)]
            statuses.append(response.status_code)
        # A part of a page, a download, an address that only takes what a form sends, or one that leads on.
        leads_on = not route.arguments and set(statuses) <= {302, 403}
        if not (leads_on or {200, 405} & set(statuses) or route.name in BEHIND_A_FORM):
            self.unopened.append(f"{url}: {statuses}")
        return []

    def empty_pages(self) -> list[Address]:
        """What there is to see where nothing has happened yet."""
        return [
            Address(route.name, reverse(route.name), visitor)
            for visitor in ("newcomer", "worker new here")
            for route in routes()
            if not route.arguments
            and route.pattern.startswith("m/") == (visitor == "worker new here")
            and not route.pattern.startswith(("accounts/", "style/", "api/"))
            and is_page(self._client(visitor).get(reverse(route.name)))
        ]

    def _client(self, visitor: str) -> Client:
        client = Client()
        client.cookies["sessionid"] = self.sessions[visitor]
        return client


def is_page(response: Any) -> bool:
    if response.status_code != 200 or response.streaming:
        return False
    return bool(response.content[:15].lower() == b"<!doctype html>")
