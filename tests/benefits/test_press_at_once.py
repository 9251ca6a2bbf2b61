"""No double aid: two clicks at the same moment, and two members of one family."""

from datetime import date
from typing import Any

import pytest

from niangjia.benefits.kinds import State
from niangjia.benefits.models import BenefitApplication, Grant
from niangjia.benefits.workflow import applications
from niangjia.kernel import clock
from niangjia.kernel.errors import Refused
from tests.assistance.test_press_at_once import at_once
from tests.benefits.people import Way, said
from tests.cast import a_tree

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def way() -> Way:
    return Way(a_tree())


def test_of_two_applications_at_once_one_is_made(way: Way) -> None:
    done = at_once(way.apply, way.apply)
    assert sorted(isinstance(one, BenefitApplication) for one in done) == [False, True]
    [refusal] = [one for one in done if isinstance(one, Refused)]
    assert "不能重复申请" in str(refusal)
    assert BenefitApplication.objects.count() == 1


def test_of_two_confirmers_one_grants(way: Way) -> None:
    row = way.to(State.ASSESSED)

    def press(actor: Any) -> Any:
        return lambda: applications.confirm(BenefitApplication.objects.get(pk=row.pk), actor=actor)

    done = at_once(press(way.confirmer), press(way.second))
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert Grant.objects.count() == 1


def test_two_schemes_that_exclude_each_other_are_not_had_together(way: Way) -> None:
    other = Way(way.tree, worker=way.worker)
    way.scheme.excludes.add(other.scheme)
    done = at_once(way.apply, lambda: way.apply(scheme=other.scheme.number))
    assert sorted(isinstance(one, BenefitApplication) for one in done) == [False, True]
    [refusal] = [one for one in done if isinstance(one, Refused)]
    assert "只能享受一项" in str(refusal)


def test_the_last_of_a_budget_is_granted_once(way: Way) -> None:
    way.scheme.budget_amount = 6000
    way.scheme.save()
    rows = [way.to(State.ASSESSED), Way(way.tree, way.scheme).to(State.ASSESSED)]

    def press(row: BenefitApplication) -> Any:
        return lambda: applications.confirm(BenefitApplication.objects.get(pk=row.pk), actor=way.confirmer)

    done = at_once(*(press(row) for row in rows))
    assert sorted(isinstance(one, Refused) for one in done) == [False, True]
    assert Grant.objects.count() == 1


def test_the_next_year_it_may_be_asked_for_again(way: Way) -> None:
    way.to(State.GRANTED)
    with pytest.raises(Refused, match="不能重复申请"):
        way.apply()
    with clock.at(date(2027, 1, 4)):
        again = applications.apply(
            actor=way.worker,
            scheme=way.scheme.number,
            said=said(),
            consents_to_decide=True,
        )
    assert again.period == "2027"
