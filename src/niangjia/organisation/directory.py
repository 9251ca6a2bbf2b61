"""Answers the kernel: who holds what, whose desk it is, where a unit stands, what a parameter says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, Value

from niangjia.kernel.access import DUTIES, Desk, Duty, Grant
from niangjia.organisation import parameters, paths
from niangjia.organisation.models import Delegation, Post, UnionBody


def posts_held(on: date) -> "QuerySet[Post]":
    """Posts that count on a day: begun, not over, not taken back, and their holder's account is open."""
    return Post.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        from_on__lte=on,
        ended_at__isnull=True,
        user__is_active=True,
    ).order_by()


def delegations_held(on: date) -> "QuerySet[Delegation]":
    """Delegations that count on a day: they live no longer than the principal's post and account."""
    return Delegation.objects.filter(
        Q(post__until_on__isnull=True) | Q(post__until_on__gte=on),
        from_on__lte=on,
        until_on__gte=on,
        ended_at__isnull=True,
        delegate__is_active=True,
        post__from_on__lte=on,
        post__ended_at__isnull=True,
        post__user__is_active=True,
    ).order_by()


class OrganisationDirectory:
    """Implements `niangjia.kernel.access.Directory`."""

    def grants(self, user_id: int, on: date) -> Sequence[Grant]:
        """One query, whoever asks."""
        nobody = Value(None, output_field=BigIntegerField()), Value("")
        own = (
            posts_held(on)
            .filter(user_id=user_id)
            .values_list("duty", "unit_id", "unit__path", nobody[0], "unit__name", nobody[1])
        )
        delegated = (
            delegations_held(on)
            .filter(delegate_id=user_id)
            .values_list(
                "post__duty", "post__unit_id", "post__unit__path", F("post__user_id"),
                "post__unit__name", F("post__user__name"),
            )
        )  # fmt: skip
        return [
            Grant(DUTIES[duty], *rest) for duty, *rest in own.union(delegated, all=True) if duty in DUTIES
        ]

    def desks(self, duty: Duty, unit_id: int, on: date) -> Sequence[Desk]:
        """Own posts suffice: who acts for a barred principal is barred too, and who acts for any other principal
        has that principal's own post beside them.
        """
        above = paths.ancestors(self.path(unit_id))
        found: dict[int, set[int]] = {}
        posts = posts_held(on).filter(duty=duty.name, unit__path__in=above).order_by("-unit__path")
        for unit, user in posts.values_list("unit_id", "user_id"):
            found.setdefault(unit, set()).add(user)
        found.setdefault(UnionBody.objects.values_list("pk", flat=True).get(path=paths.ROOT), set())
        return [Desk(unit, frozenset(users)) for unit, users in found.items()]

    def path(self, unit_id: int) -> str:
        return UnionBody.objects.values_list("path", flat=True).get(pk=unit_id)

    def parameter(self, name: str, unit_id: int | None, on: date) -> Any:
        if unit_id is None:
            return parameters.value(name, None, on)
        return parameters.value(name, UnionBody.objects.select_related("region").get(pk=unit_id), on)
