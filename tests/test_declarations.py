"""What the declarations promise, asked of all of them at once: names, permissions, states, pages, triggers."""

import ast
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from niangjia.assistance.access import APPROVER, ARCHIVIST, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.workflow import hardship
from niangjia.kernel import access, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.kernel.workflow.permissions import table
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.duplicates import following
from niangjia.membership.models import Household, HouseholdMembership, Person
from niangjia.membership.workflow import application, membership, transfer
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR
from niangjia.web.api.door import api
from tests import memberships
from tests.cast import Tree, a_post, a_tree, a_user, who
from tests.families import DAY, a_worker
from tests.families import Path as Way

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "niangjia"
OURS = {"kernel", "organisation", "membership", "notices", "benefits", "assistance", "demo"}


def glossary() -> dict[str, str]:
    """English word → Chinese word, from the tables."""
    rows = [line.split("|") for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()]
    return {cells[1].strip(): cells[2].strip() for cells in rows if len(cells) > 3}


def test_every_model_stands_in_the_glossary() -> None:
    words = glossary()
    models = [
        model for model in apps.get_models() if model._meta.app_label in OURS and not model._meta.auto_created
    ]
    with translation.override("zh-hans"):
        said = {model.__name__: str(model._meta.verbose_name) for model in models}
    assert {name: words.get(name) for name in said} == said


def test_every_state_stands_in_the_glossary() -> None:
    words = glossary()
    with translation.override("zh-hans"):
        for workflow in WORKFLOWS.values():
            said = {stage.state: workflow.state_label(stage.state) for stage in workflow.stages}
            assert {str(state): words.get(state) for state in said} == said


def test_every_row_about_a_person_says_what_becomes_of_it_in_a_merge() -> None:
    """Declare it with `follow` or `stay` (membership/duplicates/following.py), beside the domain's workflow."""
    assert following.undeclared() == []


def test_every_duty_stands_in_the_glossary() -> None:
    words = glossary()
    shipped = {name: duty for name, duty in access.DUTIES.items() if not name.endswith("_in_tests")}
    with translation.override("zh-hans"):
        assert {name: words.get(name) for name in shipped} == {
            name: str(duty.label) for name, duty in shipped.items()
        }


def test_only_the_engine_assigns_a_state() -> None:
    """No `row.state = …` and no `update(state=…)` elsewhere. Jobs, messages and uploads are no cases."""
    allowed = {
        SOURCE / "kernel/workflow/engine.py",
        *SOURCE.glob("kernel/jobs/*"),
        *SOURCE.glob("kernel/messages/*"),
        *SOURCE.glob("kernel/sheets/*"),
    }
    found = []
    for path in SOURCE.rglob("*.py"):
        if path in allowed or {"migrations", "policy"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AugAssign | ast.AnnAssign):
                targets = [node.target]
            assigned = any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
            updated = (
                isinstance(node, ast.Call)
                and getattr(node.func, "attr", getattr(node.func, "id", "")) in {"update", "update_or_create"}
                and any(keyword.arg == "state" for keyword in node.keywords)
            )
            if assigned or updated:
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert found == []


def test_every_stage_can_be_reached_and_left_or_is_an_end() -> None:
    for workflow in WORKFLOWS.values():
        reached = {step.to for step in workflow.transitions.values()} | {
            opening.to for opening in workflow.openings.values()
        }
        assert reached == {stage.state for stage in workflow.stages}
        for stage in workflow.stages:
            assert workflow.leaving(stage.state) or not stage.has_task


@pytest.mark.django_db
def test_every_step_has_its_page_and_its_endpoint() -> None:
    addresses = {address.removeprefix("/api/v1") for address in api.get_openapi_schema()["paths"]}
    for workflow in WORKFLOWS.values():
        for step in workflow.transitions.values():
            if step.is_offered:
                public_id = "00000000-0000-4000-8000-000000000000"
                assert reverse("step", args=[workflow.name, public_id, step.slug])
                assert f"/{workflow.name}/{{public_id}}/{step.slug}/" in addresses


def cast(tree: Tree) -> dict[str, Actor]:
    """Who stands in the permission table."""
    jack, mate = a_user("沈望川"), a_worker(tree.willow)
    for duty in (REVIEWER, VISITOR, CENTRE_CLERK, APPROVER, ARCHIVIST):
        a_post(duty, tree.east, jack)
        a_post(duty, tree.east, mate.account)
    return {
        "当事职工": Actor(None),  # replaced by the table's own worker
        "同户职工": a_worker(tree.willow),
        "同户的区里样样都兼": Actor.of(mate.account),
        "另一职工": a_worker(tree.willow),
        "厂里初审员": who(REVIEWER, tree.mill),
        "街道初审员": who(REVIEWER, tree.willow),
        "街道核查员": who(VISITOR, tree.willow),
        "区经办": who(CENTRE_CLERK, tree.east),
        "区审批人": who(APPROVER, tree.east),
        "区档案员": who(ARCHIVIST, tree.east),
        "区里样样都兼": Actor.of(jack),
        "邻区审批人": who(APPROVER, tree.west),
        "市审批人": who(APPROVER, tree.city),
        "会员管理员": who(MEMBERSHIP_CLERK, tree.willow),
        "组织管理员": who(ADMINISTRATOR, tree.province),
        "经审员": who(AUDITOR, tree.city),
        "系统时钟": CLOCK,
    }


@pytest.mark.django_db
def test_the_permission_table_is_the_committed_one() -> None:
    """Set NIANGJIA_WRITE_TABLES=1 to write it anew after a change that is meant."""
    with clock.at(DAY), translation.override("zh-hans"):
        tree = a_tree()
        people = cast(tree)
        way = Way(tree)
        people["当事职工"] = way.worker
        rows = {}

        def row_at(state: str) -> object:
            if state not in rows:
                fresh = Way(tree)
                fresh.worker = way.worker
                rows[state] = fresh.to(state)
                _let_go(rows[state])
            return rows[state]

        for stage in hardship.stages:
            if hardship.leaving(stage.state):
                row_at(stage.state)
        _live_together(tree, people, "当事职工", "同户职工", "同户的区里样样都兼")
        text = (
            "# 困难职工档案：谁能办什么\n\n✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n"
            + table(hardship, row_at, people)
        )
    file = ROOT / "tests/permissions/hardship-file.md"
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


def _live_together(tree: Tree, people: dict[str, Actor], *names: str) -> None:
    home = Household.objects.create(unit=tree.willow)
    for name in names:
        person = Person.objects.get(user=people[name].user_id)
        HouseholdMembership.objects.create(household=home, person=person, relation="other", from_on=DAY)


def _let_go(row: object) -> None:
    """One worker, a row in each state: each in a household of its own."""
    HouseholdMembership.objects.filter(person=row.person, until_on=None).update(until_on=DAY)  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize("way", [memberships.Joining, memberships.Staying, memberships.Moving])
def test_the_permission_tables_of_memberships_are_the_committed_ones(way: type) -> None:
    """A person has one case of each kind, so every state is another worker's."""
    workflow = {"Joining": application, "Staying": membership, "Moving": transfer}[way.__name__]
    with clock.at(DAY), translation.override("zh-hans"):
        tree = a_tree()
        units = {
            "本工会": tree.mill,
            "街道": tree.willow,
            "区": tree.east,
            "新工会": tree.quarry,
            "邻区": tree.west,
        }
        clerks = {f"{place}会员管理员": who(MEMBERSHIP_CLERK, unit) for place, unit in units.items()}
        others = {"组织管理员": who(ADMINISTRATOR, tree.province), "系统时钟": CLOCK}
        people = {"当事职工": Actor(None), "另一职工": a_worker(tree.mill), **clerks, **others}
        begun: dict[str, tuple[Actor, object]] = {}

        def row_at(state: str) -> object:
            if state not in begun:
                fresh = way(tree)
                row = fresh.to(state)
                begun[state] = fresh.worker, row
            people["当事职工"], row = begun[state]
            return row

        text = (
            f"# {workflow.label}：谁能办什么\n\n✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n"
            + table(workflow, row_at, people)
        )
    file = ROOT / f"tests/permissions/{workflow.name}.md"
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


@pytest.mark.django_db
def test_the_workflow_pages_are_those_of_the_declarations() -> None:
    call_command("docs", "--check", folder=ROOT / "docs/workflows")
