"""What may be shown to everybody: a count of very few people could point at one of them, so it is not told."""

from niangjia.kernel.figures.measures import Measure, Unit

# Fewer people than this, but more than none, are "fewer than five".
LEAST = 5
OF_PEOPLE = {Unit.PERSON, Unit.HOUSEHOLD}


def is_too_few(measure: Measure, value: int | None) -> bool:
    return value is not None and measure.unit in OF_PEOPLE and 0 < value < LEAST


def told(measure: Measure, value: int | None) -> int | None:
    """The number as everybody may know it; None where it is unknown or too few."""
    return None if is_too_few(measure, value) else value
