"""Who may do what with an application in each state. NIANGJIA_WRITE_TABLES=1 writes the committed table anew."""

import os
from pathlib import Path

import pytest
from django.utils import translation

from niangjia.benefits.access import ARBITER, ASSESSOR, CONFIRMER, RECEIVER, SCHEME_KEEPER
from niangjia.benefits.kinds import State
from niangjia.benefits.models import BenefitApplication
from niangjia.benefits.workflow import application, applications
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.workflow.permissions import table
from niangjia.membership.models import HouseholdMembership, Person
from tests.benefits.people import Way, a_scheme
from tests.cast import Tree, who
from tests.families import DAY, a_worker

FILE = Path(__file__).resolve().parent.parent / "permissions" / "benefit-application.md"


def housemate(way: Way) -> Actor:
    """Somebody who lives with the applicant."""
    from niangjia.membership import actions

    mate = a_worker(way.tree.mill)
    household = actions.form_household(Person.objects.get(user=way.worker.user_id), actor=way.worker)
    HouseholdMembership.objects.create(
        household=household, person=Person.objects.get(user=mate.user_id), relation="spouse", from_on=DAY
    )
    return mate


@pytest.mark.django_db
def test_the_permission_table_is_the_committed_one(tree: Tree) -> None:
    shown = a_scheme(tree.city, papers="")
    plain = Way(tree).scheme
    units = {"市": tree.city, "本单位": tree.mill, "邻区": tree.west}
    clerks = {
        f"{place}{duty.label}": who(duty, unit)
        for place, unit in units.items()
        for duty in (RECEIVER, ASSESSOR, CONFIRMER, ARBITER)
    }
    people = {
        "申请人": Actor(None),
        "申请人家属": Actor(None),
        "另一职工": a_worker(tree.mill),
        **clerks,
        "待遇项目管理员": who(SCHEME_KEEPER, tree.city),
        "系统时钟": CLOCK,
    }
    rows: dict[str, tuple[Way, Actor, BenefitApplication]] = {}

    def row_at(state: str) -> BenefitApplication:
        if state not in rows:
            way = Way(tree, shown if state == State.ON_NOTICE else plain)
            mate = housemate(way)
            if state == State.ON_NOTICE:
                row = way.step(applications.publish, way.to(State.ASSESSED), way.confirmer)
            elif state == State.LIFT_ASKED:
                row = way.to(State.ASSESSED, "300000")
                reason = "同一年两次大手术，主席办公会同意。"
                way.step(applications.ask_to_lift, row, way.assessor, step="大病补助", reason=reason)
            else:
                row = way.to(state)
            rows[state] = way, mate, row
        way, mate, row = rows[state]
        people["申请人"], people["申请人家属"] = way.worker, mate
        return row

    with translation.override("zh-hans"):
        text = "# 待遇申请：谁能办什么\n\n✔ 能办 · 看得到但不能办 空白 看不到（404）! 条件未到\n\n" + table(
            application, row_at, people
        )
    if os.environ.get("NIANGJIA_WRITE_TABLES"):
        FILE.write_text(text, "utf-8")
    assert FILE.read_text("utf-8") == text
