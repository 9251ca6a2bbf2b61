"""Issuing 发文: a letter gets its number, is kept as it was said, and is printed again or voided, never changed."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.declaration import LETTERS, Letter, letter_named
from niangjia.kernel.documents.facts import written
from niangjia.kernel.documents.models import IssuedDocument
from niangjia.kernel.documents.printing import Form, Printed, filled, in_chinese, must_give_reason
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS.update({"issue_document": _("开具文书"), "void_document": _("作废文书")})


def issue(
    letter: Letter, row: Any, *, actor: Actor, within_step: bool = False, **asked: Any
) -> IssuedDocument:
    """The caller has found the row by `letter.find` and checked what was asked with `letter.form`.

    A workflow's step tells of it by its own entry.
    """
    if not letter.may_issue(row, actor):
        raise NotAllowed(_("您的岗位不能开具“%s”，请由该工会的经办人办理。") % letter.label)
    if actor.user_id is not None and actor.user_id == letter.subject(row):
        raise NotAllowed(_("不能给自己开具“%s”，请由另一位经办人办理。") % letter.label)
    unit = letter.unit(row)
    with transaction.atomic():
        number = letter.numbering.draw(unit.pk, letter.mark(unit))
        facts = in_chinese(lambda: written(letter.facts(row, number, actor, **asked), _no_code))
        said = in_chinese(lambda: f"{letter.label} {number.text}")
        document = IssuedDocument.objects.create(
            unit=unit,
            letter=letter.name,
            year=number.year,
            number=number.number,
            text=number.text,
            object_type=audit.object_type(row),
            object_id=row.pk,
            facts=json.dumps(facts, ensure_ascii=False),
            issued_by=actor.user,
        )
        if within_step:
            return document
        changes = {"letter": letter.name, "number": number.text, "facts": document.facts}
        audit.record(row, "issue_document", actor=actor, changes=changes, remark=said)
    return document


def reprint(document: IssuedDocument, form: Form, *, actor: Actor, reason: str = "") -> Printed:
    """The document once more. Beyond its worker, and whoever issued it on the same day, a reason is asked."""
    letter = letter_named(document.letter)
    if document.voided_at is not None:
        raise Refused(_("%s 已经作废，不能再打印。需要时请重新开具。") % document.text)
    content = filled(letter, json.loads(document.facts), form, f"{letter.label}{document.text}")
    if asks_reason(document, actor):
        reason = must_give_reason(reason)
        with transaction.atomic():
            said = in_chinese(lambda: f"{letter.label} {document.text}：{reason}")
            audit.record(
                letter.row(document.object_id),
                "print",
                actor=actor,
                changes={"letter": letter.name},
                remark=said,
            )
    return content


def asks_reason(document: IssuedDocument, actor: Actor) -> bool:
    letter = letter_named(document.letter)
    row = letter.row(document.object_id)
    if not letter.is_personal or (actor.user_id is not None and actor.user_id == letter.subject(row)):
        return False
    return document.issued_by_id != actor.user_id or _day(document) != clock.today()


def void(document: IssuedDocument, *, actor: Actor, reason: str) -> None:
    """A wrong document keeps its number, so that the series has no hole."""
    letter = letter_named(document.letter)
    row = letter.row(document.object_id)
    if not letter.may_issue(row, actor):
        raise NotAllowed(_("您的岗位不能作废“%s”，请由该工会的经办人办理。") % letter.label)
    with transaction.atomic():
        [locked] = IssuedDocument.objects.select_for_update().filter(pk=document.pk)
        if locked.voided_at is not None:
            raise Refused(_("%s 已经作废，不用再办。") % document.text)
        document.voided_at = clock.now()
        document.save(update_fields=["voided_at"])
        audit.record(
            row,
            "void_document",
            actor=actor,
            changes={"number": document.text},
            remark=f"{document.text}：{reason}",
        )


def issued_about(row: Model) -> list[IssuedDocument]:
    """What was issued about a row that the caller sees, newest first."""
    if not any(letter.model is type(row) for letter in LETTERS.values()):
        return []
    documents = IssuedDocument.objects.filter(object_type=audit.object_type(row), object_id=row.pk)
    return list(documents.select_related("unit", "issued_by").order_by("-pk"))


def issued_document(public_id: UUID, actor: Actor) -> tuple[IssuedDocument, Letter, Any]:
    """One issued document with the row it is about; Missing for whoever does not see the row."""
    document = IssuedDocument.objects.select_related("unit", "issued_by").filter(public_id=public_id).first()
    if document is None:
        raise Missing(_("没有找到这份文书，或您的岗位看不到它。"))
    letter = letter_named(document.letter)
    return document, letter, letter.find(letter.row(document.object_id).public_id, actor)


def _day(document: IssuedDocument) -> Any:
    return document.issued_at.astimezone(clock.CHINA).date()


def _no_code(_code: object) -> Any:
    raise TypeError("a letter keeps its facts as text, so it holds no code")
