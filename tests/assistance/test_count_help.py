"""Help on record: households helped never, once, twice; 生活救助 for migrant workers, and the golden value of it."""

from datetime import date
from decimal import Decimal

import pytest

from niangjia.assistance import exits, living_aid
from niangjia.assistance.help import HELPED
from niangjia.assistance.kinds import State
from niangjia.assistance.models import AidMeasure
from niangjia.assistance.plans.kinds import AidKind, MeasureState
from niangjia.benefits.kinds import State as BenefitState
from niangjia.benefits.models import Grant
from niangjia.kernel.errors import Refused
from niangjia.kernel.figures import Part, Period, queries, refresh
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.money import fen
from niangjia.membership.models import Member
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.actions import publish_figure
from niangjia.organisation.paths import ROOT
from tests.benefits.people import Way
from tests.cast import Tree, who
from tests.families import DAY
from tests.plans import PlanPath

MONTH = Period(date(2026, 3, 1), date(2026, 3, 31))
FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))


def test_gv24_for_4278_of_4543_households_1906700_yuan_are_445_70_each() -> None:
    assert living_aid.AID_PER_HOUSEHOLD.of(fen(1906700), 4278) == Decimal("445.70")
    share = living_aid.AIDED_SHARE.of(4278, 4543)
    assert share is not None and round(share, 2) == 94.17
    assert living_aid.AID_PER_HOUSEHOLD.of(0, 0) is None


@pytest.mark.django_db
def test_a_household_is_helped_never_once_twice(tree: Tree) -> None:
    path = PlanPath(tree)
    file = path.to(State.FILED)
    Member.objects.filter(person=file.person).update(is_migrant=True)

    def standing(period: Period = MONTH) -> list[str]:
        """In which slice of the figure the one file stands; in exactly one."""
        parts = [(code, Part(HELPED, code)) for code in HELPED.labels]
        return [code for code, part in parts if exits.KEPT.beneath(ROOT, period, part)]

    assert (standing(), standing(FEBRUARY)) == (["0"], [])
    for times in ("1", "2", "3", "3"):
        Way(tree, worker=path.worker).to(BenefitState.GRANTED)
        assert standing() == [times]
    Grant.objects.filter(pk__in=Grant.objects.values("pk")[:3]).update(voided_on=DAY)
    assert standing() == ["1"]
    Grant.objects.update(household=file.household)
    assert standing() == ["1"], "a grant to the worker and to the household is one"
    Grant.objects.update(granted_on=date(2026, 4, 1))
    assert standing() == ["0"], "not yet"


@pytest.mark.django_db
def test_living_aid_is_counted_to_the_fen_for_migrants_on_file(tree: Tree) -> None:
    path = PlanPath(tree)
    measure = path.measure_to(MeasureState.DONE)
    other = PlanPath(tree)
    other.measure_to(MeasureState.DONE)
    AidMeasure.objects.update(kind=AidKind.LIVING, amount="445.70", source="工会经费")
    Member.objects.filter(person=measure.plan.file.person).update(is_migrant=True)
    refresh.enqueue(months=1)
    run_until_idle()
    wanted = [living_aid.MIGRANTS, living_aid.LIVING_AIDED, living_aid.LIVING_AID]
    found = queries.series(tree.city, wanted, queries.current_editions([MONTH.first]))
    values = {measure.name: found[measure.name][MONTH.first].value for measure in wanted}
    assert list(values.values()) == [1, 1, 44570]
    assert living_aid.LIVING_AID.counted(living_aid.LIVING_AID.beneath(tree.city.path, MONTH)) == 44570


@pytest.mark.django_db
def test_sums_of_money_are_never_shown_to_everybody(tree: Tree) -> None:
    keeper = who(ADMINISTRATOR, tree.city)
    publish_figure(living_aid.LIVING_AIDED, tree.city, actor=keeper)
    with pytest.raises(Refused, match="金额合计不向公众公布"):
        publish_figure(living_aid.LIVING_AID, tree.city, actor=keeper)
