"""Answers the kernel: who holds what, whose desk it is, where a unit stands, what a parameter says."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

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


# What `posts_held` and `delegations_held` say, in SQL: every request asks, and the ORM needs longer to write the
# question than the database to answer it. A test holds both to the same answer.
GRANTS = """
SELECT post.duty, post.unit_id, unit.path, NULL, unit.name, ''
FROM organisation_post post
JOIN organisation_unionbody unit ON unit.id = post.unit_id
JOIN kernel_user holder ON holder.id = post.user_id
WHERE post.user_id = %(user)s AND holder.is_active
  AND post.ended_at IS NULL AND post.from_on <= %(on)s AND (post.until_on IS NULL OR post.until_on >= %(on)s)
UNION ALL
SELECT post.duty, post.unit_id, unit.path, post.user_id, unit.name, principal.name
FROM organisation_delegation lent
JOIN organisation_post post ON post.id = lent.post_id
JOIN organisation_unionbody unit ON unit.id = post.unit_id
JOIN kernel_user principal ON principal.id = post.user_id
JOIN kernel_user delegate ON delegate.id = lent.delegate_id
WHERE lent.delegate_id = %(user)s AND delegate.is_active AND principal.is_active
  AND lent.ended_at IS NULL AND lent.from_on <= %(on)s AND lent.until_on >= %(on)s
  AND post.ended_at IS NULL AND post.from_on <= %(on)s AND (post.until_on IS NULL OR post.until_on >= %(on)s)
"""

# What `posts_held` says of a duty, this unit first, then those above it; the top always, whether held or not.
DESKS = """
WITH RECURSIVE above(id, parent_id, path) AS (
    SELECT id, parent_id, path FROM organisation_unionbody WHERE id = %(unit)s
    UNION ALL
    SELECT unit.id, unit.parent_id, unit.path FROM organisation_unionbody unit JOIN above ON unit.id = above.parent_id
)
SELECT above.id, post.user_id FROM above
LEFT JOIN (
    SELECT post.unit_id, post.user_id FROM organisation_post post
    JOIN kernel_user holder ON holder.id = post.user_id AND holder.is_active
    WHERE post.duty = %(duty)s
      AND post.ended_at IS NULL AND post.from_on <= %(on)s AND (post.until_on IS NULL OR post.until_on >= %(on)s)
) post ON post.unit_id = above.id
WHERE post.user_id IS NOT NULL OR above.path = %(root)s
ORDER BY above.path DESC
"""


class OrganisationDirectory:
    """Implements `niangjia.kernel.access.Directory`."""

    def grants(self, user_id: int, on: date) -> Sequence[Grant]:
        """One query, whoever asks."""
        with connection.cursor() as cursor:
            cursor.execute(GRANTS, {"user": user_id, "on": on})
            rows = cursor.fetchall()
        return [Grant(DUTIES[duty], *rest) for duty, *rest in rows if duty in DUTIES]

    def desks(self, duty: Duty, unit_id: int, on: date) -> Sequence[Desk]:
        """Own posts suffice: who acts for a barred principal is barred too, and who acts for any other principal
        has that principal's own post beside them.
        """
        found: dict[int, set[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(DESKS, {"unit": unit_id, "duty": duty.name, "on": on, "root": paths.ROOT})
            for unit, user in cursor.fetchall():
                found.setdefault(unit, set()).update([user] if user else [])
        return [Desk(unit, frozenset(users)) for unit, users in found.items()]

    def path(self, unit_id: int) -> str:
        return UnionBody.objects.values_list("path", flat=True).get(pk=unit_id)

    def parameter(self, name: str, unit_id: int | None, on: date) -> Any:
        return parameters.value_for_unit(name, unit_id, on)
