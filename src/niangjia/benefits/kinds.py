"""The fixed lists of benefits: where a scheme and an application stand, for whom, from which money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SchemeState(TextChoices):
    DRAFT = "scheme_draft", _("待开办")
    OPEN = "scheme_open", _("开办中")
    CLOSED = "scheme_closed", _("已停办")


class State(TextChoices):
    """Where an application stands."""

    ASKED = "asked", _("待受理")
    RETURNED = "returned", _("待补正")
    CHECKED = "taken_in", _("待核定")
    ASSESSED = "assessed", _("待复核")
    LIFT_ASKED = "lift_asked", _("待批放开上限")
    ON_NOTICE = "on_notice", _("公示中")
    GRANTED = "granted", _("已批准")
    DECLINED = "declined", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    APPEALED = "appealed", _("复议中")
    AMOUNT_APPEALED = "amount_appealed", _("金额复议中")
    REFUSAL_STANDS = "refusal_stands", _("复议维持不予")


# These neither stop a new application for the same period nor count as aid.
CLOSED_STATES = (State.DECLINED, State.WITHDRAWN, State.REFUSAL_STANDS)
OPEN_TO_PAPERS = (State.ASKED, State.RETURNED, State.CHECKED)
# Money was granted, and stands.
AIDED = (State.GRANTED, State.AMOUNT_APPEALED)


class Origin(TextChoices):
    WORKER = "worker", _("职工自己申请")
    PAPER = "paper", _("工会代录纸质申请")
    PROPOSAL = "proposal", _("系统找到，本人确认")


class Outcome(TextChoices):
    """How an appeal ended."""

    STANDS = "stands", _("维持原核定")
    AGAIN = "again", _("重新核定")


class Basis(TextChoices):
    """Whom a scheme is assessed on."""

    PERSON = "person", _("职工本人")
    HOUSEHOLD = "household", _("家庭")
    CHILD = "child", _("子女")
    CLAIM = "claim", _("一次费用")
    # Rules that hardship files are decided by: nobody applies for them, and nothing is paid.
    FILE = "file", _("困难职工档案")


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


class Publicity(TextChoices):
    """Which notice a scheme demands before money is granted."""

    NONE = "", _("不公示")
    GRANT = "grant", _("公示名单")
    GRANT_AMOUNT = "grant_amount", _("公示名单和金额")


class DecisionStatus(TextChoices):
    DECIDED = "decided", _("符合")
    EXCLUDED = "excluded", _("不符合")
    INCOMPLETE = "incomplete", _("资料不足")


class Finding(TextChoices):
    """What the register says of somebody who has not applied."""

    ENTITLED = "entitled", _("可享受")
    NEARLY = "nearly", _("只差一项")
    LAPSED = "lapsed", _("不再符合")


class PaperKind(TextChoices):
    IDENTITY = "identity", _("身份证件")
    MEDICAL = "medical", _("病历与医疗费票据")
    SCHOOL = "school", _("录取或在学证明")
    CERTIFICATE = "certificate", _("技能证书")
    CONTRACT = "contract", _("劳动合同")
    INCOME = "income", _("收入证明")
    BANK = "bank", _("本人银行卡")
    OTHER = "other", _("其他材料")
