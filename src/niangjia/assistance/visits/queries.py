"""What a visitor takes along, what has come back half, and what stands against what."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.assistance import parameters
from niangjia.assistance.access import VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile, HomeVisit, VisitDraft
from niangjia.assistance.queries import files_visible_to
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, directory
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.prepared import Children
from niangjia.kernel.workflow import tasks

# More than anybody visits in a week; the rest follows with the next download.
MOST_TAKEN = 200


def waiting_visits(actor: Actor) -> "QuerySet[HardshipFile]":
    """The files on the actor's desk that wait for a visit, the most urgent first."""
    waiting = tasks.on_desk_of(actor).filter(workflow="hardship-file", duty=VISITOR.name)
    files = files_visible_to(actor).select_related("household")
    return files.filter(pk__in=waiting.order_by().values("object_id"), state=State.REVIEWED).order_by(
        "due_on", "pk"
    )


def days_kept(actor: Actor) -> int:
    """How long a phone may keep what it took along, by the setting of the visitor's own union."""
    return int(directory().parameter(parameters.VISIT_OFFLINE_DAYS, _home(actor), clock.today()))


def half_sent_by(actor: Actor) -> "QuerySet[VisitDraft]":
    """The visitor's own, of whatever file."""
    return _half(VisitDraft.objects.filter(visitor=actor.user_id).select_related("file__person"))


def _half(drafts: "QuerySet[VisitDraft]") -> "QuerySet[VisitDraft]":
    return drafts.filter(outcome="").prefetch_related("parts").order_by("pk")


_half_sent = Children(VisitDraft, "file", lambda rows: _half(rows).prefetch_related("visitor"))


def half_sent(file: HardshipFile) -> list[VisitDraft]:
    """Visits of a file that a phone has begun to send and not finished; hardly ever one."""
    return _half_sent.of(file)


def draft_of(actor: Actor, key: UUID) -> VisitDraft | None:
    """The visitor's own; of another's key nothing is said, not even that it exists."""
    return VisitDraft.objects.filter(key=key, visitor=actor.user_id).first()


def last_visit(file: HardshipFile) -> HomeVisit | None:
    return file.visits.select_related("recorded_by").order_by("-pk").first()


def _home(actor: Actor) -> int:
    """The nearest union where the actor is visitor."""
    grants = [grant for grant in actor.grants if grant.duty == VISITOR]
    if not grants:
        raise NotAllowed(_("下载核查资料由“%s”岗位办理，您没有这个岗位。") % VISITOR.label)
    nearest = max(grants, key=lambda grant: len(grant.path))
    return nearest.unit_id
