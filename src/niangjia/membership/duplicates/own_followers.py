"""How membership's own rows follow a person, and what has to be settled first."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.membership.duplicates.following import follow, stay
from niangjia.membership.duplicates.models import DuplicatePair, PersonMerge
from niangjia.membership.kinds import APPLICATIONS_CLOSED
from niangjia.membership.models import Consent, HouseholdMembership, Member, MembershipApplication, Person


def two_memberships(kept: Person, gone: Person) -> str | None:
    current = list(
        Member.objects.filter(person__in=(kept, gone), left_on=None).select_related("unit").order_by("pk")
    )
    if len(current) < 2:
        return None
    return _(
        "两条登记各有一份在册会籍（%(one)s、%(two)s），一人只能有一份。请先把其中一份办理离会（登记作废），再合并。"
    ) % {"one": current[0].unit, "two": current[1].unit}


def two_households(kept: Person, gone: Person) -> str | None:
    places = HouseholdMembership.objects.filter(person__in=(kept, gone), until_on=None)
    if places.count() < 2:
        return None
    return _("两条登记各在一个家庭中（或在同一家庭登记了两次）。请先在人员页面把其中一条迁出家庭，再合并。")


def two_applications(kept: Person, gone: Person) -> str | None:
    running = MembershipApplication.objects.filter(person__in=(kept, gone)).exclude(
        state__in=APPLICATIONS_CLOSED
    )
    if running.count() < 2:
        return None
    return _("两条登记各有一份入会申请在办。请先办结或撤回其中一份，再合并。")


follow(Member, label=gettext_lazy("会籍"), conflict=two_memberships)
follow(HouseholdMembership, label=gettext_lazy("家庭关系"), conflict=two_households)
follow(Consent, label=gettext_lazy("同意"))
follow(MembershipApplication, label=gettext_lazy("入会申请"), conflict=two_applications)
# Tombstones point to whoever is kept in the end, never to another tombstone.
follow(Person, field="merged_into", label=gettext_lazy("先前并入的登记"))
stay(DuplicatePair, "first", "second")
stay(PersonMerge, "kept", "gone")
