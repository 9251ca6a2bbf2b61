"""待遇申请, what is granted for it, and how a decision is lifted or appealed against."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.kinds import CLOSED_STATES, FundSource, Origin, Outcome, PaperKind, State
from niangjia.benefits.models.decisions import Decision
from niangjia.benefits.models.schemes import Scheme
from niangjia.kernel import clock, papers
from niangjia.kernel.fields import EncryptedTextField
from niangjia.kernel.money import MoneyField
from niangjia.kernel.papers import Paper
from niangjia.kernel.workflow import WorkflowRow
from niangjia.membership.models import Household, Person
from niangjia.organisation.models import UnionBody


class BenefitApplication(WorkflowRow):
    """待遇申请: somebody asks for what a scheme gives. One per scheme, period and subject.

    Personal data: what people said of themselves (sealed) and whom the money goes to. Basis: the application; kept ten
    years after it is closed.
    """

    number = models.CharField(_("申请编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=State.choices, default=State.ASKED)
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, related_name="applications", verbose_name=_("待遇项目")
    )
    # Whom it is for, and who gets the money: a parent for a child.
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="benefit_applications", verbose_name=_("受益人")
    )
    payee = models.ForeignKey(
        Person, models.PROTECT, related_name="benefits_received", verbose_name=_("领款人")
    )
    # Only where the scheme is assessed on the household; then nobody else of it may apply.
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        related_name="benefit_applications",
        verbose_name=_("家庭"),
    )
    period = models.CharField(_("享受期间"), max_length=40)
    on = models.DateField(_("事由日期"))
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices)
    # What people said, by input of the policy, as JSON.
    said = EncryptedTextField(_("申请人填写的情况"), blank=True, default="")
    consents_to_decide = models.BooleanField(_("授权核对"), default=False)
    shares_with_unit = models.BooleanField(_("同意本单位工会查看病情"), default=False)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="applications", verbose_name=_("核定")
    )
    applied_on = models.DateField(_("申请日期"), default=clock.today)
    notice_until = models.DateField(_("公示止"), null=True)
    settled_on = models.DateField(_("办结日期"), null=True)
    appeal_until = models.DateField(_("复议期限"), null=True)

    class Meta:
        verbose_name = _("待遇申请")
        verbose_name_plural = _("待遇申请")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "period", "person"],
                condition=~Q(state__in=CLOSED_STATES) & Q(household=None),
                name="benefit_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["scheme", "period", "household"],
                condition=~Q(state__in=CLOSED_STATES) & Q(household__isnull=False),
                name="benefit_once_per_household",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="benefit_state_known"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        State.ASKED,
                        State.RETURNED,
                        State.CHECKED,
                        State.WITHDRAWN,
                    ]
                )
                | Q(decision__isnull=False),
                name="benefit_assessed_has_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ON_NOTICE) | Q(notice_until__isnull=False),
                name="benefit_notice_has_window",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.GRANTED, State.DECLINED])
                | Q(settled_on__isnull=False, appeal_until__isnull=False),
                name="benefit_settled_has_days",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="benefit_state_due"),
            models.Index(fields=["scheme", "state"], name="benefit_scheme_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Not Django's own, which translates and hashes every choice at each call."""
        return str(State(self.state).label)

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED_STATES


class Grant(models.Model):
    """救助: what an application was granted. Payments pay it out, in instalments if need be.

    Personal data: that somebody receives aid, how much, and whom it is paid to. Kept as long as the application.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("救助编号"), max_length=30, unique=True, editable=False)
    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("承办工会"))
    application = models.ForeignKey(
        BenefitApplication, models.PROTECT, related_name="grants", verbose_name=_("待遇申请")
    )
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="grants", verbose_name=_("核定"))
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="grants", verbose_name=_("待遇项目"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="grants", verbose_name=_("受益人"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="grants", verbose_name=_("家庭")
    )
    payee = models.ForeignKey(
        Person, models.PROTECT, related_name="grants_received", verbose_name=_("领款人")
    )
    amount = MoneyField(_("金额"))
    fund = models.CharField(_("资金来源"), max_length=20, choices=FundSource.choices)
    granted_on = models.DateField(_("批准日期"), default=clock.today)
    # Set when a payment takes it up: from then on it is changed by payments alone.
    committed_at = models.DateTimeField(_("转入发放"), null=True)
    voided_on = models.DateField(_("作废日期"), null=True)

    class Meta:
        verbose_name = _("救助")
        verbose_name_plural = _("救助")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(voided_on=None), name="grant_one_in_force"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_is_something"),
        ]
        indexes = [
            models.Index(fields=["person", "granted_on"], name="grant_person_day"),
            models.Index(fields=["scheme", "granted_on"], name="grant_scheme_day"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"


class Override(models.Model):
    """放开上限: a cap "in principle" lifted for one case, asked for by one and signed by another.

    Personal data: the reason, sealed. Kept as long as the application.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        BenefitApplication, models.PROTECT, related_name="overrides", verbose_name=_("待遇申请")
    )
    step = models.CharField(_("上限"), max_length=60)
    reason = EncryptedTextField(_("理由"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    asked_on = models.DateField(_("提出日期"), default=clock.today)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("批准人")
    )
    answered_on = models.DateField(_("答复日期"), null=True)
    is_approved = models.BooleanField(_("同意放开"), null=True)

    class Meta:
        verbose_name = _("放开上限")
        verbose_name_plural = _("放开上限")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_on=None), name="override_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application.number} {self.step}"


class Appeal(models.Model):
    """复议: the applicant does not agree with a decision. Once per application.

    Personal data: what the applicant says, sealed. Kept as long as the application.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.OneToOneField(
        BenefitApplication, models.PROTECT, related_name="appeal", verbose_name=_("待遇申请")
    )
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals", verbose_name=_("原核定"))
    grounds = EncryptedTextField(_("复议理由"))
    filed_on = models.DateField(_("提出日期"), default=clock.today)
    outcome = models.CharField(_("复议结果"), max_length=10, choices=Outcome.choices, blank=True)
    answer = EncryptedTextField(_("复议答复"), blank=True, default="")
    answered_on = models.DateField(_("答复日期"), null=True)

    class Meta:
        verbose_name = _("复议")
        verbose_name_plural = _("复议")

    def __str__(self) -> str:
        return self.application.number


class BenefitPaper(Paper):
    """申请材料: one paper of an application. Medical papers are opened only to health duties and the family itself."""

    CASE = "application"

    application = models.ForeignKey(
        BenefitApplication, models.PROTECT, related_name="papers", verbose_name=_("待遇申请")
    )
    kind = models.CharField(_("类别"), max_length=20, choices=PaperKind.choices)

    class Meta(Paper.Meta):
        verbose_name = _("申请材料")
        verbose_name_plural = _("申请材料")
        constraints = [papers.once("application", "benefit_paper_once")]

    def __str__(self) -> str:
        return f"{self.application.number} {self.get_kind_display()}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        return str(PaperKind(self.kind).label)
