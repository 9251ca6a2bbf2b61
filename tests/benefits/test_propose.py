"""What was found is shown to those who may see it, told, turned down, and taken up without typing it again."""

import pytest
from pytest_django import DjangoAssertNumQueries

from niangjia.benefits.access import ASSESSOR, RECEIVER
from niangjia.benefits.kinds import Basis, Finding, Origin
from niangjia.benefits.models import BenefitApplication, Proposal, Scheme
from niangjia.benefits.proposals import actions, finding, jobs, queries
from niangjia.benefits.workflow import applications
from niangjia.kernel import audit
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.jobs import Job, run_until_idle
from niangjia.kernel.messages.models import Message
from niangjia.membership import actions as membership
from niangjia.membership.models import Member, Person
from tests.benefits.rules import a_scheme
from tests.cast import Tree, who
from tests.families import DAY, a_person, a_worker

pytestmark = pytest.mark.usefixtures("rules")


def a_loyal_worker(tree: Tree) -> Actor:
    worker = a_worker(tree.mill)
    Member.objects.filter(person__user=worker.user_id).update(joined_on="2016-03-02")
    return worker


def found_for(worker: Actor, scheme: Scheme) -> Proposal:
    finding.find([scheme], DAY, actor=CLOCK)
    return Proposal.objects.get(scheme=scheme, person__user=worker.user_id)


def test_the_worker_sees_what_is_due_and_why(tree: Tree) -> None:
    worker = a_loyal_worker(tree)
    row = found_for(worker, a_scheme(tree.city, "loyal"))
    assert queries.own_proposals(worker) == [row]
    made = queries.assessment_of(row)
    assert made.amount("慰问金") == row.amount
    assert "会员月数" in " ".join(line.label for line in made.explanation().steps) + str(made.facts)


def test_a_colleague_sees_nothing_of_it(tree: Tree) -> None:
    row, colleague = found_for(a_loyal_worker(tree), a_scheme(tree.city, "loyal")), a_worker(tree.mill)
    assert row not in queries.own_proposals(colleague)
    with pytest.raises(Missing):
        queries.proposal(row.public_id, colleague)
    with pytest.raises(NotAllowed):
        actions.decline(row, actor=colleague)


def test_a_clerk_sees_their_own_unions_only(tree: Tree) -> None:
    row = found_for(a_loyal_worker(tree), a_scheme(tree.city, "loyal"))
    assert row in queries.proposals_chosen(who(RECEIVER, tree.willow))
    with pytest.raises(Missing):
        queries.proposal(row.public_id, who(RECEIVER, tree.west))


def test_what_rests_on_an_illness_is_for_health_duties(tree: Tree) -> None:
    row = found_for(a_loyal_worker(tree), a_scheme(tree.city, "loyal", is_medical=True))
    assert row not in queries.proposals_chosen(who(RECEIVER, tree.mill))
    assert row in queries.proposals_chosen(who(ASSESSOR, tree.city))


def test_the_family_sees_what_is_for_the_household(tree: Tree) -> None:
    head, spouse = a_worker(tree.mill), a_worker(tree.mill)
    first, second = (Person.objects.get(user=one.user_id) for one in (head, spouse))
    household = membership.form_household(first, actor=head)
    household.memberships.create(person=second, relation="spouse")
    row = found_for(head, a_scheme(tree.city, "families", basis=Basis.HOUSEHOLD))
    assert queries.own_proposals(spouse) == [row]


def test_taken_up_it_is_an_application_and_leaves_the_lists(tree: Tree) -> None:
    worker, scheme = a_loyal_worker(tree), a_scheme(tree.city, "loyal")
    row = found_for(worker, scheme)
    assert queries.own_for(worker, scheme) == row
    made: BenefitApplication = applications.accept_proposal(
        actor=worker, scheme=scheme.number, consents_to_decide=True
    )
    assert (made.origin, made.person) == (Origin.PROPOSAL, row.person)
    assert queries.own_proposals(worker) == []
    assert row not in queries.proposals_chosen(who(RECEIVER, tree.mill))
    finding.find([scheme], DAY, actor=CLOCK)
    assert Proposal.objects.get(pk=row.pk).finding == Finding.ENTITLED


def test_a_withdrawn_application_leaves_the_proposal_standing(tree: Tree) -> None:
    worker, scheme = a_loyal_worker(tree), a_scheme(tree.city, "loyal")
    row = found_for(worker, scheme)
    made = applications.accept_proposal(actor=worker, scheme=scheme.number, consents_to_decide=True)
    applications.withdraw(made, actor=worker)
    assert queries.own_proposals(worker) == [row]


def test_turned_down_it_is_not_offered_again_until_taken_back(tree: Tree) -> None:
    worker, scheme = a_loyal_worker(tree), a_scheme(tree.city, "loyal")
    row = found_for(worker, scheme)
    actions.decline(row, actor=worker)
    finding.find([scheme], DAY, actor=CLOCK)
    assert queries.own_proposals(worker) == []
    actions.reconsider(row, actor=worker)
    assert queries.own_proposals(worker) == [row]


def test_whoever_is_told_is_told_once_and_nothing_is_named(tree: Tree) -> None:
    worker, scheme = a_loyal_worker(tree), a_scheme(tree.city, "loyal")
    row = found_for(worker, scheme)
    without_account = a_person(tree.mill)
    Member.objects.filter(person=without_account).update(joined_on="2016-03-02")
    finding.find([scheme], DAY, actor=CLOCK)
    clerk = who(RECEIVER, tree.mill)
    rows = list(queries.proposals_chosen(clerk))
    assert {one.person_id for one in rows} >= {row.person_id, without_account.pk}
    assert (actions.tell(rows, actor=clerk), actions.tell(rows, actor=clerk)) == (1, 0)
    [message] = Message.objects.filter(template="benefit-found")
    assert scheme.title not in message.body
    assert [entry.action for entry in audit.history(scheme) if entry.action == "tell_proposals"]


def test_only_a_receiver_tells(tree: Tree) -> None:
    row = found_for(a_loyal_worker(tree), a_scheme(tree.city, "loyal"))
    with pytest.raises(NotAllowed, match="待遇受理员"):
        actions.tell([row], actor=who(ASSESSOR, tree.city))


def test_looking_at_once_happens_once_however_often_it_is_asked(tree: Tree) -> None:
    a_loyal_worker(tree)
    scheme, clerk = a_scheme(tree.city, "loyal"), who(RECEIVER, tree.city)
    assert actions.look_now([scheme], actor=clerk) == actions.look_now([scheme], actor=clerk)
    assert jobs.is_looking()
    run_until_idle()
    assert not jobs.is_looking() and jobs.looked_at() is not None
    [done] = Job.objects.filter(name=jobs.find_entitled.name)
    assert done.result[scheme.number]["new"] == Proposal.objects.count() > 0


def test_nobody_looks_for_the_schemes_of_others(tree: Tree) -> None:
    with pytest.raises(NotAllowed, match="由开办它的工会查找"):
        actions.look_now([a_scheme(tree.city, "loyal")], actor=who(RECEIVER, tree.mill))


def test_the_list_asks_the_same_whatever_its_length(
    tree: Tree, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scheme, clerk = a_scheme(tree.city, "loyal"), who(RECEIVER, tree.city)
    for _number in range(3):
        Member.objects.filter(person=a_person(tree.mill)).update(joined_on="2016-03-02")
    finding.find([scheme], DAY, actor=CLOCK)
    with django_assert_num_queries(2):  # who asks, and the list
        shown = [(row.person.name, row.scheme.name, row.unit.name) for row in queries.proposals_chosen(clerk)]
    assert len(shown) >= 3
