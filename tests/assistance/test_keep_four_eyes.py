"""Four eyes, 回避 and delegation: nobody decides twice, nor about their own."""

from datetime import date, timedelta

import pytest

from niangjia.assistance.access import APPROVER, CENTRE_CLERK, REVIEWER, VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.workflow import approve, hardship, publish, record_visit, review, take_in
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.workflow.engine import offers
from niangjia.kernel.workflow.tasks import on_desk_of, open_task_of
from niangjia.membership import actions
from niangjia.membership.models import Person
from tests.cast import Tree, a_delegation, a_post, a_user, who
from tests.families import APPLICATION, DAY, VISIT, Path, a_person, an_id_number


def both(path: Path, tree: Tree) -> Actor:
    """One colleague with every duty of the county."""
    user = a_user("程远舟")
    for duty in (REVIEWER, VISITOR, CENTRE_CLERK, APPROVER):
        a_post(duty, tree.east, user)
    return Actor.of(user)


def test_who_reviewed_may_not_visit(path: Path, tree: Tree) -> None:
    one = both(path, tree)
    file = path.apply()
    review(file, actor=one, category="deep", accepts_missing=True)
    with pytest.raises(NotAllowed, match="初审通过"):
        record_visit(file, actor=one, visited_on=DAY.isoformat(), **VISIT)


@pytest.mark.parametrize("earlier", [review, record_visit, publish])
def test_who_did_an_earlier_step_may_not_approve(path: Path, tree: Tree, earlier: object) -> None:
    one = both(path, tree)
    name = {review: "reviewer", record_visit: "visitor", publish: "clerk"}[earlier]  # type: ignore[index]
    setattr(path, name, one)
    file = path.to(State.CLEARED)
    with pytest.raises(NotAllowed, match="须由另一人办理"):
        approve(file, actor=one, category="deep")
    refused = {offer.transition.name for offer in offers(hardship, file, one) if offer.refusal}
    assert "approve" in refused


def test_the_task_passes_by_whoever_may_not_do_it(path: Path, tree: Tree) -> None:
    """A union with one clerk escalates to the union above."""
    lone = a_user("许安然")
    a_post(REVIEWER, tree.willow, lone)
    a_post(VISITOR, tree.willow, lone)
    above = who(VISITOR, tree.east)
    path.reviewer = Actor.of(lone)
    path.visitor.user.is_active = False  # type: ignore[union-attr]
    path.visitor.user.save()  # type: ignore[union-attr]
    file = path.to(State.REVIEWED)
    task = open_task_of(hardship.name, file.pk)
    assert task is not None and task.unit_id == tree.east.pk
    assert list(on_desk_of(above)) == [task]
    assert list(on_desk_of(Actor.of(lone))) == []


def test_a_delegate_counts_with_the_principal(path: Path, tree: Tree) -> None:
    """Whoever reviewed cannot have a colleague visit in their name, nor visit in a colleague's."""
    visitor_post = a_post(VISITOR, tree.willow, path.reviewer.user)
    stand_in = a_user("宋雨桐")
    a_delegation(visitor_post, stand_in, DAY, DAY + timedelta(days=5))
    file = path.to(State.REVIEWED)
    with pytest.raises(NotAllowed, match="代办"):
        record_visit(file, actor=Actor.of(stand_in), visited_on=DAY.isoformat(), **VISIT)
    assert list(on_desk_of(Actor.of(stand_in))) == []


def test_acting_for_somebody_is_written_down(path: Path, tree: Tree) -> None:
    post = path.visitor.user.posts.get()  # type: ignore[union-attr]
    stand_in = a_user("唐明溪")
    a_delegation(post, stand_in, DAY, DAY + timedelta(days=5))
    file = path.to(State.REVIEWED)
    record_visit(file, actor=Actor.of(stand_in), visited_on=DAY.isoformat(), **VISIT)
    entry = audit.history(file).last()
    assert entry is not None
    assert (entry.actor_id, entry.principal_id) == (stand_in.pk, path.visitor.user_id)


def test_a_delegation_ends_with_its_last_day(path: Path, tree: Tree) -> None:
    post = path.visitor.user.posts.get()  # type: ignore[union-attr]
    stand_in = a_user("韩若谷")
    a_delegation(post, stand_in, DAY - timedelta(days=9), DAY - timedelta(days=1))
    file = path.to(State.REVIEWED)
    with pytest.raises(NotAllowed, match="入户核查员"):
        record_visit(file, actor=Actor.of(stand_in), visited_on=DAY.isoformat(), **VISIT)


def test_nobody_handles_their_own_file(path: Path, tree: Tree) -> None:
    a_post(REVIEWER, tree.willow, path.worker.user)
    file = path.apply()
    with pytest.raises(NotAllowed, match="回避"):
        review(file, actor=Actor.of(path.worker.user), category="deep")  # type: ignore[arg-type]


def test_nobody_handles_the_file_of_their_household(path: Path, tree: Tree) -> None:
    file = path.apply()
    number = an_id_number(born_on=date(1982, 3, 9))
    actions.add_to_household(
        file.household, actor=path.worker, name="柳青萍", id_number=number, relation="spouse"
    )
    spouse = Person.objects.filter(households__household=file.household, households__relation="spouse")
    spouse.update(user=path.reviewer.user)
    with pytest.raises(NotAllowed, match="回避"):
        review(file, actor=path.reviewer, category="deep")


def test_a_clerk_takes_in_a_paper_application_but_not_their_own(path: Path, tree: Tree) -> None:
    person = a_person(tree.willow)
    file = take_in(actor=path.reviewer, id_number=person.id_number, **APPLICATION)
    assert file.person == person
    own = a_person(tree.willow)
    Person.objects.filter(pk=own.pk).update(user=path.visitor.user)
    a_post(REVIEWER, tree.willow, path.visitor.user)
    mine = take_in(actor=Actor.of(path.visitor.user), id_number=own.id_number, **APPLICATION)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="回避"):
        review(mine, actor=Actor.of(path.visitor.user), category="deep")  # type: ignore[arg-type]
