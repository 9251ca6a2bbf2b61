"""Numbering 编号: gapless numbers per series. The number is drawn in the transaction that uses it."""

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """编号序列: the last number given out in a series such as `hardship-file/3301/2026`."""

    series = models.CharField(max_length=80, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("编号序列")

    def __str__(self) -> str:
        return f"{self.series}: {self.value}"


def draw(series: str, count: int = 1) -> range:
    """The next `count` numbers. Rolling back gives them back; a concurrent drawer waits."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("draw a number in the transaction that uses it")
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update().get(series=series)
    first = counter.value + 1
    counter.value += count
    counter.save(update_fields=["value"])
    return range(first, counter.value + 1)
