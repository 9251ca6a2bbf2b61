"""Every address of the site with something to show on it: routes are listed from the site, arguments from the data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from niangjia.assistance.circumstances.forms import TOPICS
from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import hardship
from niangjia.benefits import ready_made
from niangjia.kernel import clock
from niangjia.kernel.documents import LETTERS, TEMPLATES
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.membership.cards import codes
from niangjia.membership.workflow import transfer
from niangjia.organisation.parameters import PARAMETERS
from niangjia.web.shell.exports import EXPORTS
from tests.browser.routes import Route, routes
from tests.browser.samples import TOLD_APART, Samples
from tests.cast import (
    a_team,
)

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
    "search": ["?q=GH-", "?q=nobody"],
    "members": ["?q=nobody"],
    "unions": ["?q=青"],
    "pairings": ["?overdue=1", "?mine=1", "?state=unpaired"],
    "employers": ["?without=1"],
    "twinning_helps": ["?overdue=1", "?state=given", "?year=2026"],
    "key_counties": ["?year=2025"],
    "paired_villages": ["?year=2025", "?state=help_ended"],
    "village_postings": ["?state=posted"],
    "village_dividends": ["?year=2025"],
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

    @property
    def is_for_phones(self) -> bool:
        """Those of workers, of visitors at a door, and of everybody."""
        return self.url.startswith(("/m/", "/field/")) or self.visitor == "stranger"


# To these visitors too the address shows something.
OTHERS = {
    "portal_home": ["worker whom schemes look for"],
    "portal_entitled": ["worker whom schemes look for"],
    "portal_matters": ["worker whose application is granted"],
    "portal_benefit_apply": ["worker whom schemes look for"],
}


class Site(Samples):
    """Where each sample is shown, and to whom."""

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
        if "topic" in route.arguments:
            return [[self._rows(route)[route.kind].public_id, topic] for topic in TOPICS]
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
            shown = [rows[route.kind], *self._more(route)]
            return [self._filled(route, values | {"public_id": row.public_id}) for row in shown]
        return [self._filled(route, values)]

    def _filled(self, route: Route, values: dict[str, Any]) -> list[Any]:
        return [values[name] for name in route.arguments]

    def _more(self, route: Route) -> list[Any]:
        """Rows whose pages look another way than the first one's, as they stand elsewhere in their workflow."""
        files = [self.files[state] for state in TOLD_APART]
        more = {
            "hardship_file": files,
            "portal_matter": files,
            "benefit": list(self.benefited.states.values()),
            "portal_benefit": self.benefited.looked_at,
        }
        return more.get(route.name, [])

    def _rows(self, route: Route) -> dict[str, Any]:
        """What is shown at an address that ends in a number, by the word before it."""
        return {
            **self.benefited.rows,
            "benefits": self.benefited.states["asked" if route.name.startswith("portal") else "assessed"],
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
                if opening.duty and opening.is_offered
            ]
        if route == "bulk":
            return [[hardship.name, step.slug] for step in hardship.leaving(State.CHECKED) if step.in_bulk]
        if route == "portal_case_step":
            return [[transfer.name, self.transfer.public_id, "cancel"], *self.helped.steps]
        if route == "portal_benefit_step":
            return self.benefited.workers_steps
        if route == "portal_step":
            file = self.files[State.RETURNED]
            return [[file.public_id, step] for step in ("resubmit", "withdraw")]
        others: list[Any] = [self.joining, self.transfer, self.building, self.merge, self.transfer.member]
        others += [self.notice, self.objection, *self.benefited.states.values()]
        return [
            [workflow.name, row.public_id, step.slug]
            for row in [*self.files.values(), *others, *self.helped.rows.values()]
            for workflow in WORKFLOWS.values()
            if workflow.model is type(row)
            for step in workflow.leaving(row.state)
            if step.duty
        ]

    def pages(self, wanted: Callable[[Route], bool]) -> list[Address]:
        """Every address of these routes that answers with a page, and the first visitor to whom it does."""
        unopened: list[str] = []
        clients = {visitor: self._client(visitor) for visitor in self.visitors if visitor != "newcomer"}
        workers_first = dict(sorted(clients.items(), key=lambda client: "worker" not in client[0]))
        found = []
        for route in filter(wanted, routes()):
            to_try = workers_first if route.pattern.startswith("m/") else clients
            if route.name in DOORS:
                to_try = {"stranger": clients["stranger"]}
            for arguments in self.arguments(route):
                found += self._opened(route, reverse(route.name, args=arguments), to_try, unopened)
        assert unopened == []
        return found

    def _opened(
        self, route: Route, url: str, clients: dict[str, Client], unopened: list[str]
    ) -> list[Address]:
        statuses = []
        for visitor, client in clients.items():
            response = client.get(url)
            if is_page(response):
                ways = ("", *FILTERS.get(route.name, []))
                others = [Address(route.name, url, other) for other in OTHERS.get(route.name, [])]
                return [*(Address(route.name, url + query, visitor) for query in ways), *others]
            statuses.append(response.status_code)
            if response.status_code in {200, 405}:
                # A part of a page, a download, an address that only takes what a form sends: for everybody alike.
                return []
        leads_on = not route.arguments and set(statuses) <= {302, 403}
        if not (leads_on or route.name in BEHIND_A_FORM):
            unopened.append(f"{url}: {statuses}")
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
