"""待遇的公示: the two kinds of notice, and what an application does when its line is taken off the list."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.benefits import parameters
from niangjia.benefits.access import BENEFITS, CONFIRMER
from niangjia.benefits.kinds import Publicity, State
from niangjia.benefits.models import BenefitApplication
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.outbox import News, subscribe
from niangjia.notices import actions, news, queries
from niangjia.notices.kinds import NoticeKind, Removal

WORKFLOW = "benefit-application"


def _kind(name: str, label: Any, mark: str, *, shows_amount: bool) -> NoticeKind:
    return NoticeKind(
        name=name,
        label=label,
        mark=mark,
        basis=_("待遇按申请、受理、核定、复核、公示的程序办理，公示无异议后给付。"),
        purpose=BENEFITS,
        workflow=WORKFLOW,
        steps=["publish"],
        duty=CONFIRMER,
        days=parameters.NOTICE_DAYS,
        shows_amount=shows_amount,
    )


NAMES = _kind("benefit", _("待遇公示"), "DY", shows_amount=False)
AMOUNTS = _kind("benefit-amount", _("待遇公示（含金额）"), "DYJ", shows_amount=True)


def post(row: BenefitApplication, actor: Actor) -> Any:
    """The line shows who is paid: a child stands on no list. A scheme of an illness is not named on it."""
    decision, scheme = row.decision, row.scheme
    assert decision is not None
    kind = AMOUNTS if scheme.notice == Publicity.GRANT_AMOUNT else NAMES
    category = gettext("救助") if scheme.is_medical else scheme.title
    amount = decision.amount if kind.shows_amount else None
    return actions.post(kind, case=row, person=row.payee, category=category, amount=amount, actor=actor)


@subscribe(news.LINE_REMOVED)
def send_back(heard: News) -> None:
    """The application goes back to be assessed again. One that has moved on by itself is left alone."""
    from niangjia.benefits.workflow.applications import lose_notice

    if heard.payload["workflow"] != WORKFLOW:
        return
    row = BenefitApplication.objects.get(pk=heard.payload["object_id"])
    line = queries.line_of(row)
    if row.state == State.ON_NOTICE and line and str(line.public_id) == heard.payload["line"]:
        lose_notice(row, actor=CLOCK, remark=_why(heard)[:1000])


def _why(heard: News) -> str:
    if heard.payload["why"] == Removal.CONSENT:
        return gettext("本人撤回了公示的同意。请与本人沟通，重新同意后再公示。")
    return gettext("异议成立：%s") % queries.answer_of(heard.payload["objection"])
