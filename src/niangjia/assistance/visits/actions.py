"""A round of visits: taken along, sent back part by part, recorded once however often the phone sends it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import VISITOR
from niangjia.assistance.kinds import PaperKind, State
from niangjia.assistance.models import Attachment, DraftPart, HardshipFile, HomeVisit, VisitDraft
from niangjia.assistance.visits import queries
from niangjia.assistance.visits.kinds import Choice, Outcome, Way
from niangjia.assistance.workflow import add_visit, record_visit
from niangjia.kernel import audit, clock, files, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused
from niangjia.kernel.jobs import Progress, daily, job
from niangjia.kernel.once import fingerprint_of
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update(
    {
        "take_along": gettext_lazy("下载入户核查资料"),
        "drop_visit": gettext_lazy("放弃手机上的核查"),
    }
)

SLOT = re.compile(r"photo-[0-9a-z-]{8,40}|visited|companion")
KINDS = {"visited": PaperKind.SIGNATURE, "companion": PaperKind.COMPANION}
MOST_PARTS = 14
BESIDE = (Choice.MINE, Choice.COMBINED, Choice.THEIRS)
HALF_KEPT = timedelta(days=30)
# Where nothing was found out at home yet, or nothing will be.
BEFORE_VISIT = (State.FOUND, State.APPLIED, State.RETURNED, State.REVIEWED, State.DECLINED, State.WITHDRAWN)


@dataclass(frozen=True)
class Conflict:
    """The file as it stands now and the visit on record, for the person to compare; `may` is what they may choose."""

    file: HardshipFile
    theirs: HomeVisit | None
    may: tuple[Choice, ...]


@dataclass(frozen=True)
class Sent:
    """`is_same`: what is on record is what this request says, and not an earlier version under the same key."""

    draft: VisitDraft
    is_same: bool


def take_along(*, actor: Actor) -> list[HardshipFile]:
    """The visits that wait, with address and phone in full: that leaves a trace in each file."""
    queries.days_kept(actor)  # refuses whoever is no visitor
    with transaction.atomic():
        held = queries.waiting_visits(actor).select_for_update(of=("self",), no_key=True)
        waiting = list(held[: queries.MOST_TAKEN])
        taken = {"person": "name phone", "household": "address"}
        if waiting:
            audit.append([audit.Link(file, "take_along", taken) for file in waiting], actor=actor)
    return waiting


def receive(
    key: UUID, file: HardshipFile, *, actor: Actor, slot: str, expected: int, upload: Any
) -> VisitDraft:
    """One photo or signature. The same slot again changes nothing, or replaces what came before."""
    _must_be_visitor(file, actor)
    _must_be_slots([slot], expected)
    stored = files.store(upload, actor=actor, unit=file.unit, allowed=files.IMAGES)
    with transaction.atomic():
        draft = _held(key, file, actor, expected)
        earlier = draft.parts.select_related("stored").filter(slot=slot).first()
        is_known = earlier is not None and earlier.stored.address == stored.address
        if draft.outcome or is_known:
            stored.delete()
        else:
            DraftPart.objects.update_or_create(draft=draft, slot=slot, defaults={"stored": stored})
    return draft


def send(
    key: UUID,
    file: HardshipFile,
    *,
    actor: Actor,
    version: int,
    slots: Collection[str],
    choice: str = "",
    **answers: Any,
) -> Sent | Conflict:
    """The visit itself, once every part of it has come. `version` is that of the file the visitor had before them.

    Sent again it is not recorded again. What the rules forbid is refused as in the step; then nothing has changed.
    """
    _must_be_visitor(file, actor)
    _must_be_slots(slots, len(slots))
    if choice not in {"", *Choice.values}:
        raise Invalid(_("没有这种处理办法，请从列出的几种里选择。"))
    fingerprint = fingerprint_of(choice, *(f"{name}={answers[name]}" for name in sorted(answers)))
    with transaction.atomic():
        draft = _held(key, file, actor, len(slots))
        if draft.outcome:
            return Sent(draft, is_same=draft.fingerprint in ("", fingerprint))
        file = (
            HardshipFile.objects.select_for_update(of=("self",))
            .select_related("unit", "person")
            .get(pk=file.pk)
        )
        if choice == Choice.THEIRS:
            return Sent(_dropped(draft, file, actor), is_same=True)
        _must_have_come(draft, slots)
        conflict = _conflict(file, version)
        if conflict and (choice not in conflict.may or version != file.version):
            return conflict
        step = add_visit if conflict else record_visit
        step(
            file,
            actor=actor,
            version=version,
            **{
                **answers,
                "came_by": Way.PHONE,
                "client_key": str(key),
                "remark": _said(choice, answers.get("remark", "")),
            },
        )
        visit = HomeVisit.objects.get(client_key=key)
        _keep_parts(draft, visit, slots, actor)
        outcome = {Choice.COMBINED.value: Outcome.COMBINED, Choice.MINE.value: Outcome.ADDED}.get(
            choice if conflict else "", Outcome.RECORDED
        )
        return Sent(_done(draft, outcome, visit=visit, fingerprint=fingerprint), is_same=True)


def _conflict(file: HardshipFile, version: int) -> Conflict | None:
    """Whether the visit meets another's, or a file that changed since it was taken along."""
    theirs = queries.last_visit(file)
    if file.state in record_visit.sources:
        return None if version == file.version else Conflict(file, theirs, (Choice.STILL,))
    if theirs is None or file.state in BEFORE_VISIT:
        return None  # the step itself says why it cannot be taken
    may_add = file.state in add_visit.sources
    return Conflict(file, theirs, BESIDE if may_add else (Choice.THEIRS,))


def _held(key: UUID, file: HardshipFile, actor: Actor, expected: int) -> VisitDraft:
    """The draft under this key, made if new, locked until the transaction ends."""
    made = {"file": file, "visitor": actor.account, "expected": expected}
    VisitDraft.objects.get_or_create(key=key, defaults=made)
    draft = VisitDraft.objects.select_for_update(of=("self",)).get(key=key)
    if (draft.file_id, draft.visitor_id) != (file.pk, actor.user_id):
        raise Missing(_("没有找到这份上报。请从手机上重新上报，不会重复登记。"))
    if not draft.outcome and draft.expected != expected:
        draft.expected = expected
        draft.save(update_fields=["expected"])
    return draft


def _dropped(draft: VisitDraft, file: HardshipFile, actor: Actor) -> VisitDraft:
    theirs = queries.last_visit(file)
    if theirs is None or file.state in BEFORE_VISIT:
        raise Refused(_("档案里没有别人的核查登记，不能采用对方的。请登记自己的核查。"))
    draft.parts.all().delete()
    changes = {"draft": str(draft.key), "theirs": str(theirs.public_id)}
    audit.record(file, "drop_visit", actor=actor, changes=changes, remark=_said(Choice.THEIRS, ""))
    return _done(draft, Outcome.DROPPED)


def _done(draft: VisitDraft, outcome: Outcome, **facts: Any) -> VisitDraft:
    for name, value in {**facts, "outcome": outcome.value, "done_at": clock.now()}.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def _keep_parts(draft: VisitDraft, visit: HomeVisit, slots: Collection[str], actor: Actor) -> None:
    """What the phone listed joins the papers of the file; what it took back meanwhile does not."""
    for part in draft.parts.select_related("stored"):
        stored = part.stored
        part.delete()
        if part.slot in slots:
            kind = KINDS.get(part.slot, PaperKind.VISIT)
            papers.attach_stored(Attachment, visit.file, actor=actor, kind=kind, stored=stored, visit=visit)


def _must_be_visitor(file: HardshipFile, actor: Actor) -> None:
    if not actor.grants_for(VISITOR, file.unit.path):
        raise NotAllowed(
            _("入户核查由“%(duty)s”岗位登记，您在%(unit)s没有这个岗位。请转给有岗位的同事。")
            % {"duty": VISITOR.label, "unit": file.unit}
        )


def _must_be_slots(slots: Collection[str], expected: int) -> None:
    if not all(SLOT.fullmatch(slot) for slot in slots) or len(set(slots)) != len(slots):
        raise Invalid(_("附件的名称不对。请刷新页面后重新上报，已填的内容还在手机上。"))
    if not 0 <= expected <= MOST_PARTS:
        raise Invalid(_("一次核查最多 %d 张照片和签字。请删去几张再上报。") % MOST_PARTS)


def _must_have_come(draft: VisitDraft, slots: Collection[str]) -> None:
    absent = set(slots) - set(draft.parts.values_list("slot", flat=True))
    if absent:
        raise Refused(
            _("还有 %d 件照片或签字没有传完，核查还没有登记。请再点一次“上报”，会接着传。") % len(absent)
        )


def _said(choice: str, remark: str) -> str:
    """How the choice reads in the trail, which is Chinese whatever the page's language."""
    if not choice:
        return remark
    told: Mapping[str, Any] = {one.value: one.label for one in Choice}
    return str(in_chinese(lambda: f"{told[choice]}。{remark}"))


@job(label=gettext_lazy("清除没有传完的核查"), every=daily("04:05"), name="assistance.visits.forget")
def forget(progress: Progress) -> dict[str, int]:
    """Half-sent visits whose phone has long let go of them; photos that nothing refers to are collected later."""
    old = VisitDraft.objects.filter(outcome="", begun_at__lt=clock.now() - HALF_KEPT)
    gone = list(old.values_list("pk", flat=True))
    VisitDraft.objects.filter(pk__in=gone, outcome="").delete()
    progress.advance(len(gone))
    return {"forgotten": len(gone)}
