"""入会申请: somebody asks a union to take them in, or, without any unit, the county to find them one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.kinds import APPLICATIONS_CLOSED, ApplicationState, Employment, NewEmployment
from niangjia.membership.models.members import Member
from niangjia.membership.models.people import Person
from niangjia.organisation.models import Employer, Region, UnionBody


class MembershipApplication(WorkflowRow):
    """入会申请. `unit` has it on the desk: the union asked for, or the county while it waits in its pool 周转库.

    Personal data: where and as what somebody works. Basis: the application; kept ten years after the decision.
    """

    number = models.CharField(_("申请编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(
        _("状态"), max_length=20, choices=ApplicationState.choices, default=ApplicationState.SUBMITTED
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications", verbose_name=_("申请人"))
    # The county whose pool it lies or lay in; it keeps seeing what became of it.
    pool = models.ForeignKey(
        UnionBody, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("周转库")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("工作地")
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("工作单位")
    )
    workplace = models.CharField(_("本人填写的单位"), max_length=120, blank=True)
    occupation = models.CharField(_("工种或职务"), max_length=40, blank=True)
    employment = models.CharField(_("用工形式"), max_length=20, choices=Employment.choices, blank=True)
    new_employment = models.CharField(
        _("新就业形态"), max_length=20, choices=NewEmployment.choices, blank=True
    )
    is_migrant = models.BooleanField(_("农民工"), default=False)
    consents_to_register = models.BooleanField(_("同意实名登记"), default=False)
    applied_on = models.DateField(_("申请日期"), default=clock.today)
    decided_on = models.DateField(_("审批日期"), null=True)
    member = models.OneToOneField(
        Member, models.PROTECT, null=True, related_name="application", verbose_name=_("会员")
    )

    class Meta:
        verbose_name = _("入会申请")
        verbose_name_plural = _("入会申请")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(state__in=APPLICATIONS_CLOSED), name="application_one_running"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.ADMITTED, member__isnull=False, decided_on__isnull=False)
                | (~Q(state=ApplicationState.ADMITTED) & Q(member=None)),
                name="application_admitted_has_member",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.POOLED) | Q(pool__isnull=False, region__isnull=False),
                name="application_pooled_has_county",
            ),
            models.CheckConstraint(condition=Q(consents_to_register=True), name="application_has_consent"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(ApplicationState(self.state).label)

    @property
    def is_closed(self) -> bool:
        return self.state in APPLICATIONS_CLOSED
