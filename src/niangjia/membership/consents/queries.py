"""Reads of consents. Callers see the person already."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from niangjia.membership.consents.models import Consent
from niangjia.membership.consents.purposes import PURPOSES, Purpose
from niangjia.membership.models.people import Person


def consents(person: Person) -> "QuerySet[Consent]":
    """Everything the person ever agreed to, the newest first."""
    return Consent.objects.filter(person=person).select_related("recorded_by").order_by("-pk")


def has_consented(person: Person, purpose: Purpose) -> bool:
    """Whether a consent stands now."""
    return standing(person, purpose).exists()


def standing(person: Person, purpose: Purpose) -> "QuerySet[Consent]":
    return Consent.objects.filter(person=person, purpose=purpose.name, withdrawn_on=None)


def stands(purpose: str, person: str = "person") -> Exists:
    """As a condition on rows about a person: their consent stands now."""
    return Exists(Consent.objects.filter(person=OuterRef(person), purpose=purpose, withdrawn_on=None))


@dataclass(frozen=True)
class Answer:
    """One purpose and the person's newest answer to it, if there ever was one."""

    purpose: Purpose
    consent: Consent | None

    @property
    def is_yes(self) -> bool:
        return self.consent is not None and self.consent.withdrawn_on is None


def answers(person: Person) -> list[Answer]:
    """To every purpose there is, those that stand first."""
    newest: dict[str, Consent] = {}
    for consent in consents(person):
        known = newest.setdefault(consent.purpose, consent)
        if known.withdrawn_on is not None and consent.withdrawn_on is None:
            newest[consent.purpose] = consent
    found = [Answer(purpose, newest.get(purpose.name)) for purpose in PURPOSES.values()]
    return sorted(found, key=lambda answer: not answer.is_yes)
