"""Background work: one table, one mechanism, no broker.

A job is enqueued in the transaction of the row that needs it, claimed under a lease with a fencing token,
retried with backoff, cancelled on request, repeated by schedule. What "exactly once" means here stands in
docs/decisions/0003-jobs.md.
"""

from niangjia.kernel.jobs import housekeeping
from niangjia.kernel.jobs.models import Job
from niangjia.kernel.jobs.progress import Cancelled, LostLease, Progress
from niangjia.kernel.jobs.registry import JobKind, job
from niangjia.kernel.jobs.running import run_until_idle
from niangjia.kernel.jobs.schedule import daily, minutes

__all__ = [
    "Cancelled",
    "Job",
    "JobKind",
    "LostLease",
    "Progress",
    "daily",
    "housekeeping",
    "job",
    "minutes",
    "run_until_idle",
]
