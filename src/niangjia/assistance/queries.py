"""Every read of assistance. Each starts from what the actor may see."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE, HEALTH
from niangjia.assistance.consents import HEALTH_SHARING
from niangjia.assistance.kinds import (
    ALWAYS_ASKED,
    ASKED_FOR_CAUSE,
    CLOSED_STATES,
    HEALTH_PAPERS,
    LEFT_STATES,
    Cause,
    Origin,
    PaperKind,
    State,
)
from niangjia.assistance.models import Attachment, EconomicCheck, HardshipFile, HomeVisit
from niangjia.assistance.overlooked import cut_down
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, scoped, within
from niangjia.kernel.errors import Missing
from niangjia.kernel.order import first
from niangjia.kernel.prepared import Children
from niangjia.membership import queries as membership
from niangjia.membership.consents.queries import has_consented
from niangjia.membership.models import Household
from niangjia.organisation.access import AUDIT
from niangjia.organisation.models import UnionBody
from niangjia.organisation.paths import ROOT


def files_visible_to(actor: Actor) -> "QuerySet[HardshipFile]":
    """Files of the actor's subtrees, and the actor's own."""
    files = HardshipFile.objects.select_related("person", "unit")
    own = Q(person__user=actor.user_id) if actor.user else Q(pk__in=[])
    scopes = actor.scopes(ASSISTANCE)
    if ROOT in scopes:
        return files
    return files.filter(within(scopes) | own if scopes else own)


def listed(files: "QuerySet[HardshipFile]") -> "QuerySet[HardshipFile]":
    """With only what lists show of a file; anything else costs a query of its own."""
    own = ("public_id", "number", "state", "cause", "due_on", "applied_on")
    return files.only(*own, "person", "person__name", "unit", "unit__name", "unit__path")


def own_files(actor: Actor) -> "QuerySet[HardshipFile]":
    """The worker's own files, newest first."""
    return (
        HardshipFile.objects.filter(person__user=actor.user_id)
        .select_related("person", "unit")
        .order_by("-pk")
    )


def overdue_files(actor: Actor) -> "QuerySet[HardshipFile]":
    return files_visible_to(actor).filter(due_on__lt=clock.today())


def files_matching(actor: Actor, words: str) -> "QuerySet[HardshipFile]":
    """Files by their number, or by what their worker is found by; newest first."""
    words = words.strip()
    rows = files_visible_to(actor).order_by("-pk")
    if not any(character.isdigit() for character in words):
        return rows.filter(membership.named(words, "person__"))
    return rows.filter(Q(number=words.upper()) | Q(person__in=membership.people_numbered(words)))


def files_chosen(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    overdue: bool = False,
    only: str = "",
    unit: UnionBody | None = None,
) -> "QuerySet[HardshipFile]":
    """The list as a clerk cuts it down: by words, state, deadline, what is overlooked, union; newest first."""
    files = files_matching(actor, words) if words else files_visible_to(actor).order_by("-pk")
    if state in State.values:
        files = files.filter(state=state)
    if overdue:
        files = files.filter(due_on__lt=clock.today())
    files = cut_down(files, only)
    return files.filter(within([unit.path])) if unit else files


def traced(actor: Actor, number: str) -> list[HardshipFile]:
    """What an auditor may look into under a file's number."""
    return list(scoped(HardshipFile.objects.filter(number=number), actor, AUDIT))


_running = Children(HardshipFile, "household", lambda rows: rows.exclude(state__in=CLOSED_STATES))
_left = Children(HardshipFile, "household", lambda rows: rows.filter(state__in=LEFT_STATES))
_visits = Children(HomeVisit, "file", lambda rows: rows.select_related("recorded_by"))
_checks = Children(EconomicCheck, "file", lambda rows: rows.select_related("recorded_by"))
_papers = Children(
    Attachment, "file", lambda rows: rows.filter(voided_at=None).select_related("stored", "added_by")
)


def papers_visible_to(actor: Actor, file: HardshipFile) -> list[Attachment]:
    """The papers of a file that the actor already sees, the oldest first; medical ones see `sees_health`."""
    papers = _papers.of(file)
    return papers if sees_health(actor, file) else [row for row in papers if not row.is_medical]


def papers_missing(actor: Actor, file: HardshipFile, papers: Iterable[Attachment]) -> list[PaperKind]:
    """The kinds a file like this usually rests on and that are not among the papers the actor sees.

    None that the actor may not see.
    """
    there = {paper.kind for paper in papers}
    hidden = () if sees_health(actor, file) else HEALTH_PAPERS
    return [kind for kind in papers_asked(file) if kind not in there and kind not in hidden]


def papers_asked(file: HardshipFile) -> list[PaperKind]:
    """By what the application says: its causes, how it came, and whether its worker comes from the country."""
    asked = list(ALWAYS_ASKED)
    asked += [
        ASKED_FOR_CAUSE[Cause(cause)] for cause in (file.cause, file.second_cause) if cause in ASKED_FOR_CAUSE
    ]
    if membership.is_migrant(file.person):
        asked.append(PaperKind.CONTRACT)
    if file.origin == Origin.PAPER:
        asked.append(PaperKind.APPLICATION)
    if file.authorised_on is None:
        asked.append(PaperKind.AUTHORISATION)
    return list(dict.fromkeys(asked))


def attachment(public_id: UUID | str, actor: Actor) -> Attachment:
    """One paper, if the actor sees its file and may see its kind; otherwise Missing, whether it exists or not."""
    there = Attachment.objects.filter(voided_at=None, file__in=files_visible_to(actor))
    found = there.filter(public_id=public_id).first()
    if found is None or (found.is_medical and not sees_health(actor, found.file)):
        raise Missing(_("没有找到这份材料，或您的岗位看不到它。"))
    return found


def works_on(file: HardshipFile, actor: Actor) -> bool:
    """Somebody of the union's assistance, not the family."""
    return any(file.unit.path.startswith(path) for path in actor.scopes(ASSISTANCE))


def sees_health(actor: Actor, file: HardshipFile) -> bool:
    """The worker, a health duty over the unit, or the unit's own clerks once the worker has agreed."""
    if actor.user_id is not None and file.person.user_id == actor.user_id:
        return True
    if file.shares_health_with_unit and has_consented(file.person, HEALTH_SHARING):
        return True
    return any(file.unit.path.startswith(path) for path in actor.scopes(HEALTH))


def visits(file: HardshipFile) -> "QuerySet[HomeVisit]":
    shown = Attachment.objects.filter(voided_at=None).select_related("stored")
    pictures = Prefetch("papers", queryset=shown, to_attr="pictures")
    return file.visits.select_related("recorded_by").prefetch_related(pictures).order_by("-pk")


def bare_visits(file: HardshipFile) -> list[HomeVisit]:
    """For a page that has the papers at hand: newest first, without their pictures."""
    return _visits.of(file)[::-1]


def running_file(household: Household) -> HardshipFile | None:
    """The household's one file that is under way or kept; callers answer neutrally to strangers."""
    return first(_running.of(household.pk))


def last_file(household: Household) -> HardshipFile | None:
    """The household's latest file that once was on file and is no more; a new one follows it."""
    return first(_left.of(household.pk)[::-1])


def has_authorised(file: HardshipFile) -> bool:
    """Whether the family's authorisation of the economic check is there: given here in person, or signed on paper."""
    if not file.consents_to_check:
        return False
    signed = file.attachments.filter(voided_at=None, kind=PaperKind.AUTHORISATION)
    return file.authorised_on is not None or signed.exists()


def checks(file: HardshipFile) -> list[EconomicCheck]:
    """The newest first."""
    return _checks.of(file)[::-1]


def subjects(files: Sequence[HardshipFile]) -> Mapping[int, set[int]]:
    """Per file, the account of the worker it is about."""
    return {file.pk: {file.person.user_id} for file in files if file.person.user_id is not None}


def kept_out(files: Sequence[HardshipFile]) -> Mapping[int, set[int]]:
    """Per file, the accounts of the worker and everybody in their household (回避)."""
    housemates = membership.housemates(file.person for file in files)
    return {file.pk: housemates[file.person_id] for file in files}
