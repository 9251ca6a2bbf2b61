"""任职 and 代办: which account may do what, where and when."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, clock
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.tree import UnionBody

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Post(models.Model):
    """任职: a user holds one duty over one union's subtree from a day until a day, both inclusive.

    Personal data: who worked where; kept as long as the audit trail, needed for the union's administration.
    """

    public_id = public_id()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("账号")
    )
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="posts", verbose_name=_("任职工会"))
    duty = models.CharField(_("岗位职责"), max_length=60)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    from_on = models.DateField(_("任职起"), default=clock.today)
    until_on = models.DateField(_("任职止"), null=True, blank=True)
    # Taken back at once, whatever the last day says: somebody who leaves today must not act this afternoon.
    ended_at = models.DateTimeField(_("提前终止时间"), null=True, blank=True, editable=False)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("任命人"),
    )

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "duty", "from_on"],
                condition=Q(ended_at__isnull=True),
                name="post_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "duty"],
                condition=Q(until_on__isnull=True, ended_at__isnull=True),
                name="post_one_open",
            ),
            period_holds("post_period_holds", "from_on", "until_on"),
        ]
        indexes = [models.Index(fields=["duty", "unit"], name="post_by_duty")]

    def __str__(self) -> str:
        return f"{self.user} {self.unit} {self.duty_label}"

    @property
    def duty_label(self) -> "StrOrPromise":
        """The duty's Chinese name; a duty that is gone from the code keeps showing its own name."""
        duty = access.DUTIES.get(self.duty)
        return duty.label if duty else self.duty

    def is_held_on(self, day: date) -> bool:
        if self.ended_at is not None:
            return False
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Delegation(models.Model):
    """代办: a colleague acts for the holder of a post, dated at both ends (inclusive), never beyond the post.

    Personal data: who acted for whom; kept as long as the audit trail.
    """

    public_id = public_id()
    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name=_("任职"))
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations", verbose_name=_("代办人")
    )
    from_on = models.DateField(_("代办起"), default=clock.today)
    until_on = models.DateField(_("代办止"))
    ended_at = models.DateTimeField(_("提前终止时间"), null=True, blank=True, editable=False)
    reason = models.CharField(_("事由"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设定人")
    )

    class Meta:
        verbose_name = _("代办")
        verbose_name_plural = _("代办")
        ordering = ["-from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "delegate", "from_on"],
                condition=Q(ended_at__isnull=True),
                name="delegation_once_a_day",
            ),
            period_holds("delegation_period_holds", "from_on", "until_on"),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} → {self.post}"
