"""News reaches every handler once, in order, after the transaction that made it true."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from niangjia.kernel import clock, outbox
from niangjia.kernel.jobs import Job, run_until_idle
from niangjia.kernel.jobs.models import State
from niangjia.kernel.outbox import Delivery, Event, News, publish, subscribe
from tests.kernel import work

pytestmark = pytest.mark.django_db

TOPIC = "tests.filed"


class Failing:
    """Says which news a handler cannot take today."""

    def __init__(self) -> None:
        self.on: set[int] = set()


@pytest.fixture
def failing() -> Failing:
    return Failing()


@pytest.fixture
def archive(failing: Failing) -> Iterator[Callable[[News], None]]:
    """One handler that writes an effect, and another that never fails."""

    @subscribe(TOPIC)
    def archive(news: News) -> None:
        work.effect(f"archive {news.payload['number']}")
        if news.payload["number"] in failing.on:
            raise ConnectionError("the archive is closed today")

    @subscribe(TOPIC)
    def count(news: News) -> None:
        work.effect(f"count {news.payload['number']}")

    yield archive
    del outbox._HANDLERS[TOPIC]


def announce(number: int, key: object = "") -> Event:
    with transaction.atomic():
        return publish(TOPIC, key=key, number=number)


def later(hours: float) -> None:
    with clock.at(clock.now() + timedelta(hours=hours)):
        run_until_idle()


def test_every_handler_hears_once(archive: object) -> None:
    event = announce(1)
    assert work.effects() == []
    run_until_idle()
    assert work.effects() == ["archive 1", "count 1"]
    outbox.deliver.enqueue(event_id=event.pk)
    Event.objects.filter(pk=event.pk).update(heard_at=None)
    run_until_idle()
    assert work.effects() == ["archive 1", "count 1"]
    assert Delivery.objects.count() == 2


def test_a_handler_learns_topic_key_time_and_content() -> None:
    heard: list[News] = []
    subscribe("tests.told")(_into(heard))
    with transaction.atomic():
        event = publish("tests.told", key=7, number=1)
    run_until_idle()
    assert heard == [News("tests.told", "7", event.published_at, {"number": 1})]
    del outbox._HANDLERS["tests.told"]


def _into(heard: list[News]) -> Callable[[News], None]:
    def handler(news: News) -> None:
        heard.append(news)

    return handler


def test_what_was_rolled_back_is_no_news(archive: object) -> None:
    with pytest.raises(ValueError, match="refused"), transaction.atomic():
        publish(TOPIC, number=1)
        raise ValueError("refused")
    run_until_idle()
    assert work.effects() == []


@pytest.mark.django_db(transaction=True)
def test_news_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        publish(TOPIC, number=1)


def test_one_handler_fails_and_the_others_hear_at_once(archive: object, failing: Failing) -> None:
    failing.on = {1}
    announce(1)
    run_until_idle()
    assert work.effects() == ["count 1"]
    assert Job.objects.filter(state=State.WAITING).count() == 1
    failing.on = set()
    later(hours=1)
    assert work.effects() == ["count 1", "archive 1"]
    assert not Event.objects.filter(topic=TOPIC, heard_at=None).exists()


def test_news_of_one_key_is_heard_in_order(archive: object, failing: Failing) -> None:
    failing.on = {1}
    announce(1, key="file 5")
    announce(2, key="file 5")
    announce(3, key="file 6")
    run_until_idle()
    archived = [effect for effect in work.effects() if effect.startswith("archive")]
    assert archived == ["archive 3"]
    failing.on = set()
    later(hours=1)
    archived = [effect for effect in work.effects() if effect.startswith("archive")]
    assert archived == ["archive 3", "archive 1", "archive 2"]


def test_a_later_job_may_bring_the_earlier_news(archive: object) -> None:
    announce(1, key="file 5")
    Job.objects.all().delete()
    announce(2, key="file 5")
    run_until_idle()
    assert [effect for effect in work.effects() if effect.startswith("archive")] == ["archive 1", "archive 2"]


def test_news_whose_job_gave_up_is_offered_again(archive: object, failing: Failing) -> None:
    announce(1, key="file 5")
    announce(2, key="file 5")
    Job.objects.all().delete()
    with clock.at(clock.now() + timedelta(hours=1)):
        outbox.sweep.enqueue()
        run_until_idle()
    assert [effect for effect in work.effects() if effect.startswith("archive")] == ["archive 1", "archive 2"]


def test_a_new_handler_is_not_told_old_news(archive: object) -> None:
    announce(1)
    run_until_idle()

    @subscribe(TOPIC)
    def newcomer(news: News) -> None:
        work.effect(f"newcomer {news.payload['number']}")

    announce(2)
    run_until_idle()
    assert [effect for effect in work.effects() if effect.startswith("newcomer")] == ["newcomer 2"]


def test_heard_news_goes_after_a_month_and_unheard_stays(archive: object, failing: Failing) -> None:
    failing.on = {2}
    announce(1)
    announce(2)
    run_until_idle()
    with clock.at(clock.now() + timedelta(days=31)):
        outbox.prune.enqueue()
        run_until_idle(limit=1_000)
    assert [event.payload["number"] for event in Event.objects.filter(topic=TOPIC)] == [2]
