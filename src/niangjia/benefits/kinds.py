"""The fixed lists of benefits: where a scheme and an application stand, for whom, from which money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SchemeState(TextChoices):
    DRAFT = "scheme_draft", _("待开办")
    OPEN = "scheme_open", _("开办中")
    CLOSED = "scheme_closed", _("已停办")


class Basis(TextChoices):
    """Whom a scheme is assessed on."""

    PERSON = "person", _("职工本人")
    HOUSEHOLD = "household", _("家庭")
    CHILD = "child", _("子女")
    CLAIM = "claim", _("一次费用")


class PeriodRule(TextChoices):
    ONCE = "once", _("只享受一次")
    YEARLY = "yearly", _("每年一次")
    EVENT = "event", _("每次事由")
    SEASON = "season", _("每季活动一次")


class FundSource(TextChoices):
    CENTRAL = "central", _("中央财政")
    PROVINCIAL = "provincial", _("省级财政")
    CITY = "city", _("市级财政")
    COUNTY = "county", _("县级财政")
    OWN = "own", _("本级工会经费")
    SUPERIOR = "superior", _("上级工会补助")
    DONATION = "donation", _("社会捐赠")
    MUTUAL_AID = "mutual_aid", _("互助金")


class NoticeKind(TextChoices):
    """Which notice a scheme demands before money is granted."""

    NONE = "", _("不公示")
    GRANT = "grant", _("公示名单")
    GRANT_AMOUNT = "grant_amount", _("公示名单和金额")


class DecisionStatus(TextChoices):
    DECIDED = "decided", _("符合")
    EXCLUDED = "excluded", _("不符合")
    INCOMPLETE = "incomplete", _("资料不足")


class PaperKind(TextChoices):
    IDENTITY = "identity", _("身份证件")
    MEDICAL = "medical", _("病历与医疗费票据")
    SCHOOL = "school", _("录取或在学证明")
    CERTIFICATE = "certificate", _("技能证书")
    CONTRACT = "contract", _("劳动合同")
    INCOME = "income", _("收入证明")
    BANK = "bank", _("本人银行卡")
    OTHER = "other", _("其他材料")
