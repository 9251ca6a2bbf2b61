"""Rosters for tests: rows as a clerk types them, as a workbook or as text, and the whole way through."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.kernel.access import Actor
from niangjia.kernel.sheets import actions
from niangjia.kernel.sheets.models import Batch
from niangjia.membership.roster.columns import ROSTER
from niangjia.organisation.models import UnionBody
from tests.families import an_id_number
from tests.takeover import worked as worked

TITLES = ["姓名*", "证件号码*", "手机号", "所属工会", "工作单位", "民族", "入会日期*"]
Line = list[Any]


def a_line(number: int, name: str = "苏晓禾", unit: str = "", **given: Any) -> Line:
    values: dict[str, Any] = {
        "id_number": an_id_number(number),
        "phone": f"154{number:08}",
        "employer": None,
        "ethnicity": "汉族",
        "joined_on": "2024-05-06",
    } | given
    return [
        name, values["id_number"], values["phone"], unit, values["employer"], values["ethnicity"], values["joined_on"],
    ]  # fmt: skip


def workbook(
    lines: Sequence[Line], titles: Sequence[str] = TITLES, name: str = "名册.xlsx"
) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for line in (list(titles), *lines):
        page.append(line)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def text(
    lines: Sequence[Line], encoding: str = "utf-8-sig", titles: Sequence[str] = TITLES, delimiter: str = ","
) -> SimpleUploadedFile:
    content = io.StringIO()
    csv.writer(content, delimiter=delimiter).writerows([list(titles), *lines])
    return SimpleUploadedFile("名册.csv", content.getvalue().encode(encoding))


def sent(upload: Any, *, unit: UnionBody, actor: Actor) -> Batch:
    """Uploaded and looked through."""
    batch = actions.upload(ROSTER, upload=upload, unit=unit, actor=actor)
    return worked(batch)


def taken_in(upload: Any, *, unit: UnionBody, actor: Actor) -> Batch:
    return worked(actions.accept(sent(upload, unit=unit, actor=actor), actor=actor))
