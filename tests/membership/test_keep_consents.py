"""Consents: by whom, how, once, withdrawn; and that an application's ticks become them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.consents import ECONOMIC_CHECK, HEALTH_SHARING
from niangjia.assistance.queries import sees_health
from niangjia.assistance.workflow import apply, ask_for_more, resubmit, take_in
from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.outbox import Event
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.consents import actions, queries
from niangjia.membership.consents.purposes import purpose_named
from niangjia.membership.models import Consent, Person
from niangjia.notices.consents import PUBLICITY
from tests.cast import Tree, who
from tests.families import APPLICATION, DAY, Path, a_person, a_worker


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.at(DAY):
        yield


def person_of(actor: Actor) -> Person:
    return Person.objects.get(user=actor.user)


def test_the_person_agrees_online_and_the_clerk_records_paper(tree: Tree) -> None:
    worker = a_worker(tree.willow)
    person = person_of(worker)
    online = actions.give(person, PUBLICITY, actor=worker)
    paper = actions.give(person, ECONOMIC_CHECK, actor=who(MEMBERSHIP_CLERK, tree.willow))
    assert (online.how, online.recorded_by, online.given_on) == ("online", worker.user, DAY)
    assert paper.how == "paper"
    assert queries.has_consented(person, PUBLICITY)
    assert [entry.action for entry in audit.history(person)][-2:] == ["give_consent", "give_consent"]


@pytest.mark.parametrize("deed", [actions.give, actions.withdraw])
def test_nobody_else_speaks_for_the_person(tree: Tree, deed: Any) -> None:
    person = a_person(tree.willow)
    for other in (
        a_worker(tree.willow),
        who(MEMBERSHIP_CLERK, tree.west),
        who(CENTRE_CLERK, tree.east),
        CLOCK,
    ):
        with pytest.raises(NotAllowed, match="本人"):
            deed(person, PUBLICITY, actor=other)
    assert not Consent.objects.exists()


def test_said_twice_it_stands_once_and_withdrawn_it_stands_no_more(tree: Tree) -> None:
    worker = a_worker(tree.willow)
    person = person_of(worker)
    first = actions.give(person, PUBLICITY, actor=worker)
    assert actions.give(person, PUBLICITY, actor=worker) == first
    actions.withdraw(person, PUBLICITY, actor=worker)
    actions.withdraw(person, PUBLICITY, actor=worker)
    first.refresh_from_db()
    assert first.withdrawn_on == DAY
    assert not queries.has_consented(person, PUBLICITY)
    [told] = Event.objects.filter(topic=actions.WITHDRAWN)
    assert told.payload == {"person": person.pk, "purpose": "publicity"}
    again = actions.give(person, PUBLICITY, actor=worker)
    assert list(queries.consents(person)) == [again, first]


def test_there_are_only_purposes_that_a_domain_declared() -> None:
    with pytest.raises(Missing):
        purpose_named("advertising")


def test_the_ticks_of_an_application_become_consents(tree: Tree) -> None:
    path = Path(tree)
    file = apply(actor=path.worker, **APPLICATION)
    assert {one.purpose: one.how for one in queries.consents(file.person)} == {
        "publicity": "online",
        "economic-check": "online",
    }
    ask_for_more(file, actor=path.reviewer, remark="请补收入证明")
    resubmit(file, actor=path.worker, **APPLICATION, shares_health_with_unit=True)
    assert queries.has_consented(file.person, HEALTH_SHARING)


def test_a_paper_application_is_a_signed_paper(tree: Tree) -> None:
    path = Path(tree)
    person = person_of(path.worker)
    take_in(actor=path.reviewer, id_number=person.id_number, **APPLICATION)
    assert {(one.how, one.recorded_by) for one in queries.consents(person)} == {("paper", path.reviewer.user)}


def test_the_union_sees_illness_only_while_the_worker_agrees(tree: Tree) -> None:
    path = Path(tree)
    file = apply(actor=path.worker, **APPLICATION, shares_health_with_unit=True)
    assert sees_health(path.reviewer, file)
    actions.withdraw(file.person, HEALTH_SHARING, actor=path.worker)
    assert not sees_health(path.reviewer, file)


@pytest.fixture
def _addresses(settings: Any, db: None) -> None:
    settings.DEMO = True
    cache.clear()


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.account)
    return client


@pytest.mark.usefixtures("_addresses")
def test_the_worker_reads_gives_and_takes_back_on_the_phone(tree: Tree) -> None:
    worker = a_worker(tree.willow)
    client = signed_in(worker)
    page = client.get("/m/consents/").content.decode()
    assert str(PUBLICITY.told)[:20] in page and "没有同意过" in page
    assert client.post("/m/consents/publicity/give/").status_code == 302
    assert queries.has_consented(person_of(worker), PUBLICITY)
    client.post("/m/consents/publicity/withdraw/")
    assert not queries.has_consented(person_of(worker), PUBLICITY)
    assert client.post("/m/consents/advertising/give/").status_code == 404
    assert [one["is_given"] for one in client.get("/api/v1/consents/").json()].count(True) == 0


@pytest.mark.usefixtures("_addresses")
def test_the_clerk_records_them_on_the_persons_page_and_a_stranger_does_not(tree: Tree) -> None:
    person = a_person(tree.willow)
    address = f"/people/{person.public_id}/consents/publicity/"
    clerk = signed_in(who(MEMBERSHIP_CLERK, tree.willow))
    assert address in clerk.get(f"/people/{person.public_id}/").content.decode()
    clerk.post(address)
    assert queries.standing(person, PUBLICITY).get().how == "paper"
    stranger = signed_in(who(MEMBERSHIP_CLERK, tree.west))
    assert stranger.post(address, {"withdraw": "1"}).status_code == 404
    api = f"/api/v1/people/{person.public_id}/consents/"
    assert stranger.get(api).status_code == 404
    assert [one["is_given"] for one in clerk.get(api).json()].count(True) == 1
    clerk.post(address, {"withdraw": "1"})
    assert not queries.has_consented(person, PUBLICITY)
