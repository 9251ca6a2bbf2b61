"""待遇提示: what the open schemes would give to whom who has not asked, as the register stands."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.kinds import Finding
from niangjia.benefits.models.schemes import Scheme
from niangjia.kernel import clock
from niangjia.kernel.money import MoneyField
from niangjia.membership.models import Household, Person
from niangjia.organisation.models import UnionBody


class Proposal(models.Model):
    """待遇提示: one scheme, one period, one subject. Written only when what it says becomes another thing.

    Why it says so is not kept: it is redrawn from the register for whoever may see it.

    Personal data: that somebody is, or nearly is, entitled. Basis: duty of the union to help; gone with the period.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("登记工会"))
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="proposals", verbose_name=_("待遇项目"), db_index=False
    )
    period = models.CharField(_("享受期间"), max_length=40)
    # Who it is for; of a household, who speaks for it.
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="proposals", verbose_name=_("受益人"), db_index=False
    )
    # Only where the scheme is assessed on the household.
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="proposals", verbose_name=_("家庭")
    )
    finding = models.CharField(_("结论"), max_length=10, choices=Finding.choices)
    amount = MoneyField(_("金额"), null=True)
    # The one input that nobody knows, or the one that is so near to the bound.
    wanting = models.CharField(_("差的一项"), max_length=60, blank=True)
    found_on = models.DateField(_("发现日期"), default=clock.today)
    changed_on = models.DateField(_("结论日期"), default=clock.today)
    told_at = models.DateTimeField(_("告知本人"), null=True)
    declined_at = models.DateTimeField(_("不申请"), null=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("谁表示不申请")
    )

    class Meta:
        verbose_name = _("待遇提示")
        verbose_name_plural = _("待遇提示")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "period", "person"],
                condition=Q(household=None),
                name="proposal_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["scheme", "period", "household"],
                condition=Q(household__isnull=False),
                name="proposal_once_per_household",
            ),
            models.CheckConstraint(condition=Q(finding__in=Finding.values), name="proposal_finding_known"),
            models.CheckConstraint(
                condition=~Q(finding=Finding.NEARLY) | ~Q(wanting=""), name="proposal_nearly_says_what"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="proposal_person"),
            models.Index(fields=["scheme", "finding", "unit"], name="proposal_scheme_finding"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.person}"

    def get_finding_display(self) -> str:  # type: ignore[no-redef]
        """Not Django's own, which translates and hashes every choice at each call."""
        return str(Finding(self.finding).label)
