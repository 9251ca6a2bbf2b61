"""What may be shown to everybody: a count of very few people could point at one of them, so it is not told.

Nor may it come out by subtraction, from the total of the union above, of another measure or of the month before. So
whatever counts people is told in steps of five, wherever it stands: of two such numbers the difference is never known
closer than "fewer than five".
"""

from niangjia.kernel.figures.measures import Measure, Unit

# Fewer people than this, but more than none, are "fewer than five".
LEAST = 5
OF_PEOPLE = {Unit.PERSON, Unit.HOUSEHOLD}


def may_be_shown(measure: Measure) -> bool:
    """A sum of money would tell what a single household got, however coarse the number of households is."""
    return not measure.is_money


def is_too_few(measure: Measure, value: int | None) -> bool:
    return value is not None and measure.unit in OF_PEOPLE and 0 < value < LEAST


def is_in_steps(measure: Measure) -> bool:
    return measure.unit in OF_PEOPLE


def told(measure: Measure, value: int | None) -> int | None:
    """The number as everybody may know it; None where it is unknown or too few."""
    if value is None or is_too_few(measure, value):
        return None
    return (value + LEAST // 2) // LEAST * LEAST if is_in_steps(measure) else value
