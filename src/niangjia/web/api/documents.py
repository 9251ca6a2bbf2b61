"""Official forms over the API: which there are, printed as PDF or Word; letters issued, printed again, voided."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from ninja import Router

from niangjia.kernel import audit, documents
from niangjia.kernel.forms import cleaned
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import actor_of, do_once
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell.documents import VoidForm, file_response, site_of

router = Router(tags=[_("表单与文书")])


class PrintForm(forms.Form):
    form = forms.ChoiceField(
        label=gettext_lazy("文件格式"), choices=[(one.suffix, one.label) for one in documents.Form]
    )
    reason = forms.CharField(
        label=gettext_lazy("打印事由"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("写明事由，才印完整的证件号码和手机号；不写印掩码。事由会记入审计记录。"),
    )


def _issued(document: Any) -> dict[str, Any]:
    return {
        "id": document.public_id,
        "letter": document.letter,
        "label": str(document.label),
        "number": document.text,
        "unit": {"number": document.unit.number, "name": document.unit.name},
        "issued_at": document.issued_at,
        "issued_by": str(document.issued_by or ""),
        "is_void": document.voided_at is not None,
    }


@router.get(
    "/documents/",
    operation_id="document-list",
    summary=_("有哪些表单"),
    description=_("每种表单打印哪一类对象；要编号的先开具，再打印。"),
    response=list[rows.DocumentKind],
)
def all_kinds(request: HttpRequest) -> list[dict[str, Any]]:
    kinds: list[tuple[documents.Template | documents.Letter, bool]] = [
        *((template, False) for template in documents.TEMPLATES.values()),
        *((letter, True) for letter in documents.LETTERS.values()),
    ]
    return [
        {
            "name": kind.name,
            "label": str(kind.label),
            "about": audit.object_type(kind.model),
            "is_numbered": is_numbered,
        }
        for kind, is_numbered in kinds
    ]


@router.post(
    "/documents/{name}/{uuid:public_id}/",
    operation_id="document-print",
    summary=_("打印表单"),
    openapi_extra=schemas.body(schemas.of_form(PrintForm)) | schemas.DOWNLOAD,
)
def print_out(request: HttpRequest, name: str, public_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    asked = cleaned(PrintForm(fields_of(PrintForm, json_body(request))))
    template = documents.template_named(name)
    row = template.find(public_id, actor)
    copy = documents.Copy(in_full=bool(asked["reason"]), site=site_of(request))
    form = documents.Form.of(asked["form"])
    printed = documents.print_out(template, row, form, actor=actor, copy=copy, reason=asked["reason"])
    return file_response(printed, is_shown=False)


@router.get(
    "/issued-documents/{uuid:public_id}/",
    operation_id="issued-document",
    summary=_("一份文书的留底"),
    response=rows.IssuedDocument,
)
def issued(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    document, _letter, _row = documents.issued_document(public_id, actor_of(request))
    return _issued(document)


@router.post(
    "/issued-documents/{uuid:public_id}/print/",
    operation_id="issued-document-print",
    summary=_("打印文书"),
    openapi_extra=schemas.body(schemas.of_form(PrintForm)) | schemas.DOWNLOAD,
)
def reprint(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    asked = cleaned(PrintForm(fields_of(PrintForm, json_body(request))))
    document, _letter, _row = documents.issued_document(public_id, actor)
    form = documents.Form.of(asked["form"])
    return file_response(
        documents.reprint(document, form, actor=actor, reason=asked["reason"]), is_shown=False
    )


@router.post(
    "/issued-documents/{uuid:public_id}/void/",
    operation_id="issued-document-void",
    summary=_("作废文书"),
    description=_("作废后不能再打印，编号不会给别的文书。"),
    response=rows.IssuedDocument,
    openapi_extra=schemas.body(schemas.of_form(VoidForm)),
)
def void(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    asked = cleaned(VoidForm(fields_of(VoidForm, json_body(request))))
    document, _letter, _row = documents.issued_document(public_id, actor)

    def run() -> Any:
        documents.void(document, actor=actor, reason=asked["reason"])
        return document

    return _issued(do_once(request, run, lambda _public_id: document))


def _add_letter(letter: documents.Letter, form: type[forms.Form]) -> None:
    @router.post(
        f"/letters/{letter.name}/{{uuid:public_id}}/",
        operation_id=f"{letter.name}-issue",
        summary=cast(str, letter.label),
        description=cast(str, letter.help),
        response=rows.IssuedDocument,
        openapi_extra=schemas.body(schemas.of_form(form)),
    )
    def issue(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        asked = cleaned(form(fields_of(form, json_body(request))))
        row = letter.find(public_id, actor)
        return _issued(
            do_once(
                request,
                lambda: documents.issue(letter, row, actor=actor, **asked),
                lambda made: documents.issued_document(made, actor)[0],
            )
        )


for _one in documents.LETTERS.values():
    if _one.form:
        _add_letter(_one, _one.form)
