"""Accounts of the staff: opened with a first post, given a new password, closed. A password is shown once."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, WrongState
from niangjia.kernel.users import User
from niangjia.organisation import authority, forms
from niangjia.organisation.actions.posts import appoint
from niangjia.organisation.directory import posts_held

# Without the letters and digits that people mistake for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LETTERS = 4, 4


def engage(*, actor: Actor, **data: Any) -> tuple[User, str]:
    """A new colleague: an account and its first post. Returns the account and its first password."""
    cleaned = forms.checked(forms.EngageForm, data, actor=actor)
    authority.over(cleaned["unit"], actor)
    with transaction.atomic():
        user, password = open_account(actor=actor, username=cleaned["username"], name=cleaned["name"])
        appoint(
            actor=actor,
            user=user.username,
            unit=cleaned["unit"].public_id,
            duty=cleaned["duty"],
            title=cleaned["title"],
            from_on=clock.today().isoformat(),
        )
    return user, password


def open_account(*, actor: Actor, **data: Any) -> tuple[User, str]:
    """An account that may do nothing until it is appointed; the clock opens the installation's first."""
    cleaned = forms.checked(forms.AccountForm, data, actor=actor)
    password = _a_password()
    with transaction.atomic():
        user = User.objects.create_user(cleaned["username"], password, name=cleaned["name"])
        audit.append([audit.Link(user, "open_account", cleaned)], actor=actor, fresh=True)
    return user, password


def reset_password(user: User, *, actor: Actor) -> str:
    """A new password for a colleague who lost theirs; all their sessions end."""
    _over_all_posts(user, actor)
    password = _a_password()
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record(user, "reset_password", actor=actor)
    return password


def close_account(user: User, *, actor: Actor) -> None:
    """Nobody signs in by it any more; what they did stays under their name."""
    _over_all_posts(user, actor)
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            raise WrongState(_("“%s”的账号已经停用。") % user.name)
        audit.record(user, "close_account", actor=actor)


def _over_all_posts(user: User, actor: Actor) -> None:
    """Whoever answers for every post of a colleague answers for the account; nobody for their own."""
    if user.pk == actor.user_id:
        raise NotAllowed(_("不能停用或重置自己的账号。改密码请用“修改密码”。"))
    posts = list(posts_held(clock.today()).filter(user=user).select_related("unit"))
    if not posts:
        raise NotAllowed(_("“%s”现在没有任职，请先任命再办理账号。") % user.name)
    for post in posts:
        authority.over(post.unit, actor)


def _a_password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
