"""Doing a request once, however often it is sent: a double click, a retry of the phone's queue, a proxy."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock, keys
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Refused
from niangjia.kernel.jobs import Progress, daily, job

KEPT = timedelta(days=7)
SHORTEST, LONGEST = 8, 100
CHUNK = 1_000


class Once(models.Model):
    """一次性请求. `outcome` holds ids and addresses of pages, never personal values; kept 7 days.

    The fingerprint is keyed: what was typed cannot be guessed from it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("账号")
    )
    key = models.CharField(_("防重键"), max_length=LONGEST)
    fingerprint = models.CharField(_("请求指纹"), max_length=64)
    outcome = models.JSONField(_("结果"), default=dict)
    at = models.DateTimeField(_("时间"), default=clock.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("一次性请求")
        verbose_name_plural = _("一次性请求")
        constraints = [models.UniqueConstraint(name="one_request_per_key", fields=["user", "key"])]

    def __str__(self) -> str:
        return self.key


def once(key: str, actor: Actor, fingerprint: str, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The outcome of the first request under this key; only that one runs, in one transaction with its row.

    A parallel duplicate waits for the first. What was refused leaves no row, so the same key may try again.
    """
    if actor.user is None:
        raise ValueError("only a user's requests can be repeated")
    _must_be_key(key)
    with transaction.atomic():
        row, is_first = Once.objects.get_or_create(
            user=actor.user, key=key, defaults={"fingerprint": fingerprint}
        )
        if is_first:
            row.outcome = run()
            row.save(update_fields=["outcome"])
        elif not hmac.compare_digest(row.fingerprint, fingerprint):
            raise Refused(_("这个页面已经提交过另一份内容。请刷新页面，确认后重新填写并提交。"))
        return dict(row.outcome)


def fingerprint_of(*parts: str | bytes) -> str:
    """Of everything that makes two requests the same: method, path, body."""
    mixed = hmac.new(keys.current("index").secret, b"niangjia request", "sha256")
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        mixed.update(b"%d:" % len(content) + content)
    return mixed.hexdigest()


def _must_be_key(key: str) -> None:
    if not (SHORTEST <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
        raise Invalid(
            _("防重键应为 %(shortest)d 至 %(longest)d 个可见的英文字符，例如一个 UUID。")
            % {"shortest": SHORTEST, "longest": LONGEST}
        )


@job(label=_("清理一次性请求"), every=daily("03:50"), name="kernel.once.prune")
def prune(progress: Progress) -> dict[str, int]:
    old = Once.objects.filter(at__lt=clock.now() - KEPT)
    removed = 0
    while chunk := list(old.values_list("pk", flat=True)[:CHUNK]):
        removed += Once.objects.filter(pk__in=chunk).delete()[0]
        progress.advance(len(chunk))
    return {"removed": removed}
