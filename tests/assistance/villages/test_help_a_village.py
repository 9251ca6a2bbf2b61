"""帮扶村: paired, surveyed, its industries, money and dividends on record, and let go."""

from decimal import Decimal
from typing import Any

import pytest

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import PairedVillage, VillageDividend
from niangjia.assistance.villages import dividends, queries, workflow
from niangjia.assistance.villages.kinds import DividendState, PostingState
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.workflow.tasks import open_task_of
from tests.cast import Tree, a_post, who
from tests.twinnings import REASON, day
from tests.villages import VillagePath

SURVEY = {"surveyed_on": "2026-03-01", "households": "312", "findings": "缺水田，林下能种菌，劳力外出多。"}


@pytest.mark.django_db
def test_the_unions_own_clerk_pairs_it_and_once(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.pair()
    assert (row.state, row.unit, str(row), row.number[:6]) == ("helped", tree.east, "月溪乡坪上村", "FC2026")
    assert row.due_on == row.until_on
    task = open_task_of("paired-village", row.pk)
    assert task is not None and task.duty == CENTRE_CLERK.name
    with pytest.raises(Refused, match="已经在帮扶月溪乡坪上村"):
        way.pair()
    way.pair(name="溪尾村")
    way.clerk = way.stranger
    with pytest.raises(Invalid, match="没有这个工会"):
        way.pair(name="坪下村")
    way.clerk = way.approver
    with pytest.raises(NotAllowed):
        way.pair(name="坪下村")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"town": "990102000000"}, "请填到乡镇"),
        ({"town": "1"}, "没有这个现行区划代码"),
        ({"name": "村"}, "至少"),
        ({"until_on": "2025-01-01"}, "不能早于开始日期"),
        ({"distance_km": "-3"}, "0"),
    ],
)
def test_a_pairing_that_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        VillagePath(tree).pair(**wrong)
    assert not PairedVillage.objects.exists()


@pytest.mark.django_db
def test_clerk_and_posted_cadre_record_survey_and_industries(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.posting_to().village
    workflow.record_survey(row, actor=way.officer, **SURVEY)
    assert (row.households, row.findings) == (312, SURVEY["findings"])
    way.industry(row)
    way.clerk = way.officer
    way.industry(row, name="猕猴桃", area_mu="200", started_on="")
    assert [(one.name, one.area_mu, one.state) for one in row.industries.all()] == [
        ("食用菌大棚", 40, "running"),
        ("猕猴桃", 200, "planned"),
    ]
    # Said again under the same name, it corrects.
    way.industry(row, name="猕猴桃", area_mu="210", stopped_on=day())
    assert [(one.area_mu, one.state) for one in row.industries.filter(name="猕猴桃")] == [(210, "stopped")]
    for other in (way.colleague, way.approver, way.stranger):
        for step, said in ((workflow.record_survey, SURVEY), (workflow.record_industry, {"name": "茶"})):
            with pytest.raises(NotAllowed):
                step(row, actor=other, **said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"stopped_on": "2026-03-01", "started_on": ""}, "请填投产日期"),
        ({"stopped_on": "2020-03-01"}, "不能早于开始日期"),
        ({"started_on": "2027-01-01"}, "不能晚于今天"),
        ({"area_mu": "-1"}, "0"),
        ({"kind": "casino"}, "casino"),
    ],
)
def test_an_industry_that_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    way = VillagePath(tree)
    row = way.pair()
    with pytest.raises(Invalid, match=words):
        way.industry(row, **wrong)
    assert not row.industries.exists()


@pytest.mark.django_db
def test_two_villages_get_100_000_and_200_000_which_are_300_000(tree: Tree) -> None:
    """S04-03, 2015: 10 万 and 20 万 for two villages."""
    way = VillagePath(tree)
    first, second = way.pair(from_on="2015-01-01"), way.pair(name="溪尾村", from_on="2015-01-01")
    way.fund(first, amount="100000", given_on="2015-06-01", document="2015 年拨款通知 7 号")
    way.fund(second, amount="20000", given_on="2015-06-01", document="2015 年拨款通知 8 号")
    way.fund(second, amount="200000", given_on="2015-06-01", document="2015 年拨款通知 8 号")
    way.fund(second, amount="5000", document="2026 年拨款通知 1 号")
    assert queries.totals(way.clerk, 2015).given == Decimal(300_000)
    assert queries.totals(way.clerk, 2026).given == Decimal(5_000)
    assert queries.totals(way.stranger, 2015).given == 0
    way.fund(second, amount="0", document="2026 年拨款通知 1 号")
    with pytest.raises(Refused, match="没有登记过"):
        way.fund(second, amount="0", document="2026 年拨款通知 1 号")
    with pytest.raises(Invalid, match="不能晚于今天"):
        way.fund(first, given_on=day(1))
    with pytest.raises(NotAllowed):
        workflow.record_funding(first, actor=way.approver, document="县拨款通知", given_on=day(), amount="10")


@pytest.mark.django_db
def test_a_dividend_counts_once_a_second_person_confirmed_it(tree: Tree) -> None:
    way = VillagePath(tree)
    posting = way.posting_to()
    row = way.record(posting.village)
    assert (row.state, row.number) == ("to_confirm", f"{row.village.number}-F01")
    task = open_task_of("village-dividend", row.pk)
    assert task is not None and task.duty == APPROVER.name
    assert queries.totals(way.clerk, 2025).shared == 0
    for account, words in ((way.clerk.account, "须由另一人办理"), (way.officer.account, "依回避规定")):
        a_post(APPROVER, tree.east, account)
        with pytest.raises(NotAllowed, match=words):
            dividends.confirm(row, actor=Actor.of(account))
    with pytest.raises(NotAllowed):
        dividends.reject(row, actor=who(CENTRE_CLERK, tree.city), **REASON)
    dividends.confirm(row, actor=way.approver)
    assert (row.state, row.confirmed_on) == ("certified", clock.today())
    assert audit.history(row).last().action == "confirm"  # type: ignore[union-attr]
    assert queries.totals(way.clerk, 2025).shared == Decimal(130_500)
    with pytest.raises(WrongState):
        dividends.confirm(row, actor=way.approver)


@pytest.mark.django_db
def test_a_year_is_shared_out_once_and_corrected_by_sending_it_back(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.dividend_to()
    with pytest.raises(Refused, match=row.number):
        way.record(row.village)
    with pytest.raises(Invalid, match="请写明理由"):
        dividends.reject(row, actor=way.approver)
    dividends.reject(row, actor=way.approver, **REASON)
    assert (row.state, row.confirmed_on) == ("disallowed", None)
    again = way.dividend_to(under=row.village, amount="131000")
    assert queries.totals(way.clerk, 2025).shared == again.amount


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "0.01"),
        ({"year": "2027"}, "不能晚于今年"),
        ({"year": "1999"}, "2000"),
        ({"households": "0"}, "1"),
    ],
)
def test_a_dividend_that_does_not_hold_together_is_refused_in_words(
    tree: Tree, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        VillagePath(tree).record(**wrong)
    assert not VillageDividend.objects.exists()


@pytest.mark.django_db
def test_a_village_is_let_go_when_nobody_lives_there_and_nothing_waits(tree: Tree) -> None:
    way = VillagePath(tree)
    row = way.pair()
    way.posting_to(PostingState.TO_APPROVE, under=row)
    with pytest.raises(Refused, match="还有 1 名驻村干部"):
        workflow.release(row, actor=way.clerk, **REASON)
    other = way.pair(name="溪尾村")
    waiting = way.record(other)
    with pytest.raises(Refused, match="还有 1 笔分红没有核对"):
        workflow.release(other, actor=way.clerk, **REASON)
    dividends.reject(waiting, actor=way.approver, **REASON)
    with pytest.raises(NotAllowed):
        workflow.release(other, actor=way.approver, **REASON)
    workflow.release(other, actor=way.clerk, **REASON)
    assert (other.state, other.ended_on) == ("help_ended", clock.today())
    with pytest.raises(WrongState):
        way.industry(other)
    way.pair(name="溪尾村")


@pytest.mark.django_db
def test_other_counties_find_nothing(tree: Tree) -> None:
    way = VillagePath(tree)
    dividend = way.dividend_to(DividendState.TO_CONFIRM)
    for case, row in ((workflow.paired_village, dividend.village), (dividends.village_dividend, dividend)):
        assert case.find(row.public_id, who(CENTRE_CLERK, tree.city)) == row
        for stranger in (way.stranger, way.officer):
            with pytest.raises(Missing):
                case.find(row.public_id, stranger)
