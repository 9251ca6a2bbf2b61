"""The demo city shows what rules make of people: categories decided, people found, a second application refused."""

from collections import Counter

import pytest

from niangjia.assistance import category
from niangjia.assistance.circumstances.models import Circumstances
from niangjia.assistance.kinds import Category, State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import apply as hardship_apply
from niangjia.benefits.kinds import DecisionStatus, Finding, Origin
from niangjia.benefits.models import BenefitApplication
from niangjia.benefits.proposals.jobs import looked_at
from niangjia.benefits.proposals.queries import own_proposals, proposals_chosen
from niangjia.benefits.workflow.applications import apply
from niangjia.demo.scale import SCALES
from niangjia.demo.schemes import TAKEN_UP
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.users import User
from niangjia.membership.models import Person
from tests.families import APPLICATION

pytestmark = pytest.mark.usefixtures("city")
FILES = SCALES["small"].files


def test_the_citys_rules_decide_on_categories_of_each_kind_and_keep_why() -> None:
    filed = HardshipFile.objects.exclude(decision=None).select_related("decision")
    decided = [file for file in filed if file.decision and file.decision.status == DecisionStatus.DECIDED]
    by_rule = [file.category for file in decided if not file.category_reason]
    assert set(by_rule) == {Category.MINIMUM, Category.BORDERLINE, Category.STRUCK}
    assert len(by_rule) > filed.count() / 2
    newer = (Category.DEEP, Category.RELATIVE, Category.ACCIDENT)
    assert not HardshipFile.objects.filter(category__in=newer).exists(), "the city keeps the three of 2016"
    assert all("1,050" in category.explanation(file.decision) for file in decided)
    against = [file for file in filed if file.category_reason]
    assert 0 < len(against) < len(by_rule) / 4
    # A family that has not told enough is decided on by people alone.
    assert any(file.decision and file.decision.status == DecisionStatus.INCOMPLETE for file in filed)
    told = Circumstances.objects.values("file").distinct().count()
    assert FILES * 0.8 < told < FILES + 5, "the full stories tell, the others do not"


def test_a_scheme_found_people_and_some_said_yes_without_typing() -> None:
    clerk, worker = (
        Actor.of(User.objects.get(username="assessor")),
        Actor.of(Person.objects.get(name="贺晨安").user),
    )
    assert looked_at() is not None
    assert proposals_chosen(clerk).count() > 10
    [mine] = own_proposals(worker)
    assert (mine.finding, mine.amount) == (Finding.ENTITLED, 1000)
    taken_up = BenefitApplication.objects.filter(origin=Origin.PROPOSAL)
    assert Counter(taken_up.values_list("state", flat=True)) == Counter(map(str, TAKEN_UP))
    assert all(row.said == "{}" for row in taken_up)
    assert (
        not proposals_chosen(clerk)
        .filter(person__in=taken_up.values("person"))
        .exclude(person__in=taken_up.filter(state="withdrawn").values("person"))
    )


def test_a_second_application_is_refused_with_the_way_out_and_leaves_nothing() -> None:
    """A refusal writes no row by design, so the city can only show one to who tries."""
    row = BenefitApplication.objects.filter(origin=Origin.PROPOSAL, state="granted")[0]
    before = BenefitApplication.objects.count(), audit.AuditEntry.objects.count()
    again = {"scheme": row.scheme.number, "consents_to_decide": True, "consents_to_notice": True}
    with pytest.raises(Refused, match="不能重复申请。请在“我的事”中查看"):
        apply(actor=Actor.of(row.person.user), **again)
    file = HardshipFile.objects.filter(state=State.FILED).exclude(person__user=None)[0]
    with pytest.raises(Refused, match="一户一档，不能重复申请。请在“我的事”中查看"):
        hardship_apply(actor=Actor.of(file.person.user), **APPLICATION)
    assert (BenefitApplication.objects.count(), audit.AuditEntry.objects.count()) == before
