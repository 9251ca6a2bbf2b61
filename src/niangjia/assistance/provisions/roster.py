"""医院识别名单: who is in the hardest categories and agreed to be known to hospitals, with four columns and no more.

Each roster stands in the place of the one before: who is in it no more is taken off at the hospital.
"""

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.consents import HOSPITAL_ROSTER
from niangjia.assistance.kinds import KEPT_STATES, Category
from niangjia.assistance.models import DataProvision, HardshipFile
from niangjia.assistance.parameters import ROSTER_CATEGORIES
from niangjia.assistance.provisions import queries
from niangjia.assistance.provisions.recording import Workbook, record
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor, within
from niangjia.kernel.documents.printing import in_chinese
from niangjia.kernel.errors import NotAllowed, Refused
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership.consents.queries import stands
from niangjia.membership.models import HouseholdMembership, Person
from niangjia.organisation import parameters
from niangjia.organisation.models import UnionBody

ACTION_LABELS["send_roster"] = gettext_lazy("向医院提供识别名单")
TITLES = ("姓名", "证件号码", "困难类别", "有效期止")


class RosterForm(forms.Form):
    receiver = forms.CharField(
        label=gettext_lazy("发给哪家医院"),
        max_length=80,
        help_text=gettext_lazy("写医院全称。同一家医院每次写法一样，才能比对出这次移除了谁。"),
    )


def families(unit: UnionBody) -> "QuerySet[HardshipFile]":
    """Files on record below the unit, valid today, of the categories that its region shares with hospitals."""
    today = clock.today()
    named = set(str(parameters.value(ROSTER_CATEGORIES, unit, today)).split("、"))
    hardest = in_chinese(lambda: [one.value for one in Category if str(one.label) in named])
    kept = HardshipFile.objects.filter(within([unit.path]), state__in=KEPT_STATES, category__in=hardest)
    return kept.filter(expires_on__gte=today)


def agreed(unit: UnionBody) -> list[tuple[Person, HardshipFile]]:
    """The workers of these files and the family registered with them, each with a consent of their own."""
    files = families(unit)
    found: dict[int, tuple[Person, HardshipFile]] = {}
    for file in files.filter(stands(HOSPITAL_ROSTER.name)).select_related("person").order_by("pk"):
        found[file.person_id] = (file.person, file)
    kin = HouseholdMembership.objects.filter(stands(HOSPITAL_ROSTER.name), until_on=None)
    by_household = {file.household_id: file for file in files}
    for one in kin.filter(household__in=files.values("household")).select_related("person").order_by("pk"):
        found.setdefault(one.person_id, (one.person, by_household[one.household_id]))
    return list(found.values())


@transaction.atomic
def send_roster(unit: UnionBody, *, actor: Actor, receiver: str) -> tuple[DataProvision, bytes]:
    if not actor.grants_for(CENTRE_CLERK, unit.path):
        raise NotAllowed(_("医院识别名单由帮扶中心经办提供，您在这个工会没有这个岗位。"))
    people = agreed(unit)
    gone = queries.last_provided(unit, receiver, HOSPITAL_ROSTER) - {person.pk for person, _file in people}
    if not people and not gone:
        raise Refused(_("现在没有同意提供、又在册的最困难家庭成员，不用发名单。"))
    book = _workbook(people)
    sent = record(book, unit, receiver=receiver, purpose=HOSPITAL_ROSTER, actor=actor, taken_off=sorted(gone))
    for person, _file in people:
        audit.record(person, "send_roster", actor=actor, changes={"provision": sent.public_id})
    return sent, book.content


def _workbook(people: list[tuple[Person, HardshipFile]]) -> Workbook:
    rows = in_chinese(
        lambda: [
            (person.name, person.id_number, file.get_category_display(), f"{file.expires_on:%Y-%m-%d}")
            for person, file in people
        ]
    )
    files = {file.pk: file for _person, file in people}
    return Workbook("识别名单", TITLES, rows, list(files.values()), [person for person, _file in people])
