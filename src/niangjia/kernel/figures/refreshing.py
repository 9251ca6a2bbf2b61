"""The job that counts. Reading takes no lock, writing goes in short transactions, and a new edition shows at once.

A run that is killed goes on behind the last measure it wrote whole. Nobody reads an edition before it is whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import bulk, clock
from niangjia.kernel.figures.measures import Period, ended, measures
from niangjia.kernel.figures.models import Edition, Figure
from niangjia.kernel.figures.queries import HISTORY, current_editions, months_back
from niangjia.kernel.figures.summing import Sums, Tree
from niangjia.kernel.jobs import Progress, daily, job

# So many rows a transaction: other writers wait a few hundredths of a second.
CHUNK = 1000
COLUMNS = ("measure", "unit", "value", "parts")
# A month counted later than this after its end is reconstructed, not reported.
GRACE = timedelta(days=10)
# Whatever is still unfinished after this was given up.
ABANDONED = timedelta(days=1)


@dataclass
class Work:
    """What is still to do; the mark of the job. `edition` is the one begun, `names` its measures not yet counted."""

    months: list[str]
    counted: int = 0
    edition: int | None = None
    names: list[str] = field(default_factory=list)


@job(label=_("汇总统计数"), every=daily("02:40"), long=True, lease=120)
def refresh(progress: Progress, *, whole: bool = False, months: int = HISTORY) -> dict[str, int]:
    """The running month, and months that ended without a report; `whole` also reconstructs again what was.

    `months` is how far back it looks, the running one included.
    """
    if progress.mark:
        work = Work(**progress.mark)
    else:
        work = Work([month.isoformat() for month in _months_to_count(months, whole=whole)])
        progress.total = len(work.months) * len(measures())
    while work.months:
        _count_month(progress, work)
    _prune(progress)
    return {"months": work.counted}


def _months_to_count(count: int, *, whole: bool) -> list[date]:
    """The oldest first, the running one last; on its first day there is nothing yet to count."""
    *months, running = months_back(count)
    known = current_editions(months)

    def is_wanted(edition: Edition | None) -> bool:
        if edition is None:
            return True
        return not edition.is_closed and (whole or not edition.is_reconstructed)

    wanted = [month for month in months if is_wanted(known.get(month))]
    return wanted if clock.today() == running else [*wanted, running]


def _count_month(progress: Progress, work: Work) -> None:
    """The first month of the work, from where a killed run left it."""
    is_resumed = work.edition is not None
    edition = _begun(progress, work)
    if is_resumed and work.names:
        # What a killed run had already written of this measure is counted anew.
        _remove(progress, Figure.objects.filter(edition=edition, measure=work.names[0]))
    period = Period.of(edition.month, edition.day)
    tree = Tree.read()
    names, waiting = work.names, []
    progress.done = (progress.total or 0) - (len(work.months) - 1) * len(measures()) - len(names)
    for number, (name, sums) in enumerate(_counted(names, tree, period), start=1):
        waiting += [(name, unit, cell.value, cell.parts) for unit, cell in sums.items()]
        progress.advance()
        while len(waiting) > CHUNK:
            some, waiting = waiting[:CHUNK], waiting[CHUNK:]
            # Whatever still waits is of this measure.
            work.names = names[number - 1 :]
            with progress.commit(mark=asdict(work)):
                bulk.insert(Figure, COLUMNS, some, {"edition": edition.pk})
    work.months, work.counted, work.edition, work.names = work.months[1:], work.counted + 1, None, []
    with progress.commit(mark=asdict(work)):
        bulk.insert(Figure, COLUMNS, waiting, {"edition": edition.pk})
        Edition.objects.filter(pk=edition.pk).update(finished_at=clock.now())


def _counted(names: Sequence[str], tree: Tree, period: Period) -> Iterator[tuple[str, Sums]]:
    """Shares of one measure are counted when the first of them comes."""
    ready: dict[str, Sums] = {}
    for name in names:
        measure = measures().get(name)
        if measure is None:
            yield name, {}
        elif measure.whole is None:
            yield name, tree.sums(measure, period)
        else:
            if name not in ready:
                ready |= tree.sums_of_shares(measure.whole, period)
            yield name, ready[name]


def _begun(progress: Progress, work: Work) -> Edition:
    """The edition that a killed run had begun, else a new one."""
    if work.edition is not None:
        return Edition.objects.get(pk=work.edition)
    month = date.fromisoformat(work.months[0])
    is_late = clock.today() > ended(month) + GRACE
    names = list(measures())
    with progress.commit():
        edition = Edition.objects.create(month=month, is_reconstructed=is_late, measures=names)
    work.edition, work.names = edition.pk, names
    return edition


def _remove(progress: Progress, rows: "QuerySet[Figure]") -> None:
    while some := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with progress.commit():
            Figure.objects.filter(pk__in=some).delete()


def _prune(progress: Progress) -> None:
    """Editions that a later one of their month replaced, and those that were given up."""
    months = list(Edition.objects.order_by().values_list("month", flat=True).distinct())
    kept = {edition.pk for edition in current_editions(months).values()}
    abandoned = Q(finished_at=None, as_of__lt=clock.now() - ABANDONED)
    for edition in Edition.objects.filter(Q(finished_at__isnull=False) | abandoned).exclude(pk__in=kept):
        _remove(progress, Figure.objects.filter(edition=edition))
        with progress.commit():
            edition.delete()
