"""English pages are English: every address there is, asked for in English, holds no Chinese but what people entered.

What people entered is whatever stands in the database: names of unions and workers, remarks, holidays. It is taken
out of the page before looking; what is left may hold no Chinese character and no Chinese punctuation.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path as FilePath
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from niangjia.assistance.circumstances.forms import TOPICS
from niangjia.assistance.consents import HOSPITAL_ROSTER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.provisions.roster import send_roster
from niangjia.assistance.workflow import hardship
from niangjia.benefits import policies, ready_made
from niangjia.kernel import access, calendar, clock, documents, tokens
from niangjia.kernel.access import Actor
from niangjia.kernel.figures import measures
from niangjia.kernel.messages.templates import FIELDS, TEMPLATES
from niangjia.kernel.sheets.declaration import SHEETS
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.engine import offers
from niangjia.membership.consents import actions
from niangjia.organisation.access import PARAMETER_KEEPER
from niangjia.organisation.parameters import PARAMETERS
from niangjia.web.api.door import api
from niangjia.web.shell.identity import DOOR, PHONE
from tests import cast
from tests.benefits.people import Way as Benefit
from tests.benefits.people import a_proposal
from tests.building import Path as BuildingPath
from tests.cast import Tree
from tests.families import APPLICATION, DAY, REVIEW, Path, a_person
from tests.notices.lists import Listing
from tests.plans import PairPath, SchoolPath
from tests.web.conftest import PLAIN_DUTY

pytestmark = pytest.mark.django_db

ROOT = FilePath(__file__).resolve().parent.parent.parent
PASSWORD = "一句只有我记得的话"
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]+")
LINE_OF_CHINESE = re.compile(r"[^\n]*[\u3400-\u9fff][^\n]*")
OURS = {"kernel", "organisation", "membership", "notices", "benefits", "assistance"}
# Who stands on the style page.
STYLED = ["苏晓禾", "程远舟", "柳青萍", "沈望川", "林知秋", "许安然", "宋雨桐", "唐明溪", "韩若谷"]
# Chinese in every language: the two names, people and an address of the style page, a duty that only tests have.
ALWAYS = {
    "名单员",  # a duty of the tests of uploads
    "中文",
    "Niangjia 娘家",
    *cast.NAMES,
    *STYLED,
    str(PLAIN_DUTY.label),
    "12 号院 3 单元 502",
    "南工介〔2026〕12号",
    "南工",
    "叶**",  # an objector's name, which is sealed
}
# What one types stays as it is typed: text boxes, the lines in which holidays are entered, the first sign of a name.
TYPED = re.compile(
    r"""<textarea[^>]*>.*?</textarea>
    | <span\ class="face"[^>]*>.</span>
    | 2027-01-01\ 休\ 元旦 | 2月5日至2月12日\ 休\ 春节 | 2月14日\ 班\ 春节调休 | [休班](?=\ for\ a\ )""",
    re.DOTALL | re.VERBOSE,
)


@pytest.fixture(autouse=True)
def _monday(settings: Settings) -> Iterator[None]:
    # Second factors are another test's matter.
    settings.DEMO = True
    cache.clear()
    with clock.at(DAY):
        yield


@pytest.fixture
def path(tree: Tree) -> Path:
    return Path(tree)


def in_english(actor: Actor | None = None, *, by_phone: bool = False, **options: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"}, **options)
    if actor is not None:
        client.force_login(actor.account)
    if by_phone:
        session = client.session
        session[DOOR] = PHONE
        session.save()
    return client


def somebody_with_every_duty(tree: Tree) -> Actor:
    user = cast.a_user("沈望川", PASSWORD)
    for name, duty in access.DUTIES.items():
        if not name.endswith("_in_tests"):
            cast.a_post(duty, tree.province, user)
    return Actor.of(user)


# What people entered


def entered() -> list[str]:
    """Every line of Chinese in the database, the longest first."""
    # What rules say in words is data, and so are the words to say it with.
    found = {*ALWAYS, "（可选）", "开业满期限", "筹备组成立", "开始指导"}
    for parameter in PARAMETERS.values():
        found.update(LINE_OF_CHINESE.findall(str(parameter.default)))
    # Official documents are cited by the names and passages they have; all else in a policy has an English label.
    for text in policies.shelf().texts.values():
        for cited in re.findall(r'source = "(.*)"', text.decode()):
            found.update(re.findall(r"[\u3400-\u9fff]{2,}|[〔〕]", cited))
    # What is left of a citation when its words are gone.
    found |= {"号（）", "；"}
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if is_free_text(field)]
        if names and model._meta.app_label in OURS:
            for row in model._base_manager.all():
                for name in names:
                    found.update(LINE_OF_CHINESE.findall(str(getattr(row, name) or "")))
    return sorted(found, key=len, reverse=True)


def is_free_text(field: Any) -> bool:
    kinds = (models.IntegerField, models.DateField, models.BooleanField, models.UUIDField, models.JSONField)
    return not (field.choices or field.is_relation or isinstance(field, kinds))


def leftovers(answer: Any, known: list[str]) -> list[str]:
    text = TYPED.sub("", html.unescape(answer if isinstance(answer, str) else answer.content.decode()))
    text = "\n".join(line for line in text.splitlines() if CHINESE.search(line))
    for one in known:
        text = text.replace(one, "")
    return CHINESE.findall(text)


# Pages


def routes(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for entry in resolver.url_patterns:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield whole
        else:
            yield from routes(entry, whole)


def addresses(samples: dict[str, list[Any]]) -> Iterator[str]:
    """Every address of the pages, with arguments that lead somewhere; those of the API are asked below."""
    for route in routes(get_resolver("niangjia.config.urls")):
        if route.startswith("/api/v1/") and not route.endswith("/docs/"):
            continue
        filled = [route]
        for place in re.findall(r"<[^>]+>", route):
            name = place.strip("<>").rpartition(":")[2]
            values = samples.get(f"{route.split('/')[1]} {name}") or samples.get(name) or []
            assert values, f"give `samples` a {name} for {route}"
            filled = [
                address.replace(place, str(value), 1)
                for address in filled
                for value in (steps_at(address) if name == "slug" else []) or values
            ]
        yield from filled


def steps_at(address: str) -> list[str]:
    """The steps of the workflow that the address names: those of all others lead nowhere."""
    named = [WORKFLOWS[word] for word in address.split("/") if word in WORKFLOWS and "/cases/" in address]
    return [step.slug for one in named for step in (*one.transitions.values(), *one.openings.values())]


def samples_of_benefits(tree: Tree) -> dict[str, list[Any]]:
    row = Benefit(tree).apply()
    return {
        "benefits public_id": [row.public_id],
        "benefit-papers public_id": [row.public_id],
        "proposals public_id": [a_proposal(row.scheme, row.person).public_id],
        "entitled public_id": [row.public_id],
        "schemes public_id": [row.scheme.public_id],
        "schemes name": [ready_made.TEMPLATES[0].name],
        "schemes number": [row.scheme.number],
    }


@pytest.fixture
def samples(tree: Tree, path: Path) -> dict[str, list[Any]]:
    """For each place in an address the values to try; an address may have its own by its first word."""
    calendar.seed_calendar()
    file = path.to(State.FILED)
    post = cast.a_post(PARAMETER_KEEPER, tree.province)
    steps: list[Any] = [*hardship.transitions.values(), *hardship.openings.values()]
    building = BuildingPath(tree).to("met")
    helped, school = PairPath(tree), SchoolPath(tree)
    measure = helped.measure_to("under_way")
    listing = Listing(tree)
    line = listing.line(listing.published())
    objection = listing.object_to(line, name="叶听澜", phone="13900000001")
    actions.give(file.person, HOSPITAL_ROSTER, actor=path.worker)
    sent, _content = send_roster(tree.east, actor=path.clerk, receiver="青禾医院")
    return {
        "data-provisions public_id": [sent.public_id],
        **samples_of_benefits(tree),
        "aid-plans public_id": [measure.plan.public_id, PairPath(tree).plan_to("drafted").public_id],
        "aid-plans what": ["need", "income"],
        "aid-measures public_id": [measure.public_id],
        "pairings public_id": [helped.pair(measure.plan.file).public_id],
        "schooling public_id": [school.case_to("back_at_school").public_id],
        "notices public_id": [line.notice.public_id],
        "notice public_id": [line.notice.public_id],
        "objections public_id": [objection.public_id],
        "receipt": [objection.receipt, "AAAAAAAAAAAA"],
        "board number": [line.notice.unit.number],
        "m name": ["publicity"],
        "people name": ["publicity"],
        "what": ["employer", "result", "contribution"],
        "union-building public_id": [building.public_id],
        "building-rows public_id": [building.links.get().public_id],
        "building-papers public_id": [building.public_id],
        "public_id": [file.public_id],
        "people public_id": [a_person(tree.willow).public_id, file.person.public_id],
        "unions public_id": [tree.willow.public_id, tree.province.public_id],
        "employers public_id": [cast.an_employer(tree.willow).public_id],
        "posts public_id": [post.public_id],
        "delegations public_id": [cast.a_delegation(post, cast.a_user(), DAY, DAY).public_id],
        "topic": list(TOPICS),
        "family-members public_id": [file.public_id],
        "field": ["phone", "id_number"],
        "slug": [step.slug for step in steps],
        "workflow_name": list(WORKFLOWS),
        "house": ["workbench", "portal"],
        "name": [next(iter(PARAMETERS))],
        "measure": list(measures()),
        "year": [2026, 2027],
        "number": [1],
        "print name": list(documents.TEMPLATES),
        "suffix": ["pdf", "docx"],
        "code": ["WORN-OUT"],
        "sheet": list(SHEETS),
        "which": ["original", "marked"],
        "book": ["officers", "representatives"],
        "pk": [1],
    }


VISITORS: dict[str, Callable[[Tree, Path], Client]] = {
    "a stranger": lambda _tree, _path: in_english(),
    "staff of every duty": lambda tree, _path: in_english(somebody_with_every_duty(tree)),
    "a worker": lambda _tree, path: in_english(path.worker, by_phone=True),
}


@pytest.mark.parametrize("who", VISITORS)
def test_every_address_answers_in_english(
    tree: Tree, path: Path, samples: dict[str, list[Any]], who: str
) -> None:
    client = VISITORS[who](tree, path)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    known, found, opened = entered(), {}, 0
    for address in dict.fromkeys(addresses(samples)):
        answer = client.get(address)
        opened += answer.status_code == 200
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue  # official papers are Chinese in either language
        if left := leftovers(answer, known):
            found[address] = left
    assert found == {}
    assert opened > 5


@pytest.mark.parametrize("state", State.values)
def test_every_state_is_told_in_english(path: Path, state: str) -> None:
    file = path.to(state)
    known, found = entered(), {}
    pages = [reverse("inbox"), reverse("hardship_files"), reverse("hardship_file", args=[file.public_id])]
    for actor in (path.reviewer, path.visitor, path.clerk, path.approver, path.archivist):
        client = in_english(actor)
        steps = [reverse("step", args=[hardship.name, file.public_id, slug]) for slug in open_to(actor, file)]
        for address in (*pages, *steps):
            if left := leftovers(client.get(address), known):
                found[address] = left
        for address in steps:
            if left := leftovers(client.post(address, {"household_size": "x", "visited_on": "y"}), known):
                found[f"POST {address}"] = left
    # What was published by the way stands on the worker's page.
    known = entered()
    phone = in_english(path.worker, by_phone=True)
    steps = [reverse("portal_step", args=[file.public_id, slug]) for slug in open_to(path.worker, file)]
    for address in (reverse("portal_home"), reverse("portal_matter", args=[file.public_id]), *steps):
        if left := leftovers(phone.get(address), known):
            found[address] = left
    assert found == {}


def open_to(actor: Actor, file: HardshipFile) -> list[str]:
    return [offer.transition.slug for offer in offers(hardship, file, actor)]


# Refusals


def test_refusals_are_in_english(path: Path, tree: Tree) -> None:
    file = path.apply()
    known = entered()
    url = reverse("step", args=[hardship.name, file.public_id, "review"])
    reviewer, visitor = in_english(path.reviewer), in_english(path.visitor)
    review = {**REVIEW, "version": file.version}
    answers = {
        "an empty form": reviewer.post(url, {"version": file.version}),
        "another's duty": visitor.post(url, review),
        "a step taken": reviewer.post(url, review, follow=True),
        "a step taken already": reviewer.post(url, review),
        "no such page": reviewer.get("/nowhere/"),
        "no such row": reviewer.get(reverse("hardship_file", args=[tree.city.public_id])),
        "a stale form": in_english(enforce_csrf_checks=True).post("/type-size/"),
        "a wrong password": in_english().post("/accounts/login/", {"login": "nobody", "password": "wrong"}),
        "a mistyped phone": in_english().post("/m/login/", {"phone": "123"}),
        "a second application": in_english(path.worker, by_phone=True).post(
            reverse("portal_apply"), {**APPLICATION, "statement": "x"}
        ),
    }
    assert {name: left for name, answer in answers.items() if (left := leftovers(answer, known))} == {}
    assert {answer.status_code for answer in answers.values()} >= {200, 403, 404, 409, 422}


# The API


def test_the_api_answers_in_english(tree: Tree, path: Path, samples: dict[str, list[Any]]) -> None:
    file = Path(tree).apply()
    token = tokens.issue(actor=somebody_with_every_duty(tree), label="exchange")
    program = Client(headers={"Accept-Language": "en", "Authorization": f"Bearer {token}"})
    # The headings a file must bear are the same in either language.
    headings = {title for sheet in SHEETS.values() for column in sheet.columns for title in column.titles}
    known, found = sorted([*headings, *entered()], key=len, reverse=True), {}

    def ask(method: str, address: str, client: Client = program, body: object = None) -> None:
        answer = getattr(client, method)(address, body, content_type="application/json")
        if answer.status_code < 500 and (left := leftovers(said(answer), known)):
            found[f"{method} {address}"] = left

    for route, operations in api.get_openapi_schema()["paths"].items():
        address = re.sub(r"\{[^}]+\}", str(file.public_id), route)
        for method in operations:
            ask(method, address)
            ask(method, address, in_english())
            if method == "post":
                ask(method, address, body={"nonsense": 1, "version": "x", "remark": 3})
    ask("get", "/api/v1/openapi.json")
    ask("get", "/api/v1/nowhere/")
    assert found == {}


def said(answer: Any) -> str:
    """JSON with its characters written out."""
    if "json" not in answer.headers.get("Content-Type", ""):
        return str(answer.content.decode())
    return json.dumps(answer.json(), ensure_ascii=False)


# What is sent and printed


def test_every_message_can_be_sent_in_english() -> None:
    values = dict.fromkeys(FIELDS, "7")
    shipped = {name: template for name, template in TEMPLATES.items() if not name.startswith("tests.")}
    said = {name: template.render(values, "en") for name, template in shipped.items()}
    assert said
    assert {name: body for name, body in said.items() if CHINESE.search(body)} == {}


def test_the_english_workflow_pages_are_in_english() -> None:
    pages = [page for page in (ROOT / "docs/workflows").glob("*.md") if not page.name.endswith(".zh-CN.md")]
    assert pages
    assert {page.name: left for page in pages if (left := CHINESE.findall(page.read_text("utf-8")))} == {}
