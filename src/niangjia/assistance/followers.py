"""How hardship files follow a person whose two registrations become one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.kinds import CLOSED_STATES
from niangjia.assistance.models import AidMeasure, HardshipFile, ProvidedPerson, SchoolingCase
from niangjia.assistance.schooling.kinds import OVER
from niangjia.membership.duplicates.following import follow
from niangjia.membership.models import Person


def two_running_files(kept: Person, gone: Person) -> str | None:
    running = HardshipFile.objects.filter(person__in=(kept, gone)).exclude(state__in=CLOSED_STATES)
    if running.count() < 2:
        return None
    return _("两条登记各有一份在办或在册的困难职工档案，一户一档。请先撤回或办结其中一份，再合并。")


def two_running_cases(kept: Person, gone: Person) -> str | None:
    running = SchoolingCase.objects.filter(child__in=(kept, gone)).exclude(state__in=OVER)
    if running.count() < 2:
        return None
    return _("两条登记各有一份劝学个案在办。请先办结其中一份，再合并。")


follow(HardshipFile, label=gettext_lazy("困难职工档案"), conflict=two_running_files)
follow(AidMeasure, field="beneficiary", label=gettext_lazy("帮扶措施"))
follow(SchoolingCase, field="child", label=gettext_lazy("劝学个案"), conflict=two_running_cases)
follow(SchoolingCase, field="guardian", label=gettext_lazy("劝学个案（监护人）"))
follow(ProvidedPerson, label=gettext_lazy("对外提供记录"))
