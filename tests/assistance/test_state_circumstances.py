"""家庭情况: said topic by topic, corrected by a new statement, health and card kept from those it is no business of."""

import pytest

from niangjia.assistance import queries as files
from niangjia.assistance.circumstances import actions, queries
from niangjia.assistance.circumstances.forms import TOPICS, passes_check
from niangjia.assistance.kinds import State
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from niangjia.kernel.forms import cleaned
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who
from tests.families import DAY, Path, a_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(tree: Tree) -> Path:
    return Path(tree)


def say(way: Path, topic: str, by: Actor | None = None, file: object = None, **said: str) -> object:
    actor = by or way.worker
    found = file or way.apply()
    form = queries.topic_form(actor, found, topic)  # type: ignore[arg-type]
    return actions.state(found, actor=actor, **cleaned(form(said)))  # type: ignore[arg-type]


def test_each_statement_keeps_what_was_said_before(way: Path) -> None:
    with clock.at(DAY):
        file = way.apply()
        say(way, "home", file=file, homes="1", has_car="no", tenure="rented")
        say(way, "work", file=file, work_state="at_work", own_monthly_amount="2600")
        corrected = say(way, "home", by=way.reviewer, file=file, homes="2", tenure="bought")
    assert (corrected.homes, corrected.has_car, corrected.work_state) == (2, None, "at_work")  # type: ignore[attr-defined]
    assert [one.teller for one in queries.statements(file)] == ["clerk", "family", "family"]
    assert queries.statements(file)[-1].homes == 1
    assert [entry.action for entry in audit.history(file)][1:] == ["state_circumstances"] * 3


def test_health_is_told_to_the_centre_but_not_to_the_unit_until_the_worker_agrees(way: Path) -> None:
    with clock.at(DAY):
        file = way.apply()
        say(way, "health", file=file, health="kidney", insurance="employee")
        assert "尿毒症" in str(queries.topics(way.worker, file))
        assert "尿毒症" in str(queries.topics(way.clerk, file))
        assert "尿毒症" not in str(queries.topics(way.reviewer, file))
        with pytest.raises(Missing):
            queries.topic_form(way.reviewer, file, "health")


def test_a_card_number_is_checked_sealed_and_shown_by_its_end(way: Path) -> None:
    assert passes_check("4111111111111111") and not passes_check("4111111111111112")
    with clock.at(DAY):
        file = way.apply()
        with pytest.raises(Invalid, match="校验位"):
            say(way, "bank", file=file, bank="青禾银行", card_number="4111 1111 1111 1112")
        say(way, "bank", file=file, bank="青禾银行", card_number="4111 1111 1111 1111")
        kept = say(way, "bank", file=file, bank="青禾农商银行", card_number="")
    assert (kept.bank, kept.card_number) == ("青禾农商银行", "4111111111111111")  # type: ignore[attr-defined]
    shown = str(queries.topics(way.clerk, file))
    assert "**** 1111" in shown and "4111111111111111" not in shown


def test_members_are_named_and_taken_out(way: Path) -> None:
    with clock.at(DAY):
        file = way.apply()
        given = {"name": "顾小满", "relation": "child", "identity": "student", "monthly_amount": 0}
        child = actions.add_member(file, actor=way.worker, **given, school="青禾中学")
        assert [one.name for one in queries.members(file)] == ["顾小满"]
        actions.end_member(child, actor=way.reviewer)
        assert not queries.members(file)
        with pytest.raises(Missing):
            queries.member(child.public_id, way.worker)


def test_only_the_family_and_those_at_work_on_the_file_state_anything(way: Path, tree: Tree) -> None:
    with clock.at(DAY):
        file = way.apply()
        for stranger in (a_worker(tree.willow), who(ADMINISTRATOR, tree.province)):
            assert not actions.may_state(file, stranger)
            with pytest.raises(NotAllowed, match="岗位"):
                actions.state(file, actor=stranger, homes=1)
        filed = Path(tree).to(State.FILED)
        with pytest.raises(WrongState, match="复核"):
            actions.state(filed, actor=way.clerk, homes=1)


def test_every_topic_reads_back_what_it_asks(way: Path) -> None:
    with clock.at(DAY):
        file = way.apply()
        assert all(topic.is_open for topic in queries.topics(way.worker, file))
        for name in TOPICS:
            form = queries.topic_form(way.worker, file, name)
            assert set(form.base_fields) <= set(actions.SAID)
        assert {name for form in (form for _l, form in TOPICS.values()) for name in form.base_fields} == set(
            actions.SAID
        )


def test_the_papers_asked_follow_cause_origin_and_household(way: Path, tree: Tree) -> None:
    with clock.at(DAY):
        file = way.apply()
        assert [kind.value for kind in files.papers_asked(file)] == [
            "identity",
            "register",
            "income",
            "medical",
        ]
        file.cause, file.second_cause, file.origin, file.authorised_on = (
            "accident",
            "schooling",
            "paper",
            None,
        )
        asked = [kind.value for kind in files.papers_asked(file)]
        assert asked[3:] == ["loss", "school", "application", "authorisation"]
