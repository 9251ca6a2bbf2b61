"""A round of visits on paper: the pre-filled forms of several homes as one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.assistance.models import HardshipFile
from niangjia.assistance.papers.hardship import FOLDER, HOME_VISIT, VisitFacts, visit_facts
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Form, Printed, pdf
from niangjia.kernel.documents.printing import in_chinese, must_give_reason
from niangjia.kernel.errors import NotAllowed, Refused

MOST_SHEETS = 60


@dataclass(frozen=True)
class Round:
    visits: list[VisitFacts]


def print_round(files: Sequence[HardshipFile], *, actor: Actor, reason: str) -> Printed:
    """With address and phone in full, so it asks a reason and leaves a trace in each file."""
    reason = must_give_reason(reason)
    if not files:
        raise Refused(_("没有选中要打印的档案。请先勾选，或等档案转到您桌上。"))
    if len(files) > MOST_SHEETS:
        raise Refused(_("一次最多打印 %d 户。请分几次勾选打印。") % MOST_SHEETS)
    if not all(HOME_VISIT.is_open_to(file, actor) for file in files):
        raise NotAllowed(_("其中有您的岗位不能打印的档案。请只选自己桌上的。"))
    facts = in_chinese(lambda: Round([visit_facts(file, Copy(in_full=True)) for file in files]))
    content = pdf(FOLDER / "home-visits.typ", facts)
    said = in_chinese(lambda: f"{HOME_VISIT.label}：{reason}")
    with transaction.atomic():
        for file in files:
            audit.record(file, "print", actor=actor, changes={"template": HOME_VISIT.name}, remark=said)
    return Printed(f"{HOME_VISIT.label}.pdf", Form.PDF.media_type, content)
