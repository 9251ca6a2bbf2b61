"""What people do with an upload: send a file, take its rows in, undo that, stop, go on."""

import hashlib
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.kernel import audit, clock, files, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.kernel.files.kinds import CSV, XLS, XLSX
from niangjia.kernel.jobs import JobKind
from niangjia.kernel.jobs import actions as jobs
from niangjia.kernel.sheets import working
from niangjia.kernel.sheets.declaration import Sheet
from niangjia.kernel.sheets.models import Batch, State, changed
from niangjia.kernel.sheets.queries import authority, taken_before
from niangjia.kernel.sheets.reading import MOST_BYTES

BLOCK = 1 << 20


def upload(
    sheet: Sheet, *, upload: "IO[bytes] | File[Any]", unit: Any, actor: Actor, name: str = ""
) -> Batch:
    """Keep the file and have it looked through. Nothing is taken in before somebody accepts it."""
    principal = authority(sheet, unit.pk, actor)
    digest = _digest(upload)
    stored = files.store(
        upload, actor=actor, unit=unit, name=name, allowed={XLSX, XLS, CSV}, limit=MOST_BYTES
    )
    with transaction.atomic():
        batch = Batch(
            number=_number(),
            sheet=sheet.name,
            unit=unit,
            uploaded_by=actor.account,
            language=get_language() or "zh-hans",
            file=stored,
            sha256=digest,
        )
        batch.same_as = taken_before(batch)
        batch.save()
        facts = {"sheet": sheet.name, "sha256": digest}
        audit.append([audit.Link(batch, "upload", facts, principal)], actor=actor, fresh=True)
        _begin(batch, working.check, actor)
    return batch


def accept(batch: Batch, *, actor: Actor) -> Batch:
    """Take the good rows in; the others come back as a workbook."""
    with transaction.atomic():
        batch, principal = _held(batch, actor)
        if batch.state != State.CHECKED:
            raise _moved_on(batch)
        if not batch.good:
            raise Refused(_("没有可以接收的行。请下载标出问题的表，更正后重新上传。"))
        changed(batch, state=State.ACCEPTING)
        audit.record(batch, "accept", actor=actor, principal_id=principal)
        _begin(batch, working.accept, actor)
    return batch


def undo(batch: Batch, *, actor: Actor) -> Batch:
    """Void what the batch did, as far as nothing has been built on it since."""
    with transaction.atomic():
        batch, principal = _held(batch, actor)
        if batch.state != State.ACCEPTED and not (batch.state == State.ACCEPTING and batch.has_stopped):
            raise _moved_on(batch)
        if batch.wiped_at is not None:
            raise Refused(
                _("导入已超过 %d 天，留作撤销的内容已清除。个别记录有误请逐条更正。") % working.KEPT.days
            )
        changed(batch, state=State.UNDOING)
        audit.record(batch, "undo", actor=actor, principal_id=principal)
        _begin(batch, working.undo, actor)
    return batch


def go_on(batch: Batch, *, actor: Actor) -> Batch:
    """Begin again where a stopped or failed run left off."""
    with transaction.atomic():
        batch, _principal = _held(batch, actor)
        if not batch.has_stopped:
            raise _moved_on(batch)
        kinds: dict[str, JobKind[Any]] = {
            State.READING: working.check,
            State.ACCEPTING: working.accept,
            State.UNDOING: working.undo,
        }
        _begin(batch, kinds[batch.state], actor)
    return batch


def cancel(batch: Batch, *, actor: Actor) -> Batch:
    """Give an upload up before it is taken in, or stop a run where it can stop cleanly."""
    with transaction.atomic():
        batch, principal = _held(batch, actor)
        if batch.state not in (State.READING, State.CHECKED, State.ACCEPTING, State.UNDOING):
            raise _moved_on(batch)
        if batch.is_working and batch.job is not None and batch.job.asked_by_id == actor.user_id:
            jobs.cancel(batch.job.public_id, actor=actor)
        elif batch.is_working and batch.state != State.READING:
            raise Refused(_("这一批由同事启动，请由其本人停下，或等它办完再撤销。"))
        if batch.state in (State.READING, State.CHECKED):
            changed(batch, state=State.CANCELLED)
            audit.record(batch, "cancel", actor=actor, principal_id=principal)
            working.wipe(batch)
    return batch


def _held(batch: Batch, actor: Actor) -> tuple[Batch, int | None]:
    """The batch as it stands, locked; and the authority over it."""
    found = Batch.objects.select_for_update(of=("self",)).select_related("job", "unit").get(pk=batch.pk)
    batch.__dict__.update(found.__dict__)
    return batch, authority(batch.declared, batch.unit_id, actor)


def _begin(batch: Batch, kind: "JobKind[Any]", actor: Actor) -> None:
    job = kind.enqueue(actor, str(batch.public_id), batch_id=batch.pk, user_id=actor.account.pk)
    changed(batch, job=job)


def _moved_on(batch: Batch) -> WrongState:
    return WrongState(
        _("批次 %(number)s 现在是“%(state)s”，不能办这一步。请刷新页面，看它的最新情况。")
        % {"number": batch.number, "state": batch.get_state_display()}
    )


def _number() -> str:
    year = clock.today().year
    return f"PC{year}{numbering.draw(f'batch/{year}')[0]:06d}"


def _digest(content: Any) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    content.seek(0)
    return digest.hexdigest()
