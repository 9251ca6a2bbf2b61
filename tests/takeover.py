"""Workbooks of files from an earlier system, for tests, and the whole way in."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.assistance.takeover.columns import TAKE_OVER
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.sheets import actions
from niangjia.kernel.sheets.models import Batch
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody

Line = dict[str, Any]

APPLICANT: Line = {
    "former_number": "990102-2025-0015",
    "category": "相对困难",
    "cause": "患病",
    "household_size": 3,
    "yearly_income_amount": "36000",
    "rigid_spending_amount": "24000.50",
    "statement": "爱人患病两年，家里一人上班。",
    "applied_on": "2025-09-01",
    "notice_until": "2025-09-26",
    "approved_on": "2025-09-29",
    "filed_on": "2025-09-30",
    "expires_on": "2026-09-30",
    "shelf_mark": "A-03-12",
}


def an_applicant(person: Person, **given: Any) -> Line:
    return {"name": person.name, "id_number": person.id_number, **APPLICANT, **given}


def a_relative(head: Person, name: str, id_number: str, relation: str = "子女") -> Line:
    return {"name": name, "id_number": id_number, "head": head.id_number, "relation": relation}


def a_workbook(lines: Sequence[Line]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([column.titles[0] for column in TAKE_OVER.columns])
    for line in lines:
        page.append([line.get(column.name) for column in TAKE_OVER.columns])
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("存量档案.xlsx", content.getvalue())


def checked(upload: Any, *, unit: UnionBody, actor: Actor) -> Batch:
    return worked(actions.upload(TAKE_OVER, upload=upload, unit=unit, actor=actor))


def take_in(upload: Any, *, unit: UnionBody, actor: Actor) -> Batch:
    return worked(actions.accept(checked(upload, unit=unit, actor=actor), actor=actor))


def worked(batch: Batch) -> Batch:
    """As it stands after the worker has had its turn."""
    run_until_idle()
    return Batch.objects.select_related("unit", "uploaded_by", "file", "marked", "rest", "job").get(
        pk=batch.pk
    )
