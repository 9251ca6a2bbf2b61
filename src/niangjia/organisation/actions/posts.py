"""任职与代办: who is given a duty, who acts for whom, and how both end."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import CLOCK, Actor, Duty
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.kernel.users import User
from niangjia.organisation import authority, forms
from niangjia.organisation.directory import posts_held
from niangjia.organisation.models import Delegation, Post, UnionBody


def appoint(*, actor: Actor, **data: Any) -> Post:
    cleaned = forms.checked(forms.AppointForm, data, actor=actor)
    grant = authority.over(cleaned["unit"], actor)
    authority.keep_apart(grant, actor, cleaned["user"])
    with transaction.atomic():
        _lock_user(cleaned["user"])
        same = Post.objects.filter(
            user=cleaned["user"], unit=cleaned["unit"], duty=cleaned["duty"], ended_at__isnull=True
        )
        if _overlapping(same, cleaned["from_on"], cleaned["until_on"]).exists():
            raise Invalid(_("“%s”在这段时间已任此职，请先结束原任职或改日期。") % cleaned["user"].name)
        post = Post.objects.create(**cleaned, appointed_by=actor.user)
        audit.record(post, "appoint", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    return post


def appoint_first(user: User, unit: UnionBody, duty: Duty) -> Post:
    """The one appointment that nobody can make: the installation's first administrator."""
    post = Post.objects.create(user=user, unit=unit, duty=duty.name, from_on=clock.today())
    audit.record(post, "appoint", actor=CLOCK, changes={"user": user.pk, "unit": unit.pk, "duty": duty.name})
    return post


def end_post(post: Post, *, actor: Actor, **data: Any) -> Post:
    """On a last day, or at once when none is given. Whoever acted under the post stops with it."""
    grant = authority.over(post.unit, actor)
    with transaction.atomic():
        post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        cleaned = forms.checked(forms.EndPostForm, data, actor=actor, row=post)
        if post.ended_at or (post.until_on and post.until_on < clock.today()):
            raise WrongState(_("这项任职已经结束。"))
        if last := cleaned["until_on"]:
            post.until_on = last
        else:
            _end_at_once(post)
        post.save(update_fields=["until_on", "ended_at"])
        audit.record(post, "end", actor=actor, changes=_end_of(post), principal_id=grant.principal_id)
    return post


def end_all(unit: UnionBody, *, actor: Actor, principal_id: int | None) -> None:
    """A dissolved union has no posts."""
    today = clock.today()
    open_posts = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), unit=unit)
    posts = list(open_posts.filter(ended_at__isnull=True).select_for_update(no_key=True))
    for post in posts:
        _end_at_once(post)
    Post.objects.bulk_update(posts, ["until_on", "ended_at"])
    audit.append([audit.Link(post, "end", _end_of(post), principal_id) for post in posts], actor=actor)


def delegate(post: Post, *, actor: Actor, **data: Any) -> Delegation:
    """The holder hands a post over for some days, or whoever may appoint does it for them."""
    principal_id = None
    if post.user_id != actor.user_id:
        principal_id = authority.over(post.unit, actor).principal_id
    assert actor.user is not None  # the clock holds no post and no grant
    cleaned = forms.checked(forms.DelegateForm, data, actor=actor, row=post)
    with transaction.atomic():
        post = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        _check_delegate(post, cleaned["delegate"], actor, principal_id)
        _check_days(post, cleaned)
        delegation = Delegation.objects.create(post=post, created_by=actor.user, **cleaned)
        audit.record(delegation, "delegate", actor=actor, changes=cleaned, principal_id=principal_id)
    return delegation


def end_delegation(delegation: Delegation, *, actor: Actor) -> Delegation:
    """At once: by the holder, by the one who acts, or by whoever may appoint."""
    principal_id = None
    if actor.user_id not in {delegation.post.user_id, delegation.delegate_id}:
        principal_id = authority.over(delegation.post.unit, actor).principal_id
    with transaction.atomic():
        delegation = Delegation.objects.select_for_update(no_key=True).get(pk=delegation.pk)
        if delegation.ended_at or delegation.until_on < clock.today():
            raise WrongState(_("这项代办已经结束。"))
        delegation.ended_at = clock.now()
        delegation.save(update_fields=["ended_at"])
        audit.record(
            delegation,
            "end",
            actor=actor,
            changes={"ended_at": delegation.ended_at},
            principal_id=principal_id,
        )
    return delegation


def _check_delegate(post: Post, delegate: User, actor: Actor, principal_id: int | None) -> None:
    if delegate.pk == post.user_id:
        raise Invalid(_("不能委托给任职者本人，请另选一位同事。"))
    if post.user_id != actor.user_id and delegate.pk in {actor.user_id, principal_id}:
        raise NotAllowed(_("不能把别人的岗位委托给自己，请由另一位组织管理员办理。"))
    if not posts_held(clock.today()).filter(user=delegate).exists():
        raise Invalid(_("“%s”目前没有工会岗位，请另选一位在岗同事。") % delegate.name)


def _check_days(post: Post, cleaned: dict[str, Any]) -> None:
    first, last = cleaned["from_on"], cleaned["until_on"]
    if not (post.is_held_on(first) and post.is_held_on(last)):
        raise Invalid(_("代办期限超出了这项任职的起止日期，请改正。"))
    others = Delegation.objects.filter(post=post, delegate=cleaned["delegate"], ended_at__isnull=True)
    if _overlapping(others, first, last).exists():
        raise Invalid(_("“%s”在这段时间已代办此岗，无需再设。") % cleaned["delegate"].name)


def _overlapping(rows: "QuerySet[Any]", first: date, last: date | None) -> "QuerySet[Any]":
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=first))
    return rows.filter(from_on__lte=last) if last else rows


def _lock_user(user: User) -> None:
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))


def _end_at_once(post: Post) -> None:
    post.ended_at = clock.now()
    post.until_on = max(post.from_on, min(post.until_on or clock.today(), clock.today()))


def _end_of(post: Post) -> dict[str, object]:
    return {"until_on": post.until_on, "ended_at": post.ended_at}
