"""Audit 审计: one append-only entry per thing done, chained per object by HMAC, anchored hourly.

`record` writes, `history` reads, `anchors.anchor` seals what was written, `verify.verify` proves it. The HMAC key lives
outside the database, so whoever can write to the tables still cannot rewrite the past unseen.
"""

from niangjia.kernel.audit.entries import (
    AuditEntry,
    Happening,
    Link,
    Remark,
    append,
    append_new,
    happenings,
    history,
    object_type,
    record,
)

__all__ = [
    "AuditEntry",
    "Happening",
    "Link",
    "Remark",
    "append",
    "append_new",
    "happenings",
    "history",
    "object_type",
    "record",
]
