"""The kernel's tables, gathered for Django; each is described in its own module."""

from niangjia.kernel.audit.anchors import AuditAnchor
from niangjia.kernel.audit.entries import AuditEntry, Remark
from niangjia.kernel.cache import CacheEntry
from niangjia.kernel.calendar.days import CalendarDay, CalendarYear
from niangjia.kernel.documents.models import IssuedDocument
from niangjia.kernel.fields.phases import IndexRotation
from niangjia.kernel.figures.models import Edition, Figure, Publication
from niangjia.kernel.files.models import StoredFile
from niangjia.kernel.jobs.models import Job
from niangjia.kernel.logins import LoginCode
from niangjia.kernel.messages.models import Message
from niangjia.kernel.numbering import Counter
from niangjia.kernel.once import Once
from niangjia.kernel.outbox import Delivery, Event
from niangjia.kernel.sheets.models import Batch, BatchChunk
from niangjia.kernel.tokens import ApiToken
from niangjia.kernel.users import User
from niangjia.kernel.workflow.tasks import Task

__all__ = [
    "ApiToken",
    "AuditAnchor",
    "AuditEntry",
    "Batch",
    "BatchChunk",
    "CacheEntry",
    "CalendarDay",
    "CalendarYear",
    "Counter",
    "Delivery",
    "Edition",
    "Event",
    "Figure",
    "IndexRotation",
    "IssuedDocument",
    "Job",
    "LoginCode",
    "Message",
    "Once",
    "Publication",
    "Remark",
    "StoredFile",
    "Task",
    "User",
]
