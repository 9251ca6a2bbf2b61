"""补正: a returned application is corrected in the policy's own questions, by the worker or the clerk for them."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.benefits import asking
from niangjia.benefits.forms.applications import AssessForm, ResubmitForm
from niangjia.benefits.kinds import State
from niangjia.benefits.models import BenefitApplication
from niangjia.benefits.workflow import applications
from niangjia.kernel.errors import Invalid
from tests.benefits.people import Way, said
from tests.cast import Tree
from tests.web.conftest import SignedIn, signed_in
from tests.web.workbench.conftest import text

__all__ = ["signed_in"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(tree: Tree) -> Way:
    return Way(tree)


def posted(client: Client, address: str, row: BenefitApplication, cost: str) -> str:
    answers = {"自费部分": cost, "参加医疗互助": "true", "version": row.version}
    response = client.post(address, answers, follow=True)
    row.refresh_from_db()
    return text(response)


def test_each_question_has_its_label_its_unit_and_what_was_said(way: Way) -> None:
    form = ResubmitForm(row=way.to(State.RETURNED), actor=way.worker)
    assert list(form.fields) == ["参加医疗互助", "自费部分", "remark"]
    assert form.fields["自费部分"].help_text == "单位：元。"
    assert (form["自费部分"].value(), form["参加医疗互助"].value()) == ("30000.01", "true")


@pytest.mark.parametrize("side", ["phone", "desk"])
def test_the_worker_and_the_clerk_correct_on_the_same_questions(
    way: Way, signed_in: SignedIn, side: str
) -> None:
    row = way.to(State.RETURNED)
    pages = {
        "phone": (way.worker, reverse("portal_benefit_step", args=[row.public_id, "resubmit"])),
        "desk": (way.receiver, reverse("step", args=["benefit-application", row.public_id, "resubmit"])),
    }
    actor, address = pages[side]
    client = signed_in(actor)
    shown = client.get(address).content.decode()
    assert 'name="自费部分"' in shown and 'value="30000.01"' in shown and 'name="said"' not in shown
    refused = posted(client, address, row, "-5")
    assert row.state == State.RETURNED and "不能小于 0.00" in refused
    assert 'value="-5"' in client.post(address, {"自费部分": "-5"}).content.decode(), "nothing typed is lost"
    posted(client, address, row, "80000.01")
    assert row.state == State.ASKED
    assert asking.said_of(row) == {"自费部分": "80000.01", "参加医疗互助": True}


def test_an_answer_left_empty_is_asked_for(way: Way, signed_in: SignedIn) -> None:
    row = way.to(State.RETURNED)
    address = reverse("portal_benefit_step", args=[row.public_id, "resubmit"])
    posted(signed_in(way.worker), address, row, "")
    assert row.state == State.RETURNED


def test_a_program_sends_one_object_and_what_it_leaves_out_stays(way: Way) -> None:
    row = way.to(State.RETURNED)
    with pytest.raises(Invalid, match="不问“家庭人口”"):
        way.step(applications.resubmit, row, way.worker, said={"家庭人口": 3})
    with pytest.raises(Invalid):
        way.step(applications.resubmit, row, way.worker, said={"自费部分": "很多"})
    way.step(applications.resubmit, row, way.worker, said={"自费部分": "9000"})
    assert asking.said_of(row) == said("9000.00")


def test_who_assesses_corrects_by_the_papers_in_the_same_questions(way: Way, signed_in: SignedIn) -> None:
    row = way.to(State.CHECKED)
    assert list(AssessForm(row=row, actor=way.assessor).fields)[:2] == ["参加医疗互助", "自费部分"]
    address = reverse("step", args=["benefit-application", row.public_id, "assess"])
    posted(signed_in(way.assessor), address, row, "9000")
    assert row.decision is not None and row.decision.amount == Decimal(500)
