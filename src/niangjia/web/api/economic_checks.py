"""家庭经济状况核对 over the API: whose check is to be asked for, and the request file; answers come by `/uploads/`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from niangjia.assistance.checks.requesting import RequestForm, request_checks, requesting_unit, waiting
from niangjia.kernel.forms import cleaned
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import actor_of
from niangjia.web.api.hardship import summary
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell.documents import workbook_response

router = Router(tags=[_("经济状况核对")])


@router.get(
    "/waiting/",
    operation_id="economic-check-waiting",
    summary=_("等待提请核对的家庭"),
    description=_("您任帮扶中心经办的工会里，已到核对环节并已授权的。"),
    response=list[rows.HardshipFile],
)
def families(request: HttpRequest) -> list[dict[str, Any]]:
    actor = actor_of(request)
    return [summary(file) for file in waiting(actor, requesting_unit(actor))]


@router.post(
    "/request/",
    operation_id="economic-check-request",
    summary=_("记录并下载核对名单"),
    description=_("每请求一次，记一次对外提供。答复表用“批量上传”上传，表格名 economic-checks。"),
    openapi_extra=schemas.body(schemas.of_form(RequestForm)) | schemas.DOWNLOAD,
)
def ask(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    asked = cleaned(RequestForm(fields_of(RequestForm, json_body(request))))
    return workbook_response(request_checks(requesting_unit(actor), actor=actor, **asked), "核对名单.xlsx")
