"""How a family of the demo city lives: its income, and what it says of home, work and relief beside it.

What is said fits the cause and the way that the file goes, so that the city's own rules decide most files for one of
the three categories; a few are left unsaid, and one in thirty is excluded by print and approved for a written reason.
"""

from random import Random
from typing import Any

from niangjia.assistance.circumstances.kinds import Area, Health, Insurance, Tenure, UnitState, WorkState
from niangjia.assistance.facts import CLASSIC_CAUSES
from niangjia.assistance.kinds import Cause

# The city's minimum-living line (policies/990100), yuan a head and year.
LINE = 1050 * 12
# Income as parts of the line: below it, just above, and far above.
BELOW, ABOVE, FAR_ABOVE = (0.35, 0.9), (1.08, 1.4), (1.7, 2.6)
STRUCK = (Cause.ACCIDENT, Cause.DISASTER)
SILENT_SHARE, TWO_HOMES_SHARE = 0.08, 0.03
INSURANCES = (Insurance.EMPLOYEE, Insurance.EMPLOYEE, Insurance.RESIDENT)
TENURES = (Tenure.RENTED, Tenure.PUBLIC_RENTED, Tenure.BOUGHT, Tenure.SELF_BUILT)
ILLNESSES = (Health.CHRONIC, Health.KIDNEY, Health.CANCER, Health.HEART)


def yearly_income(random: Random, cause: Cause, size: int, *, is_needy: bool) -> int:
    """Of the whole family, in whole hundreds of yuan. Whoever is declined for the income earns too much."""
    part = BELOW
    if not is_needy:
        part = FAR_ABOVE
    elif cause in STRUCK or (cause in CLASSIC_CAUSES and random.random() < 0.45):
        part = ABOVE
    return round(random.uniform(*part) * LINE * size / 100) * 100


def circumstances(random: Random, cause: Cause, size: int, income: int) -> dict[str, Any]:
    """What the family says of itself; nothing where it has not filled this in yet."""
    if random.random() < SILENT_SHARE:
        return {}
    is_below = income < LINE * size
    receives = is_below and random.random() < 0.15
    return {
        "health": random.choice(ILLNESSES) if cause == Cause.ILLNESS else Health.GOOD,
        "insurance": random.choice(INSURANCES),
        "work_state": WorkState.WAITING if cause == Cause.UNEMPLOYMENT else WorkState.AT_WORK,
        "unit_state": UnitState.NORMAL,
        "tenure": random.choice(TENURES),
        "area": random.choice((Area.UNDER_50, Area.UNDER_70, Area.OVER_70)),
        "homes": 2 if random.random() < TWO_HOMES_SHARE else random.choice((0, 1, 1)),
        "lives_in_city": True,
        "has_car": False,
        "has_business": False,
        "single_parent": cause == Cause.SINGLE_PARENT,
        "private_school": False,
        "studies_abroad": False,
        "receives_relief": receives,
        "still_poor": receives,
        "months_below_line": random.randint(7, 30) if is_below else 0,
        "struck_by_disaster": cause == Cause.DISASTER,
        "sudden_illness": cause in STRUCK,
    }
