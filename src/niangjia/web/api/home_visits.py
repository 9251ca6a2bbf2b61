"""Rounds of home visits: what a phone takes along, the parts it sends, the visit recorded once; conflicts shown."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy
from ninja import File, Form, Router, Schema, UploadedFile

from niangjia.assistance.visits import actions, queries
from niangjia.assistance.visits.forms import VisitForm
from niangjia.assistance.visits.kinds import Choice, Outcome
from niangjia.assistance.workflow import hardship
from niangjia.kernel.errors import Invalid
from niangjia.kernel.forms import cleaned
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body, take_version
from niangjia.web.api.door import actor_of
from niangjia.web.api.hardship import visit_row
from niangjia.web.api.schemas import lazily as _

CONFLICT = "conflict"

router = Router(tags=[_("入户核查")])


class Taken(Schema):
    """One visit to make. Phone and address in full: each download is written to the file's trail."""

    id: UUID
    number: str
    version: int
    person: str
    phone: str
    address: str
    unit: str
    due_on: date | None
    applied_on: date
    cause: str
    household_size: int
    yearly_income_amount: str
    rigid_spending_amount: str
    statement: str


class Round(Schema):
    """`days`: how long what was taken along may be kept."""

    rows: list[Taken]
    days: int


class Draft(Schema):
    """What has come under a key. `outcome` is empty while parts are missing."""

    outcome: str
    outcome_label: str
    expected: int
    received: list[str]


class Now(Schema):
    """The file as it stands now."""

    id: UUID
    number: str
    version: int
    state: str
    state_label: str
    household_size: int
    yearly_income_amount: str
    rigid_spending_amount: str
    statement: str


class Word(Schema):
    name: str
    label: str


class Answer(Schema):
    """`outcome` conflict: nothing was recorded; compare with `theirs`, then send again with one of `may`.

    `is_same` false: an earlier sending under this key was recorded, and it said something else.
    """

    outcome: str
    outcome_label: str
    is_same: bool
    file: Now
    theirs: rows.Visit | None
    may: list[Word]


class SendForm(VisitForm):
    """A visit as a phone sends it."""

    came_by = None  # type: ignore[assignment]
    client_key = None  # type: ignore[assignment]
    key = forms.UUIDField(label=gettext_lazy("手机端键"), help_text=gettext_lazy("这份核查一直用的 UUID。"))
    slots = forms.CharField(
        label=gettext_lazy("附件件名"), required=False, help_text=gettext_lazy("已传的各件，用逗号隔开。")
    )
    choice = forms.ChoiceField(
        label=gettext_lazy("冲突的处理"), required=False, choices=[("", ""), *Choice.choices]
    )


class KeyForm(forms.Form):
    key = forms.UUIDField()


@router.post(
    "/take-along/",
    operation_id="home-visit-take-along",
    summary=_("下载我的核查"),
    description=_("在您桌上等待入户的档案，带完整电话和住址；每下载一次，档案里留一条记录。"),
    response=Round,
)
def take_along(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "rows": [_taken(file) for file in actions.take_along(actor=actor)],
        "days": queries.days_kept(actor),
    }


@router.get(
    "/drafts/{uuid:draft_key}/",
    operation_id="home-visit-draft",
    summary=_("一份上报到了哪里"),
    description=_("从没收到过，或是别人的：都答空。"),
    response=Draft,
)
def draft(request: HttpRequest, draft_key: UUID) -> dict[str, Any]:
    found = queries.draft_of(actor_of(request), draft_key)
    return _draft(found) if found else _nothing_yet()


@router.post(
    "/{uuid:public_id}/parts/",
    operation_id="home-visit-part",
    summary=_("上传核查的一件照片或签字"),
    description=_("multipart，一次一件；同一件重传不会重复。slot 为 photo-…、visited 或 companion。"),
    response=Draft,
)
def part(
    request: HttpRequest,
    public_id: UUID,
    key: Form[UUID],
    slot: Form[str],
    expected: Form[int],
    upload: File[UploadedFile],
) -> dict[str, Any]:
    actor = actor_of(request)
    file = hardship.find(public_id, actor)
    return _draft(actions.receive(key, file, actor=actor, slot=slot, expected=expected, upload=upload))


@router.post(
    "/{uuid:public_id}/send/",
    operation_id="home-visit-send",
    summary=_("上报核查"),
    description=_("所列各件都到齐才登记；同一个 key 重发不会再登记。情况有变时答 conflict，由人选择。"),
    response=Answer,
    openapi_extra=schemas.body(
        {
            **schemas.of_form(SendForm),
            "properties": {**schemas.of_form(SendForm)["properties"], "version": schemas.VERSION},
        }
    ),
)
def send(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    file = hardship.find(public_id, actor)
    data = json_body(request)
    version = take_version(data)
    if version is None:
        raise Invalid(gettext("请带上 version：下载核查资料时档案的版本。"))
    answers = fields_of(SendForm, data)
    key = cleaned(KeyForm({"key": answers.pop("key", None)}))["key"]
    slots = [slot for slot in answers.pop("slots", "").split(",") if slot]
    choice = answers.pop("choice", "")
    result = actions.send(key, file, actor=actor, version=version, slots=slots, choice=choice, **answers)
    if isinstance(result, actions.Conflict):
        return {
            "outcome": CONFLICT,
            "outcome_label": gettext("情况已经变了"),
            "is_same": True,
            "file": _now(result.file),
            "theirs": result.theirs and visit_row(result.theirs),
            "may": [{"name": one.value, "label": str(one.label)} for one in result.may],
        }
    draft = result.draft
    return {
        "outcome": draft.outcome,
        "outcome_label": str(draft.outcome_label),
        "is_same": result.is_same,
        "file": _now(hardship.find(public_id, actor)),
        "theirs": None,
        "may": [],
    }


def _taken(file: Any) -> dict[str, Any]:
    return {
        "id": file.public_id,
        "number": file.number,
        "version": file.version,
        "person": file.person.name,
        "phone": file.person.phone,
        "address": file.household.address,
        "unit": file.unit.name,
        "due_on": file.due_on,
        "applied_on": file.applied_on,
        "cause": file.get_cause_display(),
        **_declared(file),
    }


def _now(file: Any) -> dict[str, Any]:
    return {
        "id": file.public_id,
        "number": file.number,
        "version": file.version,
        "state": file.state,
        "state_label": file.get_state_display(),
        **_declared(file),
    }


def _declared(file: Any) -> dict[str, Any]:
    return {
        "household_size": file.household_size,
        "yearly_income_amount": str(file.yearly_income_amount),
        "rigid_spending_amount": str(file.rigid_spending_amount),
        "statement": file.statement,
    }


def _draft(found: Any) -> dict[str, Any]:
    return {
        "outcome": found.outcome,
        "outcome_label": str(found.outcome_label),
        "expected": found.expected,
        "received": [part.slot for part in found.parts.all()],
    }


def _nothing_yet() -> dict[str, Any]:
    label = str(Outcome.UNDER_WAY.label)
    return {"outcome": "", "outcome_label": label, "expected": 0, "received": []}
