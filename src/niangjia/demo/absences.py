"""What the unions of the demo city decide for themselves, and who acts for whom while somebody is away."""

from datetime import date, timedelta
from functools import partial

from niangjia.assistance import parameters
from niangjia.assistance.access import APPROVER, REVIEWER, VISITOR
from niangjia.demo.agenda import Agenda
from niangjia.demo.places import Places
from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.users import User
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation import actions, queries
from niangjia.organisation.kinds import Evidence
from niangjia.organisation.models import Post, Region, UnionBody


def plan_rules(agenda: Agenda, places: Places, first: date, today: date) -> None:
    """Longer notices in one district, more time for corrections in the city, a change that is still to come."""
    city, strict = places.city.region, places.districts[1].union.region
    half_a_year_ago = calendar.add_months(today, -6)
    rules = [
        (first, strict, parameters.NOTICE_DAYS, 7, first, "区总工会主席办公会决定"),
        (half_a_year_ago, city, parameters.CORRECTION_DAYS, 20, half_a_year_ago, "市总工会便民措施"),
        (
            today - timedelta(days=9),
            city,
            parameters.VISIT_DAYS,
            8,
            date(today.year + 1, 1, 1),
            "市总工会年度工作安排",
        ),
    ]
    for day, region, name, value, valid_from, source in rules:
        agenda.add(day, partial(set_rule, region, name, value, valid_from, source))


def set_rule(region: Region, name: str, value: int, valid_from: date, source: str) -> None:
    actions.set_parameter(
        actor=Actor.of(User.objects.get(username="parameters")),
        name=name,
        region=region,
        value=value,
        valid_from=valid_from,
        source=source,
        evidence=Evidence.DECISION,
    )


def plan_absences(agenda: Agenda, places: Places, today: date) -> None:
    """One over, one running today, one to come."""
    district = places.districts[0]
    street = district.streets[1].union
    agenda.add(
        today - timedelta(days=120),
        lambda: _hand_over(_post(REVIEWER, street), _other(VISITOR, street), 0, 13, "休假"),
    )
    agenda.add(
        today - timedelta(days=3),
        lambda: _hand_over(
            _post(APPROVER, district.union, "approver"), _named("archivist"), 0, 9, "外出学习"
        ),
    )
    agenda.add(
        today - timedelta(days=1),
        lambda: _hand_over(
            _post(MEMBERSHIP_CLERK, district.union), _other(MEMBERSHIP_CLERK, places.city), 5, 9, "探亲"
        ),
    )


def _hand_over(post: Post, delegate: User, starts_in: int, days: int, reason: str) -> None:
    from_on = clock.today() + timedelta(days=starts_in)
    actions.delegate(
        post,
        actor=Actor.of(post.user),
        delegate=delegate,
        from_on=from_on,
        until_on=from_on + timedelta(days=days),
        reason=reason,
    )


def _post(duty: Duty, unit: UnionBody, unlike: str = "") -> Post:
    """The post of a union's first holder of a duty who is not called so."""
    posts = Post.objects.filter(duty=duty.name, unit=unit).exclude(user__username=unlike)
    return posts.select_related("user", "unit").order_by("user__username")[0]


def _other(duty: Duty, unit: UnionBody) -> User:
    return queries.holders(duty, unit, clock.today()).order_by("username")[0]


def _named(username: str) -> User:
    return User.objects.get(username=username)
