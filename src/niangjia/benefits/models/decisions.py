"""核定: what a policy said of one case, with everything needed to say it again."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.kinds import DecisionStatus
from niangjia.benefits.models.schemes import Scheme
from niangjia.kernel import clock
from niangjia.kernel.fields import EncryptedTextField, SealedModel
from niangjia.kernel.money import MoneyField
from niangjia.membership.models import Household, Person
from niangjia.organisation.models import UnionBody


class PolicyText(models.Model):
    """政策文本: a policy file as it was when a decision needed it. No personal data."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    name = models.CharField(_("文件"), max_length=120)
    text = models.TextField(_("内容"))
    kept_at = models.DateTimeField(_("存入时间"), default=clock.now)

    class Meta:
        verbose_name = _("政策文本")
        verbose_name_plural = _("政策文本")

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:8]}"


class PolicyEdition(models.Model):
    """政策版本: the texts that speak together, a policy with all it inherits and uses. No personal data.

    `sha256` is over the names and digests of all texts.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    policy = models.CharField(_("政策"), max_length=80)
    version = models.CharField(_("版本"), max_length=40)
    texts = models.ManyToManyField(PolicyText, related_name="editions", verbose_name=_("文本"))
    kept_at = models.DateTimeField(_("存入时间"), default=clock.now)

    class Meta:
        verbose_name = _("政策版本")
        verbose_name_plural = _("政策版本")
        indexes = [models.Index(fields=["policy"], name="edition_policy")]

    def __str__(self) -> str:
        return f"{self.policy} {self.version} {self.sha256[:8]}"


class Decision(SealedModel):
    """核定: facts, policy and outcome of one case on one day; written once.

    Personal data: the facts it rests on; sensitive ones are sealed. Basis: the application; kept ten years.
    """

    unit = models.ForeignKey(UnionBody, models.PROTECT, related_name="+", verbose_name=_("承办工会"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="decisions", verbose_name=_("人员")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="decisions", verbose_name=_("家庭")
    )
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, null=True, related_name="decisions", verbose_name=_("待遇项目")
    )
    edition = models.ForeignKey(
        PolicyEdition, models.PROTECT, related_name="decisions", verbose_name=_("政策版本")
    )
    policy = models.CharField(_("政策"), max_length=80)
    version = models.CharField(_("版本"), max_length=40)
    engine_version = models.CharField(_("引擎版本"), max_length=20)
    # The day of the event, which chooses the rule; not the day of the decision.
    on = models.DateField(_("事由日期"))
    parameters = models.JSONField(_("参数"), default=dict)
    order = models.CharField(_("层次顺序"), max_length=60, blank=True)
    # Caps "in principle" that were lifted in this case, each with its reason, as JSON.
    sealed_lifted = EncryptedTextField(_("放开的上限"), blank=True, default="")
    # Of the compiled program: texts, day, parameters, order, lifted caps.
    digest = models.CharField(max_length=64, editable=False)
    status = models.CharField(_("结论"), max_length=10, choices=DecisionStatus.choices)
    reason = models.CharField(_("不符合的条件"), max_length=60, blank=True)
    missing = models.JSONField(_("缺少的资料"), default=list)
    # Exact numbers as text.
    outputs = models.JSONField(_("结果"), default=dict)
    # Which output the amount is; empty: the policy's principal one.
    output = models.CharField(_("金额取自"), max_length=60, blank=True)
    amount = MoneyField(_("金额"), null=True)
    # Input → {value, source, as_of, known_at}; the sealed ones are the same, as JSON.
    facts = models.JSONField(_("事实"), default=dict)
    sealed_facts = EncryptedTextField(_("敏感事实"), blank=True, default="")
    made_at = models.DateTimeField(_("核定时间"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("核定人")
    )

    class Meta:
        verbose_name = _("核定")
        verbose_name_plural = _("核定")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(household__isnull=False),
                name="decision_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DecisionStatus.values), name="decision_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=DecisionStatus.DECIDED) | Q(amount=None),
                name="decision_amount_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.on} {self.get_status_display()}"

    @property
    def lifted(self) -> dict[str, str]:
        return dict(json.loads(self.sealed_lifted)) if self.sealed_lifted else {}

    @property
    def is_decided(self) -> bool:
        return self.status == DecisionStatus.DECIDED

    @property
    def is_excluded(self) -> bool:
        return self.status == DecisionStatus.EXCLUDED
