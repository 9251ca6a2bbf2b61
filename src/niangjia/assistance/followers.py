"""How hardship files follow a person whose two registrations become one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.kinds import CLOSED_STATES
from niangjia.assistance.models import HardshipFile
from niangjia.membership.duplicates.following import follow
from niangjia.membership.models import Person


def two_running_files(kept: Person, gone: Person) -> str | None:
    running = HardshipFile.objects.filter(person__in=(kept, gone)).exclude(state__in=CLOSED_STATES)
    if running.count() < 2:
        return None
    return _("两条登记各有一份在办或在册的困难职工档案，一户一档。请先撤回或办结其中一份，再合并。")


follow(HardshipFile, label=gettext_lazy("困难职工档案"), conflict=two_running_files)
