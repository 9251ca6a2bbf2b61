"""Uploads of rows over the API: the template, sending a file, what was found, taking in, undoing."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from ninja import File, Form, Router, Schema, UploadedFile

from niangjia.kernel import files
from niangjia.kernel.errors import Missing
from niangjia.kernel.sheets import actions, queries, sheet_named, sheets_of, template
from niangjia.organisation import queries as organisation
from niangjia.web.api import rows, schemas
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("批量上传")])
WITH_KEY = {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}]}


class SheetKind(Schema):
    name: str
    label: str
    columns: list[str]
    template: str


class Problem(Schema):
    row: int
    column: str
    sentence: str


class Kept(Schema):
    row: int
    sentence: str


class Upload(Schema):
    """`found` and `done` count rows by verdict: new, changed, same, twice, known, wrong."""

    id: UUID
    number: str
    sheet: str
    unit: rows.Unit
    state: str
    state_label: str
    found: dict[str, int]
    done: dict[str, int]
    problem_count: int
    kept_count: int
    error: str
    share: float | None
    same_as: str | None
    files: list[str]


class WholeUpload(Upload):
    """The first 500 problems, and rows that could not be undone; all of them stand in the workbooks that come back."""

    problems: list[Problem]
    kept: list[Kept]


def _upload(batch: Any) -> dict[str, Any]:
    stored = {"original": batch.file_id, "marked": batch.marked_id, "rest": batch.rest_id}
    return {
        "id": batch.public_id,
        "number": batch.number,
        "sheet": batch.sheet,
        "unit": {"number": batch.unit.number, "name": batch.unit.name},
        "state": batch.state,
        "state_label": batch.get_state_display(),
        "found": batch.found,
        "done": batch.done,
        "problem_count": batch.problem_count,
        "kept_count": batch.kept_count,
        "error": batch.error,
        "share": batch.job.share if batch.is_working and batch.job else None,
        "same_as": batch.same_as and batch.same_as.number,
        "files": [
            reverse("api:upload-file", args=[batch.public_id, which]) for which, pk in stored.items() if pk
        ],
    }


def _whole(batch: Any) -> dict[str, Any]:
    told = json.loads(batch.problems) if batch.problems else []
    kept = json.loads(batch.kept) if batch.kept else []
    return {
        **_upload(batch),
        "problems": [{"row": row, "column": column, "sentence": what} for row, column, what in told],
        "kept": [{"row": row, "sentence": why} for row, why in kept],
    }


@router.get(
    "/sheets/",
    operation_id="sheet-list",
    summary=_("可以上传的表格"),
    description=_("按您的岗位。"),
    response=list[SheetKind],
)
def sheet_list(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "name": sheet.name,
            "label": str(sheet.label),
            "columns": [column.titles[0] for column in sheet.columns],
            "template": reverse("api:sheet-template", args=[sheet.name]),
        }
        for sheet in sheets_of(actor_of(request))
    ]


@router.get(
    "/sheets/{slug:sheet}/template/",
    operation_id="sheet-template",
    url_name="sheet-template",
    summary=_("下载模板"),
    openapi_extra=schemas.DOWNLOAD,
)
def sheet_template(request: HttpRequest, sheet: str) -> FileResponse:
    declared = sheet_named(sheet, actor_of(request))
    return FileResponse(template(declared), as_attachment=True, filename=f"{declared.label}.xlsx")


@router.get(
    "/uploads/",
    operation_id="upload-list",
    summary=_("上传的批次"),
    description=_("辖区内的，新的在前。"),
    response=Listed[Upload],
)
def uploads(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.batches_visible_to(actor_of(request)).select_related("same_as")
    return listed(keyset.page(found, after=after, size=size_of(size)), _upload)


@router.post(
    "/uploads/",
    operation_id="upload-send",
    summary=_("上传并核对"),
    description=_("一个文件（multipart）。只核对，不入库；核对完再接收。"),
    response=Upload,
    openapi_extra=WITH_KEY,
)
def send(
    request: HttpRequest, sheet: Form[str], unit: Form[str], upload: File[UploadedFile]
) -> dict[str, Any]:
    actor = actor_of(request)
    declared = sheet_named(sheet, actor)
    union = organisation.union_visible_to(actor, number=unit)
    made = do_once(
        request,
        lambda: actions.upload(declared, upload=upload, unit=union, actor=actor),
        lambda public_id: queries.batch_visible_to(actor, public_id),
    )
    return _upload(made)


@router.get(
    "/uploads/{uuid:public_id}/",
    operation_id="upload-detail",
    summary=_("批次详情"),
    response=WholeUpload,
)
def upload(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _whole(queries.batch_visible_to(actor_of(request), public_id))


@router.get(
    "/uploads/{uuid:public_id}/files/{slug:which}/",
    operation_id="upload-file",
    url_name="upload-file",
    summary=_("下载批次的文件"),
    description=_("original 原文件，marked 标出问题的表，rest 退回的行，撤销后是没有撤销的行。"),
    openapi_extra=schemas.DOWNLOAD,
)
def upload_file(request: HttpRequest, public_id: UUID, which: str) -> StreamingHttpResponse:
    batch = queries.batch_visible_to(actor_of(request), public_id)
    stored = {"original": batch.file, "marked": batch.marked, "rest": batch.rest}.get(which)
    if stored is None:
        raise Missing(gettext("没有这个文件，或已过保留期。"))
    found = files.download(stored)
    return StreamingHttpResponse(found.stream, headers=found.headers)


def _add(slug: str, label: str, about: str, act: Callable[..., Any]) -> None:
    @router.post(
        f"/uploads/{{uuid:public_id}}/{slug}/",
        operation_id=f"upload-{slug}",
        summary=label,
        description=about,
        response=Upload,
        openapi_extra=WITH_KEY,
    )
    def take(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        batch = queries.batch_visible_to(actor, public_id)
        done = do_once(
            request,
            lambda: act(batch, actor=actor),
            lambda _public_id: queries.batch_visible_to(actor, public_id),
        )
        return _upload(done)


_add("accept", _("接收"), _("没有问题的行入库，其余退回。"), actions.accept)
_add("undo", _("整批撤销"), _("作废本批新增的，改回本批变更的；之后又办过事的行不动。"), actions.undo)
_add("cancel", _("放弃或停下"), _("未接收的放弃；正在办的停在能停的地方。"), actions.cancel)
_add("go-on", _("继续"), _("从停下的地方继续。"), actions.go_on)
