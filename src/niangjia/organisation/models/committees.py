"""届期: the bodies that a union elects, who sits on them, and the representatives who elect."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.organisation.kinds import CommitteeKind, OfficerRole, SeatRoute
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.seats import Seat, seat_constraints
from niangjia.organisation.models.tree import UnionBody


class Committee(models.Model):
    """委员会: one term of one body of a union. A renewal ends this row and begins the next. No personal data."""

    public_id = public_id()
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="committees", verbose_name=_("所属工会"))
    kind = models.CharField(_("机构"), max_length=20, choices=CommitteeKind.choices)
    name = models.CharField(_("名称"), max_length=60, blank=True)
    number = models.PositiveSmallIntegerField(_("届次"), default=1)
    from_on = models.DateField(_("任期起"))
    # When the term is over; the body goes on in office until it is renewed.
    until_on = models.DateField(_("任期届满"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("委员会")
        verbose_name_plural = _("委员会")
        ordering = ["until_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "name"],
                condition=Q(ended_on__isnull=True),
                name="committee_one_in_office",
            ),
            period_holds("committee_term_holds", "from_on", "until_on"),
            period_holds("committee_period_holds", "from_on", "ended_on"),
        ]
        indexes = [
            models.Index(
                fields=["until_on", "id"], condition=Q(ended_on__isnull=True), name="committee_by_term"
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    def is_overdue_on(self, day: date) -> bool:
        return self.ended_on is None and self.until_on < day


class Officer(Seat):
    """工会干部: who sits on a committee, or is the organiser of a union too small for one."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="officers", verbose_name=_("机构")
    )
    role = models.CharField(_("职务"), max_length=20, choices=OfficerRole.choices)
    is_full_time = models.BooleanField(_("专职"), default=False)
    route = models.CharField(_("产生方式"), max_length=12, choices=SeatRoute.choices)

    class Meta:
        verbose_name = _("工会干部")
        verbose_name_plural = _("工会干部")
        ordering = ["id"]
        constraints = [
            *seat_constraints("officer"),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(until_on__isnull=True, role__in=OfficerRole.heads()),
                name="officer_one_head",
            ),
            models.CheckConstraint(
                name="officer_sits_or_organises",
                condition=Q(committee__isnull=True, role=OfficerRole.ORGANISER)
                | (Q(committee__isnull=False) & ~Q(role=OfficerRole.ORGANISER)),
            ),
        ]


class Representative(Seat):
    """代表: elected by a constituency into a congress; under 常任制 the mandate lasts between the meetings."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="representatives", verbose_name=_("代表大会")
    )
    constituency = models.CharField(_("选区"), max_length=80)

    class Meta:
        verbose_name = _("代表")
        verbose_name_plural = _("代表")
        ordering = ["id"]
        constraints = seat_constraints("representative")
