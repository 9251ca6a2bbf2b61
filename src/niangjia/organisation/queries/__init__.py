"""Every read of the organisation. Lists come ordered by (path, id), so pages go on from the last row."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, clock
from niangjia.kernel.access import Actor, Duty, Row, scoped
from niangjia.kernel.errors import Missing
from niangjia.kernel.prepared import NOBODY, ByKey
from niangjia.kernel.users import User
from niangjia.organisation import paths, regions
from niangjia.organisation.access import AUDIT, PARAMETER_KEEPER, PURPOSE
from niangjia.organisation.directory import delegations_held, posts_held
from niangjia.organisation.models import Delegation, Employer, ParameterValue, Post, Region, UnionBody

# Above this many members a search asks with EXISTS, below it with a JOIN; measured at a million members.
LARGE_SCOPE = 10_000


def unions_visible_to(actor: Actor) -> "QuerySet[UnionBody]":
    return scoped(UnionBody.objects.select_related("region"), actor, PURPOSE, unit="").order_by("path")


def employers_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[Employer]":
    """Employers kept in the actor's subtrees; `beneath` cuts the view down to one union's subtree."""
    rows = Employer.objects.select_related("unit", "union", "region").order_by("unit__path", "id")
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath))


def employers_of(unit: UnionBody) -> "QuerySet[Employer]":
    """Employers kept by exactly this union, or organised in it."""
    return Employer.objects.filter(Q(unit=unit) | Q(union=unit)).order_by("id")


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


def unions_matching(actor: Actor, words: str) -> "QuerySet[UnionBody]":
    """Unions by number, else by the beginning of their name, in the order of names."""
    rows = unions_visible_to(actor)
    numbered = rows.filter(number=words.strip().upper())
    return (
        numbered if numbered.exists() else rows.filter(starting("name", words.strip())).order_by("name", "id")
    )


def unions_chosen(actor: Actor, words: str, unit: UnionBody | None) -> "QuerySet[UnionBody]":
    """The register as its reader cuts it down: by words, by a part of the tree."""
    rows = unions_matching(actor, words) if words else unions_visible_to(actor)
    rows = rows.select_related("region", "parent")
    return rows.filter(access.within([unit.path], "")) if unit else rows


def employers_matching(actor: Actor, words: str, beneath: UnionBody | None = None) -> "QuerySet[Employer]":
    """Employers by credit code, else by the beginning of their name, in the order of names."""
    coded = employers_visible_to(actor, beneath).filter(uscc=words.strip().upper())
    if coded.exists():
        return coded
    rows = Employer.objects.select_related("unit", "union", "region").filter(starting("name", words.strip()))
    scopes = scopes_beneath(actor, PURPOSE, beneath)
    return in_scopes(rows, scopes, by_exists=is_large(scopes)).order_by("name", "id")


def in_scopes(
    rows: "QuerySet[Row]", scopes: Collection[str], unit: str = "unit", *, by_exists: bool = False
) -> "QuerySet[Row]":
    """The rows whose unit lies in the subtrees; the whole tree costs no condition at all.

    A search in a large scope asks with EXISTS: joined, the planner may read the whole scope to sort a few names.
    """
    if not scopes:
        return rows.none()
    if paths.ROOT in scopes:
        return rows
    if by_exists:
        unions = UnionBody.objects.filter(access.within(scopes, ""), pk=OuterRef(unit))
        return rows.filter(Exists(unions.order_by()))
    return rows.filter(access.within(scopes, unit))


def in_scopes_sql(scopes: Collection[str]) -> tuple[str, list[str]]:
    """As `in_scopes`, about a table called `member` of a search written in SQL; and its parameters."""
    if paths.ROOT in scopes:
        return "1 = 1", []
    ranges = " OR ".join(["body.path >= %s AND body.path < %s"] * len(scopes))
    unions = f"FROM organisation_unionbody body WHERE ({ranges})"
    bounds = [bound for path in scopes for bound in (path, path + access.END)]
    if is_large(scopes):
        return f"EXISTS (SELECT 1 {unions} AND body.id = member.unit_id)", bounds
    return f"member.unit_id IN (SELECT body.id {unions})", bounds


def regions_matching(words: str) -> "QuerySet[Region]":
    """Regions in use, by the beginning of their name or code."""
    column = "code" if words.isdigit() else "name"
    return regions.current_regions().filter(starting(column, words)).order_by("code")


def staff_matching(words: str) -> "QuerySet[User]":
    """Whoever holds a post today, by the beginning of their name."""
    return staff().filter(starting("name", words))


def traced(actor: Actor, number: str) -> list[UnionBody | Employer]:
    """What an auditor may look into under a number: a union, or an employer by its credit code."""
    unions = scoped(UnionBody.objects.filter(number=number), actor, AUDIT, unit="")
    return [*unions, *scoped(Employer.objects.filter(uscc=number), actor, AUDIT)]


def staff_within(actor: Actor, purpose: str) -> "QuerySet[User]":
    """Whoever holds or held a post in the actor's subtrees."""
    posts = in_scopes(Post.objects.filter(user=OuterRef("pk")), actor.scopes(purpose))
    return User.objects.filter(Exists(posts)).order_by("name", "id")


def starting(column: str, words: str) -> Q:
    """Rows whose text begins with the words, as a range that an index serves."""
    return Q(**{f"{column}__gte": words, f"{column}__lt": words + "\U0010ffff"})


def union_visible_to(actor: Actor, **named: UUID | str) -> UnionBody:
    """One union by `public_id` or `number`, or Missing, whether it exists or not."""
    found = unions_visible_to(actor).select_related("parent", "industry_parent").filter(**named).first()
    if found is None:
        raise Missing(_("没有找到这个工会，或您的岗位看不到它。"))
    return found


def employer_visible_to(actor: Actor, public_id: UUID) -> Employer:
    found = employers_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这个单位，或您的岗位看不到它。"))
    return found


def post_visible_to(actor: Actor, public_id: UUID) -> Post:
    found = posts_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这项任职，或您的岗位看不到它。"))
    return found


def delegation_visible_to(actor: Actor, public_id: UUID) -> Delegation:
    found = delegations_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这项代办，或您的岗位看不到它。"))
    return found


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
    return standing_below(unit).annotate(child_count=below)


def standing_below(unit: UnionBody) -> "QuerySet[UnionBody]":
    return UnionBody.objects.filter(parent=unit, dissolved_on__isnull=True).order_by("path")


def tops(actor: Actor, purpose: str = PURPOSE) -> "QuerySet[UnionBody]":
    """Where the actor's view of the tree begins: the unions of their outermost posts."""
    return UnionBody.objects.filter(path__in=actor.scopes(purpose)).order_by("path")


def tops_listed(actor: Actor, purpose: str) -> list[UnionBody]:
    """The same as a list. Every page that is cut down to a part of the tree begins here: written once."""
    return [union for path in actor.scopes(purpose) for union in _at_path(path)]


_at_path = ByKey(lambda: UnionBody.objects.filter(path=NOBODY).order_by())


def posts_at(unit: UnionBody, on: date) -> "QuerySet[Post]":
    """Who holds what at exactly this union on a day."""
    return posts_held(on).filter(unit=unit).select_related("user", "unit").order_by("duty", "id")


def member_totals_below(unit: UnionBody) -> dict[str, int]:
    """Per child's path, the members of its whole subtree, by the unions' own counters.

    One range of the tree for each child: grouped by the head of the path, every union below would be sorted.
    """
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, [access.END, unit.pk])
        return dict(cursor.fetchall())


# In SQL: a list of members asks on each of its pages.
TOTALS = """
SELECT child.path, (
    SELECT SUM(beneath.member_count) FROM organisation_unionbody beneath
    WHERE beneath.path >= child.path AND beneath.path < child.path || %s
) FROM organisation_unionbody child WHERE child.parent_id = %s
"""


def member_total(scopes: Collection[str]) -> int:
    """Members of all unions in some subtrees, by the unions' own counters."""
    if not scopes:
        return 0
    rows = UnionBody.objects.filter(access.within(scopes, ""))
    return rows.aggregate(total=Sum("member_count"))["total"] or 0


def scopes_beneath(actor: Actor, purpose: str, unit: UnionBody | None) -> tuple[str, ...]:
    """The subtrees that a purpose opens to the actor, cut down to one union's."""
    scopes = actor.scopes(purpose)
    if unit is None:
        return scopes
    if any(unit.path.startswith(path) for path in scopes):
        return (unit.path,)
    return tuple(path for path in scopes if path.startswith(unit.path))


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
