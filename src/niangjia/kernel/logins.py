"""Signing in by phone and code. Known and unknown phones are answered alike: both leave a counted row.

Codes and phones are stored only as keyed digests; a row is gone a day later. Whom a code lets in is the
caller's number for a person, meaningless here.
"""

import hmac
import secrets
from datetime import timedelta

from django.db import models, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, keys
from niangjia.kernel.errors import Invalid, Refused

DIGITS = 6
VALID_FOR = timedelta(minutes=5)
TRIES = 5
PAUSE = timedelta(seconds=60)
WINDOW = timedelta(hours=1)
PER_PHONE = 5
# One address may stand for a whole factory behind one router.
PER_ADDRESS = 60
KEPT = timedelta(days=1)


class TooOften(Refused):
    """Ask again later."""

    status = 429


class LoginCode(models.Model):
    """登录验证码. Personal data: keyed digests of phone and address, for security; kept one day."""

    phone_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64)
    subject_id = models.BigIntegerField(_("人员"), null=True)
    # The phone may belong to nobody yet: the code then proves only that whoever typed it holds the phone.
    is_for_newcomers = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("登录验证码")
        verbose_name_plural = _("登录验证码")
        indexes = [
            models.Index(fields=["phone_digest", "created_at"], name="login_code_phone"),
            models.Index(fields=["address_digest", "created_at"], name="login_code_address"),
            models.Index(fields=["created_at"], name="login_code_age"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def issue(
    *, phone: str, address: str, subject_id: int | None, for_newcomers: bool = False
) -> tuple[int, str]:
    """A new code for a phone: the row's number for the session, the digits for the message.

    `subject_id` is None for a stranger, whose code is never sent and opens nothing, unless newcomers are welcome.
    """
    phone_digest, address_digest = _digest("phone", phone), _digest("address", address)
    with transaction.atomic():
        _forget_old()
        _slow_down(phone_digest, address_digest)
        _cancel_earlier(phone_digest)
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        row = LoginCode(
            phone_digest=phone_digest,
            address_digest=address_digest,
            subject_id=subject_id,
            is_for_newcomers=for_newcomers,
        )
        row.code_digest = _digest("code", f"{phone_digest}:{digits}")
        row.save()
    return row.pk, digits


def redeem(code_id: int, digits: str) -> int | None:
    """Whom the code lets in, None for a newcomer. A code works once, within five minutes and five tries."""
    since = clock.now() - VALID_FOR
    live = LoginCode.objects.filter(pk=code_id, spent_at=None, tries__lt=TRIES, created_at__gt=since)
    # Counting before comparing: parallel guesses cannot share one try.
    if not live.update(tries=F("tries") + 1):
        raise Refused(_("验证码已失效。请返回上一步，重新获取一个。"))
    row = LoginCode.objects.get(pk=code_id)
    expected = _digest("code", f"{row.phone_digest}:{digits}")
    lets_in = row.subject_id is not None or row.is_for_newcomers
    if not lets_in or not constant_time_compare(expected, row.code_digest):
        _wrong(TRIES - row.tries)
    if not LoginCode.objects.filter(pk=code_id, spent_at=None).update(spent_at=clock.now()):
        raise Refused(_("这个验证码已经用过。请返回上一步，重新获取一个。"))
    return row.subject_id


def _wrong(left: int) -> None:
    if left <= 0:
        raise Refused(_("连续输错次数太多，这个验证码已作废。请返回上一步，重新获取一个。"))
    sentence = _("验证码不对，请核对短信中最新的 6 位数字；还可以再试 %(left)d 次。") % {"left": left}
    raise Invalid(sentence, {"code": [sentence]})


def _slow_down(phone_digest: str, address_digest: str) -> None:
    now = clock.now()
    recent = LoginCode.objects.filter(created_at__gt=now - WINDOW)
    of_phone = recent.filter(phone_digest=phone_digest)
    if of_phone.filter(created_at__gt=now - PAUSE).exists():
        raise TooOften(_("刚刚已经发过验证码。短信有时会慢一些，请等 1 分钟再重新获取。"))
    if of_phone.count() >= PER_PHONE or recent.filter(address_digest=address_digest).count() >= PER_ADDRESS:
        raise TooOften(_("获取验证码太频繁。请过 1 小时再试，急事可到所属工会窗口办理。"))


def _cancel_earlier(phone_digest: str) -> None:
    """Only the newest code of a phone works."""
    LoginCode.objects.filter(phone_digest=phone_digest, spent_at=None).update(spent_at=clock.now())


def _forget_old() -> None:
    LoginCode.objects.filter(created_at__lt=clock.now() - KEPT).delete()


def _digest(what: str, text: str) -> str:
    key = keys.current("index").secret
    return hmac.new(key, f"login {what}:{text}".encode(), "sha256").hexdigest()
