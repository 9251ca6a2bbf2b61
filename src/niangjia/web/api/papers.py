"""Papers of a case over the API: shown, added and fetched, alike for every workflow that has them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from niangjia.kernel import files
from niangjia.kernel.workflow import Workflow
from niangjia.web.api import rows
from niangjia.web.api.door import actor_of
from niangjia.web.api.schemas import lazily as _

ADD = _("添加材料")


def shown(paper: Any, route: str) -> dict[str, Any]:
    """`route` names the address that gives the content out."""
    return {
        "id": paper.public_id,
        "kind": paper.kind,
        "kind_label": paper.get_kind_display(),
        "media_type": paper.stored.media_type,
        "size": paper.stored.size,
        "url": reverse(route, args=[paper.public_id]),
    }


def fetched(paper: Any) -> StreamingHttpResponse:
    found = files.download(paper.stored)
    return StreamingHttpResponse(found.stream, headers=found.headers)


def add_attaching(
    router: Router,
    workflow: Workflow,
    attach: Callable[..., Any],
    route: str,
    *,
    path: str = "papers",
    summary: str = ADD,
) -> None:
    """The endpoint that takes one paper of a case in, by the domain's own `attach`."""

    @router.post(
        f"/{{uuid:public_id}}/{path}/",
        operation_id=f"{workflow.name}-attach",
        summary=summary,
        description=_("一张照片或一份文件（multipart）。同一份再送一次不会重复。"),
        response=rows.Attachment,
    )
    def add(
        request: HttpRequest, public_id: UUID, kind: Form[str], upload: File[UploadedFile]
    ) -> dict[str, Any]:
        actor = actor_of(request)
        case = workflow.find(public_id, actor)
        return shown(attach(case, actor=actor, kind=kind, upload=upload), route)
