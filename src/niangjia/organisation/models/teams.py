"""工会工作队: people engaged by contract or posted by agreement to do the union's work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from niangjia.organisation.kinds import EngagementBasis, Specialty, TeamKind
from niangjia.organisation.models.columns import period_holds, public_id
from niangjia.organisation.models.seats import Seat, seat_constraints
from niangjia.organisation.models.tree import UnionBody


class Team(models.Model):
    """工会工作队: specialists, professional or socially engaged union workers of one union. No personal data."""

    public_id = public_id()
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="teams", verbose_name=_("组建工会"))
    name = models.CharField(_("队伍名称"), max_length=60)
    kind = models.CharField(_("队伍类型"), max_length=20, choices=TeamKind.choices)
    from_on = models.DateField(_("组建日期"))
    ended_on = models.DateField(_("解散日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("工会工作队")
        verbose_name_plural = _("工会工作队")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="team_name_once"),
            period_holds("team_period_holds", "from_on", "ended_on"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(Seat):
    """社会化工会工作者: a member of a team, and where they are posted."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name=_("队伍"))
    specialty = models.CharField(_("专长"), max_length=20, choices=Specialty.choices)
    basis = models.CharField(_("用工方式"), max_length=20, choices=EngagementBasis.choices)
    posted_to = models.ForeignKey(
        UnionBody, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("派驻工会")
    )
    title = models.CharField(_("派驻职务"), max_length=60, blank=True)
    contract_until = models.DateField(_("合同到期"), null=True, blank=True)

    class Meta:
        verbose_name = _("社会化工会工作者")
        verbose_name_plural = _("社会化工会工作者")
        ordering = ["id"]
        constraints = [
            *seat_constraints("team_member"),
            period_holds("team_member_contract_holds", "from_on", "contract_until"),
        ]
