"""Proving the audit trail: recompute every chain and compare with what was exported."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.kernel.audit import anchors
from niangjia.kernel.audit.entries import AuditEntry


@dataclass(frozen=True)
class Finding:
    """One thing wrong: `kind` is changed, removed, reordered, inserted or anchor."""

    kind: str
    entry: str
    sentence: str


@dataclass
class Report:
    """What was looked at, what is wrong, and what no anchor covers yet."""

    entries: int = 0
    anchors: int = 0
    unanchored: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.findings


def verify() -> Report:
    report = Report()
    rows = AuditEntry.objects.order_by("object_type", "object_id", "position")
    findings = [*_chains(report, rows), *_anchors(report)]
    # A changed row breaks both its chain and its anchor: say it once.
    report.findings = tuple(dict.fromkeys(findings))
    report.unanchored = anchors.unanchored().count()
    return report


def verify_object(kind: str, object_id: int) -> Report:
    """One object's chain by itself, at once. A cut-off end shows only against the anchors, so only in `verify`."""
    report = Report()
    rows = AuditEntry.objects.filter(object_type=kind, object_id=object_id)
    report.findings = tuple(_chains(report, rows.order_by("position")))
    report.unanchored = anchors.unanchored().filter(object_type=kind, object_id=object_id).count()
    return report


def _chains(report: Report, rows: "QuerySet[AuditEntry]") -> Iterator[Finding]:
    """Walk the chain of each object: positions without gap, each MAC following from the one before."""
    owner, position, previous = ("", 0), 0, ""
    for entry in rows.iterator(chunk_size=2000):
        report.entries += 1
        if (entry.object_type, entry.object_id) != owner:
            owner, position, previous = (entry.object_type, entry.object_id), 0, ""
        if entry.position != position + 1:
            yield _removed(f"{entry.object_type}/{entry.object_id}#{position + 1}")
        elif entry.mac != entry.expected_mac(previous):
            yield _changed(str(entry))
        position, previous = entry.position, entry.mac


def _anchors(report: Report) -> Iterator[Finding]:
    """Compare every exported leaf with the row it names."""
    known = set(anchors.AuditAnchor.objects.values_list("number", "mac"))
    expected, previous = 1, ""
    for line in anchors.exported():
        report.anchors += 1
        if line.number != expected or line.mac != line.expected_mac(previous):
            yield Finding("anchor", f"#{line.number}", _("导出的锚点 %d 缺失或被改动") % line.number)
        elif (line.number, line.mac) not in known:
            yield Finding("anchor", f"#{line.number}", _("数据库中没有锚点 %d，或与导出的不同") % line.number)
        expected, previous = line.number + 1, line.mac
        yield from _leaves(line.leaves)
    for number, _mac in sorted(known):
        if number >= expected:
            yield Finding("anchor", f"#{number}", _("锚点 %d 没有导出文件") % number)


def _leaves(leaves: list[anchors.Leaf]) -> Iterator[Finding]:
    rows = {
        entry.pk: entry
        for entry in AuditEntry.objects.filter(pk__gte=leaves[0][0], pk__lte=leaves[-1][0]).iterator(2000)
    }
    for pk, kind, object_id, position, mac in leaves:
        name = f"{kind}/{object_id}#{position}"
        entry = rows.pop(pk, None)
        if entry is None:
            yield _removed(name)
        elif (entry.object_type, entry.object_id, entry.position) != (kind, object_id, position):
            yield Finding("reordered", name, _("审计记录 %s 被挪动过位置") % name)
        elif entry.mac != mac:
            yield _changed(str(entry))
    for entry in rows.values():
        yield Finding("inserted", str(entry), _("审计记录 %s 是锚定之后插入的") % entry)


def _changed(name: str) -> Finding:
    return Finding("changed", name, _("审计记录 %s 被改动过") % name)


def _removed(name: str) -> Finding:
    return Finding("removed", name, _("审计记录 %s 不见了") % name)
