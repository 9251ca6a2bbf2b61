"""That a card was looked at. Nothing is kept about a stranger who looks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.organisation.models import UnionBody


class CardCheck(models.Model):
    """会员证核验: one code that was read by a second phone, for the member to see. Kept thirty days.

    `unit` is where a signed-in colleague holds a post; of anybody else nothing is written down.
    """

    member = models.ForeignKey(
        "membership.Member", models.PROTECT, related_name="card_checks", verbose_name=_("会员")
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    at = models.DateTimeField(_("核验时间"), default=clock.now, db_index=True)
    unit = models.ForeignKey(
        UnionBody, models.PROTECT, null=True, related_name="+", verbose_name=_("核验单位")
    )
    times = models.PositiveIntegerField(_("次数"), default=1)

    class Meta:
        verbose_name = _("会员证核验")
        verbose_name_plural = _("会员证核验")

    def __str__(self) -> str:
        return f"{self.member_id} {self.at}"
