"""Every read of the organisation. Lists come ordered by (path, id), so pages go on from the last row."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from niangjia.kernel import access, clock
from niangjia.kernel.access import Actor, Duty, Row, scoped
from niangjia.kernel.users import User
from niangjia.organisation import paths
from niangjia.organisation.access import PARAMETER_KEEPER, PURPOSE
from niangjia.organisation.directory import delegations_held, posts_held
from niangjia.organisation.models import Delegation, Employer, ParameterValue, Post, UnionBody

# Above this many members a search asks with EXISTS, below it with a JOIN; measured at a million members.
LARGE_SCOPE = 10_000


def unions_visible_to(actor: Actor) -> "QuerySet[UnionBody]":
    return scoped(UnionBody.objects.select_related("region"), actor, PURPOSE, unit="").order_by("path")


def employers_visible_to(actor: Actor) -> "QuerySet[Employer]":
    rows = Employer.objects.select_related("unit", "union", "region")
    return scoped(rows, actor, PURPOSE).order_by("unit__path", "id")


def posts_visible_to(actor: Actor) -> "QuerySet[Post]":
    """Posts in the actor's subtrees, and one's own wherever they are."""
    rows = Post.objects.select_related("unit", "user")
    return _own_or_reached(rows, Q(user=actor.user_id), actor, "unit").order_by("unit__path", "id")


def delegations_visible_to(actor: Actor) -> "QuerySet[Delegation]":
    """Delegations of the posts in the actor's subtrees, of one's own posts, and those one acts under."""
    rows = Delegation.objects.select_related("post__unit", "post__user", "delegate")
    own = Q(delegate=actor.user_id) | Q(post__user=actor.user_id)
    return _own_or_reached(rows, own, actor, "post__unit").order_by("-from_on", "-id")


def parameter_values_visible_to(actor: Actor) -> "QuerySet[ParameterValue]":
    """Parameters are public rules: whoever keeps any may read all."""
    rows = ParameterValue.objects.select_related("region").order_by("name", "region__code", "-valid_from")
    return rows if actor.has(PARAMETER_KEEPER) or actor.scopes(PURPOSE) else rows.none()


def _own_or_reached(rows: "QuerySet[Row]", own: Q, actor: Actor, unit: str) -> "QuerySet[Row]":
    scopes = actor.scopes(PURPOSE)
    if actor.user_id is None:
        return rows.none()
    if paths.ROOT in scopes:
        return rows
    return rows.filter(own | access.within(scopes, unit))


def subtree(unit: UnionBody) -> "QuerySet[UnionBody]":
    """The union and everything below it."""
    return UnionBody.objects.filter(access.within([unit.path], "")).order_by("path")


def ancestors(unit: UnionBody) -> "QuerySet[UnionBody]":
    """From the root down to the union's own superior."""
    return UnionBody.objects.filter(path__in=paths.ancestors(unit.path)[:-1]).order_by("path")


def children(unit: UnionBody) -> "QuerySet[UnionBody]":
    """The living unions directly below, each with the number of those below it."""
    below = Count("children", filter=Q(children__dissolved_on__isnull=True))
    return (
        UnionBody.objects.filter(parent=unit, dissolved_on__isnull=True)
        .annotate(child_count=below)
        .order_by("path")
    )


def member_total(scopes: Collection[str]) -> int:
    """Members of all unions in some subtrees, by the unions' own counters."""
    if not scopes:
        return 0
    rows = UnionBody.objects.filter(access.within(scopes, ""))
    return rows.aggregate(total=Sum("member_count"))["total"] or 0


def is_large(scopes: Collection[str]) -> bool:
    """Whether a search over these subtrees should ask with EXISTS instead of a JOIN."""
    return member_total(scopes) > LARGE_SCOPE


def posts_held_by(user: User, on: date) -> "QuerySet[Post]":
    return posts_held(on).filter(user=user).select_related("unit").order_by("unit__path", "id")


def delegations_held_by(user: User, on: date) -> "QuerySet[Delegation]":
    """For whom the user acts on a day."""
    return (
        delegations_held(on)
        .filter(delegate=user)
        .select_related("post__unit", "post__user")
        .order_by("until_on", "id")
    )


def staff() -> "QuerySet[User]":
    """Whoever holds a post today: the only accounts that anything may be entrusted to."""
    return User.objects.filter(Exists(posts_held(clock.today()).filter(user=OuterRef("pk")))).order_by(
        "name", "id"
    )


def colleagues(actor: Actor, unit: UnionBody) -> "QuerySet[User]":
    """Who else holds a post at a union or directly above or below it: whom one may hand over to."""
    near = Q(unit=unit) | Q(unit__parent=unit)
    if unit.parent_id:
        near |= Q(unit=unit.parent_id)
    posts = posts_held(clock.today()).filter(near, user=OuterRef("pk"))
    return (
        User.objects.filter(Exists(posts))
        .exclude(pk__in=[actor.user_id] if actor.user_id else [])
        .order_by("name", "id")
    )


def holders(duty: Duty, unit: UnionBody, on: date) -> "QuerySet[User]":
    """Who holds a duty at exactly this union on a day."""
    posts = posts_held(on).filter(duty=duty.name, unit=unit, user=OuterRef("pk"))
    return User.objects.filter(Exists(posts)).order_by("name", "id")
