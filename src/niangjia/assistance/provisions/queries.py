"""Reads of what went out: the help-centre's records below its unit, and everybody's own."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from niangjia.assistance.access import CENTRE_CLERK, HEALTH
from niangjia.assistance.models import DataProvision, ProvidedPerson
from niangjia.kernel.access import Actor, scoped
from niangjia.kernel.errors import Missing
from niangjia.membership.consents.purposes import Purpose
from niangjia.membership.consents.queries import stands
from niangjia.membership.models import Person
from niangjia.organisation.models import UnionBody

PURPOSE = HEALTH


def visible_to(actor: Actor) -> "QuerySet[DataProvision]":
    """The newest first."""
    return (
        scoped(DataProvision.objects.all(), actor, PURPOSE).select_related("unit", "sent_by").order_by("-pk")
    )


def provision(public_id: UUID | str, actor: Actor) -> DataProvision:
    found = visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这份对外提供记录，或您的岗位看不到它。"))
    return found


def lines(sent: DataProvision) -> "QuerySet[ProvidedPerson]":
    """Who was in it and who was taken off, each with whether their consent still `stands`."""
    return sent.people.select_related("person").annotate(stands=stands(sent.purpose)).order_by("pk")


def about(person: Person) -> "QuerySet[ProvidedPerson]":
    """To whom this person's data went; the newest first."""
    rows = ProvidedPerson.objects.filter(person=person)
    return rows.select_related("provision__unit").order_by("-pk")


def last_provided(unit: UnionBody, receiver: str, purpose: Purpose) -> set[int]:
    """The ids of the people in the last file for this purpose from here to there."""
    sent = DataProvision.objects.filter(unit=unit, receiver=receiver, purpose=purpose.name)
    last = sent.order_by("-pk").first()
    return set(last.people.filter(is_taken_off=False).values_list("person", flat=True)) if last else set()


def sending_unit(actor: Actor) -> UnionBody | None:
    """The outermost union whose help-centre clerk the actor is."""
    paths = [grant.path for grant in actor.grants if grant.duty == CENTRE_CLERK]
    return UnionBody.objects.filter(path__in=paths).order_by("path").first()
