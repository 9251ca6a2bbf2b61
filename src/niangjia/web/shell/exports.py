"""导出: any list as it is cut down, masked, as a workbook. Small ones at once, large ones in the background.

A list declares once what a row says; each export is logged with its filter and its number of rows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.kernel.sheets import write_rows
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.organisation import queries as organisation
from niangjia.web.shell.formats import write_day, write_moment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Beyond this a browser would wait; the background does it.
MOST_AT_ONCE = 5_000
# A sheet holds hardly more.
MOST_ROWS = 1_000_000
CHUNK = 2_000

ACTION_LABELS["export"] = gettext_lazy("导出")


@dataclass(frozen=True)
class Asked:
    """A list as its reader cut it down: words looked for, part of the tree, and the list's own filters."""

    words: str = ""
    unit: Any = None
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Export:
    """`rows` begins from what the actor may see; `cells` says a row as texts, sealed ones masked.

    `filters` names the list's own filters that its address carries; `said` puts the chosen ones into words.
    """

    name: str
    label: "StrOrPromise"
    purpose: str
    titles: Sequence["StrOrPromise"]
    rows: Callable[[Actor, Asked], "QuerySet[Any]"]
    cells: Callable[[Any], Sequence[object]]
    filters: Sequence[str] = ()
    said: Callable[[Asked], str] = lambda _asked: ""

    def __post_init__(self) -> None:
        if EXPORTS.setdefault(self.name, self) is not self:
            raise ValueError(f"two exports are called {self.name}")


EXPORTS: dict[str, Export] = {}


def export_named(name: str, actor: Actor) -> Export:
    if name not in EXPORTS:
        raise Missing(_("没有这个列表。"))
    if not actor.scopes(EXPORTS[name].purpose):
        raise NotAllowed(_("您的岗位不包含这项工作。确有需要，请联系本单位的组织管理员调整任职。"))
    return EXPORTS[name]


def asked_by(export: Export, actor: Actor, given: Mapping[str, str], words: str = "") -> Asked:
    """From an address, or from a job's arguments. Raises Missing for a union out of sight."""
    number = given.get("unit", "")
    unit = organisation.union_visible_to(actor, number=number) if number else None
    chosen = {name: given[name] for name in export.filters if given.get(name)}
    return Asked(words, unit, chosen)


def is_large(export: Export, actor: Actor, asked: Asked) -> bool:
    found = export.rows(actor, asked).order_by()[: MOST_AT_ONCE + 1].count()
    if not found:
        raise Refused(_("按现在的筛选没有内容可以导出，请放宽条件再试。"))
    return found > MOST_AT_ONCE


def write(
    export: Export, actor: Actor, asked: Asked, advance: Callable[[int], None] = lambda _count: None
) -> tuple[BytesIO, int]:
    """The workbook and how many rows it holds; the caller records it. `advance` hears of every chunk."""
    target, count = BytesIO(), 0

    def lines() -> Iterator[Sequence[str]]:
        nonlocal count
        for row in export.rows(actor, asked).iterator(CHUNK):
            yield [written(cell) for cell in export.cells(row)]
            count += 1
            if count > MOST_ROWS:
                raise Refused(_("超过 100 万行，一张表放不下。请先选一个下级工会，分几次导出。"))
            if count % CHUNK == 0:
                advance(CHUNK)

    with translation.override("zh-hans"):
        titles = [str(title) for title in export.titles]
        write_rows(target, titles, lines(), str(export.label), about(export, actor, asked))
    target.seek(0)
    return target, count


def about(export: Export, actor: Actor, asked: Asked) -> list[tuple[str, str]]:
    """What the second sheet says."""
    return [
        ("内容", str(export.label)),
        ("范围", scope_of(export, actor, asked)),
        ("筛选", filter_of(export, asked)),
        ("导出人", actor.account.name),
        ("导出时间", write_moment(clock.now())),
        ("说明", "证件号码、手机号只显示前后几位；本次导出已记入审计记录。"),
    ]


def scope_of(export: Export, actor: Actor, asked: Asked) -> str:
    if asked.unit is not None:
        return f"{asked.unit.name}及其下级"
    return "、".join(union.name for union in organisation.tops(actor, export.purpose)[:5]) + "及其下级"


def filter_of(export: Export, asked: Asked) -> str:
    """What was looked for may be somebody's number, so digits are not repeated."""
    words = ""
    if asked.words:
        is_number = any(character.isdigit() for character in asked.words)
        words = "按号码查找" if is_number else f"查找“{asked.words}”"
    return "；".join(said for said in (words, export.said(asked)) if said) or "无"


def record(export: Export, actor: Actor, asked: Asked, count: int) -> None:
    """On the union that the list is of, where its auditor finds it."""
    with translation.override("zh-hans"), transaction.atomic():
        scope, chosen = scope_of(export, actor, asked), filter_of(export, asked)
        said = f"{export.label} {count:,} 行；范围：{scope}；筛选：{chosen}"
        changes = {"export": export.name, "rows": count}
        audit.record(home_of(export, actor, asked), "export", actor=actor, changes=changes, remark=said)


def home_of(export: Export, actor: Actor, asked: Asked) -> Any:
    """The union whose list it is."""
    return asked.unit or organisation.tops(actor, export.purpose).first()


def written(cell: object) -> str:
    """Everything is text: a number that Excel may round, a formula that it would run, are none."""
    if cell is None:
        return ""
    return write_day(cell) if isinstance(cell, date) else str(cell)
