"""What went out to whom, over the API; the roster for hospitals is made and handed out here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router, Schema

from niangjia.assistance.provisions import queries
from niangjia.assistance.provisions.roster import RosterForm, send_roster
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.forms import cleaned
from niangjia.membership.queries import person_of
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset
from niangjia.web.shell.documents import workbook_response

router = Router(tags=[_("对外提供")])


class Told(Schema):
    """One sending that the caller was in, or was taken off with."""

    receiver: str
    purpose: str
    purpose_label: str
    fields: str
    unit: rows.Unit
    sent_at: datetime
    is_taken_off: bool


class Provision(Schema):
    """`digest`: SHA-256 of the file, which is not kept."""

    id: UUID
    receiver: str
    purpose: str
    purpose_label: str
    fields: str
    unit: rows.Unit
    row_count: int
    digest: str
    sent_by: str
    sent_at: datetime


def _shared(sent: Any) -> dict[str, Any]:
    return {
        "receiver": sent.receiver,
        "purpose": sent.purpose,
        "purpose_label": sent.purpose_label,
        "fields": sent.fields,
        "unit": {"number": sent.unit.number, "name": sent.unit.name},
        "sent_at": sent.sent_at,
    }


def _provision(sent: Any) -> dict[str, Any]:
    own = {"id": sent.public_id, "row_count": sent.row_count, "digest": sent.digest}
    return own | _shared(sent) | {"sent_by": str(sent.sent_by)}


@router.get("/", operation_id="data-provision-list", summary=_("对外提供记录"), response=Listed[Provision])
def provisions(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    page = keyset.page(queries.visible_to(actor_of(request)), after=after, size=size_of(size))
    return listed(page, _provision)


@router.get("/mine/", operation_id="data-provision-mine", summary=_("我的信息给过谁"), response=list[Told])
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    person = person_of(actor_of(request))
    if person is None:
        raise Missing(gettext("您的账号没有对应的职工登记，请先到所属工会登记。"))
    return [_shared(line.provision) | {"is_taken_off": line.is_taken_off} for line in queries.about(person)]


@router.get(
    "/{uuid:public_id}/",
    operation_id="data-provision",
    summary=_("一份对外提供记录"),
    response=Provision,
)
def provision(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _provision(queries.provision(public_id, actor_of(request)))


@router.post(
    "/hospital-roster/",
    operation_id="hospital-roster-send",
    summary=_("记录并下载医院识别名单"),
    description=_("每次都是全部名单。每请求一次，记一次对外提供。"),
    openapi_extra=schemas.body(schemas.of_form(RosterForm)) | schemas.DOWNLOAD,
)
def send(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    asked = cleaned(RosterForm(fields_of(RosterForm, json_body(request))))
    unit = queries.sending_unit(actor)
    if unit is None:
        raise NotAllowed(gettext("医院识别名单由帮扶中心经办提供，您没有这个岗位。"))
    _sent, content = send_roster(unit, actor=actor, **asked)
    return workbook_response(content, "识别名单.xlsx")
