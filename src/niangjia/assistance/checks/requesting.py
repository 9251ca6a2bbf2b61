"""The request file: whoever waits for the check and has authorised it, with no more than the office needs."""

from collections.abc import Sequence

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance import queries
from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.consents import ECONOMIC_CHECK
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.provisions.queries import sending_unit
from niangjia.assistance.provisions.recording import Workbook, record
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.organisation.models import UnionBody

ACTION_LABELS["request_check"] = gettext_lazy("提请核对")
TITLES = ("档案编号", "姓名", "证件号码", "与申请人关系")


class RequestForm(forms.Form):
    receiver = forms.CharField(
        label=gettext_lazy("发给哪个核对机构"),
        max_length=80,
        help_text=gettext_lazy("会记入对外提供记录，保存三年以上。"),
    )


def requesting_unit(actor: Actor) -> UnionBody:
    """Where the actor asks for checks; NotAllowed for whoever is no clerk of a help-centre."""
    unit = sending_unit(actor)
    if unit is None:
        raise NotAllowed(_("提请核对由帮扶中心经办办理，您没有这个岗位。"))
    return unit


def waiting(actor: Actor, unit: UnionBody) -> list[HardshipFile]:
    """Files of the unit at this stage whose families have authorised the check."""
    files = queries.files_visible_to(actor).filter(state=State.VISITED, unit__path__startswith=unit.path)
    return [file for file in files.order_by("pk") if queries.has_authorised(file)]


@transaction.atomic
def request_checks(unit: UnionBody, *, actor: Actor, receiver: str) -> bytes:
    """The workbook; that it went out is on record before anybody has it."""
    if not actor.grants_for(CENTRE_CLERK, unit.path):
        raise NotAllowed(_("提请核对由帮扶中心经办办理，您在这个工会没有这个岗位。"))
    files = waiting(actor, unit)
    if not files:
        raise Refused(_("现在没有已授权、等待核对的家庭。"))
    book = _workbook(files)
    sent = record(book, unit, receiver=receiver, purpose=ECONOMIC_CHECK, actor=actor)
    for file in files:
        audit.record(file, "request_check", actor=actor, changes={"provision": sent.public_id})
    return book.content


def _workbook(files: Sequence[HardshipFile]) -> Workbook:
    rows: list[tuple[str, ...]] = []
    for file in files:
        rows.append((file.number, file.person.name, file.person.id_number, "本人"))
        members = file.members.filter(ended_at=None)
        rows += [(file.number, one.name, one.id_number, one.get_relation_display()) for one in members]
    return Workbook("核对名单", TITLES, rows, files, [file.person for file in files])
