"""How benefits follow a person whose two registrations become one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.benefits.kinds import CLOSED_STATES
from niangjia.benefits.models import BenefitApplication, Decision, Grant, Proposal, Settlement
from niangjia.membership.duplicates.following import follow, stay
from niangjia.membership.models import Person


def two_for_one_period(kept: Person, gone: Person) -> str | None:
    seen = set()
    rows = BenefitApplication.objects.filter(person__in=(kept, gone)).exclude(state__in=CLOSED_STATES)
    for row in rows.select_related("scheme"):
        key = (row.scheme_id, row.period)
        if key in seen:
            return (
                _("两条登记在“%s”同一期各有一份在办或已批准的申请。请先办结或撤回其中一份，再合并。")
                % row.scheme
            )
        seen.add(key)
    return None


follow(BenefitApplication, label=gettext_lazy("待遇申请"), conflict=two_for_one_period)
follow(BenefitApplication, field="payee", label=gettext_lazy("代领的待遇申请"))
follow(Grant, label=gettext_lazy("救助"))
follow(Grant, field="payee", label=gettext_lazy("代领的救助"))
follow(Settlement, label=gettext_lazy("医疗费结算单"))
follow(Decision, label=gettext_lazy("核定"))
# What the system found for a registration; the next night finds it anew for the one that is kept.
stay(Proposal, "person")
