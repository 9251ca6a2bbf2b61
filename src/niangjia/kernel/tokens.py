"""API tokens 接口令牌: how another system signs in as a user. Shown once, kept as a hash, dated, revocable."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed
from niangjia.kernel.users import User

PREFIX = "nj_"
LONGEST_DAYS = 366


class ApiToken(models.Model):
    """接口令牌. No personal data but whose it is; kept as long as the audit trail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("账号")
    )
    label = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("签发时间"), default=clock.now, editable=False)
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(_("吊销时间"), null=True, editable=False)

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")

    def __str__(self) -> str:
        return self.label


def tokens_of(actor: Actor) -> "models.QuerySet[ApiToken]":
    return ApiToken.objects.filter(user=actor.user_id).order_by("-pk")


def issue(*, actor: Actor, label: str, days: int = 90) -> str:
    """A new token for the actor's own account; the text is never shown again.

    Only for whoever holds a post and came by the door that opens it: by phone code nobody does.
    """
    if not actor.grants:
        raise NotAllowed(gettext("接口令牌只发给有岗位的账号。请用登录名登录后再签发。"))
    if actor.user is None or not label.strip() or not 1 <= days <= LONGEST_DAYS:
        raise Invalid(gettext("请写明令牌的用途，有效期 1 至 366 天。"))
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=actor.user,
            label=label.strip(),
            digest=_digest(text),
            expires_on=clock.today() + timedelta(days=days),
        )
        audit.record(token, "issue", actor=actor)
    return text


def revoke(token: ApiToken, *, actor: Actor) -> None:
    if token.user_id != actor.user_id:
        raise NotAllowed(gettext("只能吊销自己的令牌。"))
    with transaction.atomic():
        ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=clock.now())
        audit.record(token, "revoke", actor=actor)


def user_of(text: str) -> User | None:
    """Whose valid token this is."""
    if not text.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.filter(
            digest=_digest(text), revoked_at=None, expires_on__gte=clock.today(), user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return token.user if token else None


def _digest(text: str) -> str:
    # The text is 256 random bits, so a plain hash cannot be guessed back.
    return hashlib.sha256(text.encode()).hexdigest()
