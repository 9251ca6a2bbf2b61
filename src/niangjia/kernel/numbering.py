"""Numbering 编号: gapless numbers per series, and the issue numbers 字号 of papers per unit, year and kind.

A number is drawn in the transaction that uses it: rolled back, it is given back; a parallel drawer waits.
"""

from dataclasses import dataclass
from string import Formatter

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock


class Counter(models.Model):
    """编号序列: the last number given out in a series such as `transfer-letter/unit-17/2026`."""

    series = models.CharField(max_length=80, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("编号序列")

    def __str__(self) -> str:
        return f"{self.series}: {self.value}"


# One statement locks the row, counts on and answers; of two who begin a series at once the second waits.
DRAW = "UPDATE kernel_counter SET value = value + %s WHERE series = %s RETURNING value"
BEGIN = "INSERT INTO kernel_counter (series, value) VALUES (%s, 0) ON CONFLICT (series) DO NOTHING"


def draw(series: str, count: int = 1) -> range:
    """The next `count` numbers. Rolling back gives them back; a concurrent drawer waits."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("draw a number in the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [count, series])
        drawn = cursor.fetchone()
        if drawn is None:
            cursor.execute(BEGIN, [series])
            cursor.execute(DRAW, [count, series])
            drawn = cursor.fetchone()
    last = int(drawn[0])
    return range(last - count + 1, last + 1)


@dataclass(frozen=True)
class IssueNumber:
    """字号, as a paper bears it: `text` is 娘工发〔2026〕12号."""

    year: int
    number: int
    text: str


@dataclass(frozen=True)
class Numbering:
    """One kind of numbered paper; each unit counts its own from 1 in each calendar year of China.

    `form` says how the number is written: `{mark}` is the unit's own short name 发文代字, which may be empty.
    """

    kind: str
    form: str

    def __post_init__(self) -> None:
        used = {name for _text, name, _spec, _conversion in Formatter().parse(self.form) if name is not None}
        if not {"year", "number"} <= used <= {"mark", "year", "number"}:
            raise ValueError(f"{self.form!r} must name year and number, and may name mark")

    def draw(self, unit_id: int, mark: str = "") -> IssueNumber:
        """The next number of this kind at a unit, as of today in China."""
        year = clock.today().year
        [number] = draw(f"{self.kind}/unit-{unit_id}/{year}")
        return IssueNumber(year, number, self.form.format(mark=mark, year=year, number=number))
