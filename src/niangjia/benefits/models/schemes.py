"""待遇项目: what a union gives, to whom, by which policy, from which money."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.kinds import Basis, FundSource, PeriodRule, Publicity, SchemeState
from niangjia.kernel.money import MoneyField
from niangjia.kernel.workflow import WorkflowRow


class Scheme(WorkflowRow):
    """待遇项目: binds a policy to the union that runs it, over its whole subtree. No personal data."""

    number = models.CharField(_("编号"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=20, choices=SchemeState.choices, default=SchemeState.DRAFT)
    title = models.CharField(_("名称"), max_length=80)
    title_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    policy = models.CharField(_("政策"), max_length=80)
    basis = models.CharField(_("核定对象"), max_length=10, choices=Basis.choices)
    period_rule = models.CharField(_("享受次数"), max_length=10, choices=PeriodRule.choices)
    opens_on = models.DateField(_("申请开始"), null=True, blank=True)
    closes_on = models.DateField(_("申请截止"), null=True, blank=True)
    fund = models.CharField(_("资金来源"), max_length=20, choices=FundSource.choices)
    budget_amount = MoneyField(_("预算"), null=True, blank=True)
    # The step of the policy that is paid; and of its other outputs, nothing is.
    output = models.CharField(_("金额取自"), max_length=60)
    notice = models.CharField(_("公示"), max_length=20, choices=Publicity.choices, blank=True)
    # Where the policy may be read in more than one way, and what it leaves to the place: parameter → value as text.
    parameters = models.JSONField(_("参数"), default=dict, blank=True)
    order = models.CharField(_("层次顺序"), max_length=60, blank=True)
    # Input of the policy → fact of another name.
    mapping = models.JSONField(_("事实对应"), default=dict, blank=True)
    # Input → distance: whoever misses a bound by no more than this is found as nearly entitled.
    near = models.JSONField(_("接近的幅度"), default=dict, blank=True)
    papers = models.JSONField(_("所需材料"), default=list, blank=True)
    # Facts and papers of an illness: closed to whoever works beside the applicant.
    is_medical = models.BooleanField(_("涉及病情"), default=False)
    legal_source = models.TextField(_("依据"), max_length=1000)
    excludes = models.ManyToManyField("self", symmetrical=True, blank=True, verbose_name=_("不得兼得"))

    class Meta:
        verbose_name = _("待遇项目")
        verbose_name_plural = _("待遇项目")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SchemeState.values), name="scheme_state_known"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on=None) | Q(closes_on__gte=F("opens_on")),
                name="scheme_window_holds",
            ),
            models.CheckConstraint(
                condition=~Q(period_rule=PeriodRule.SEASON) | Q(opens_on__isnull=False),
                name="scheme_season_has_first_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "unit"], name="scheme_state_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Not Django's own, which translates and hashes every choice at each call."""
        return str(SchemeState(self.state).label)

    @property
    def per_household(self) -> bool:
        return self.basis == Basis.HOUSEHOLD

    @property
    def is_applied_for(self) -> bool:
        return self.basis != Basis.FILE
