"""困难职工档案的公示: what kind of notice it is, and what a file does when its line is taken off the list."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.assistance import parameters
from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.kernel.access import CLOCK
from niangjia.kernel.outbox import News, subscribe
from niangjia.notices import news, queries
from niangjia.notices.kinds import NoticeKind, Removal

HARDSHIP_NOTICE = NoticeKind(
    name="hardship-file",
    label=_("困难职工建档公示"),
    mark="KN",
    basis=_("困难职工建档按申请、审核、公示、审批、建档五个程序办理，公示无异议后审批。"),
    purpose=ASSISTANCE,
    workflow="hardship-file",
    steps=["publish"],
    duty=CENTRE_CLERK,
    days=parameters.NOTICE_DAYS,
)


@subscribe(news.LINE_REMOVED)
def send_back(heard: News) -> None:
    """The file goes back to where notices begin. One that has moved on by itself is left alone."""
    from niangjia.assistance.workflow import hardship, lose_notice

    if heard.payload["workflow"] != hardship.name:
        return
    file = HardshipFile.objects.get(pk=heard.payload["object_id"])
    line = queries.line_of(file)
    if file.state == State.ON_NOTICE and line and str(line.public_id) == heard.payload["line"]:
        lose_notice(file, actor=CLOCK, remark=_why(heard)[:1000])


def _why(heard: News) -> str:
    if heard.payload["why"] == Removal.CONSENT:
        return gettext("本人撤回了公示的同意。请与本人沟通，重新同意后再公示。")
    return gettext("异议成立：%s") % queries.answer_of(heard.payload["objection"])
