"""What a worker agrees to, beside publicity (notices): an applicant by ticks on the form, a guardian on paper."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.assistance.models import HardshipFile
from niangjia.kernel.access import Actor
from niangjia.membership.consents import actions
from niangjia.membership.consents.purposes import Purpose
from niangjia.notices.consents import PUBLICITY

ECONOMIC_CHECK = Purpose(
    "economic-check",
    _("核对家庭经济状况"),
    _(
        "申请困难帮扶要核实家庭收入和财产。工会凭您的授权请民政核对机构查询，结果只用来认定是否困难，不作他用。"
        "您可以随时撤回：撤回后不再查询，已查的结果留在档案里备查。"
    ),
)
HEALTH_SHARING = Purpose(
    "health-sharing",
    _("本单位工会查看病情材料"),
    _(
        "病情材料平时只给帮扶中心看。同意后，您单位的工会也能看，便于就近照应。不同意也可以申请；随时可以撤回。"
    ),
)
SCHOOL_CONTACT = Purpose(
    "school-contact",
    _("与学校联系孩子复学"),
    _(
        "孩子离校后，工会的劝学小分队要和学校说孩子的情况，安排复学和回访。只说帮孩子回校需要的，不作他用。"
        "您可以随时撤回：撤回后工会不再和学校联系。"
    ),
)
HOSPITAL_ROSTER = Purpose(
    "hospital-roster",
    _("让医院认出困难职工家庭"),
    _(
        "在册的最困难职工和家属看病时，医院凭名单减免诊查、床位等费用，不用再开证明。同意后，帮扶中心把您的姓名、"
        "证件号码、困难类别和有效期发给当地减免医院，不发病情和收入；发给过哪家、什么时候发的，在“我的授权”里看得到。"
        "不同意不影响帮扶。您可以随时撤回：撤回后下一次名单不再有您，到医院要自己出示证明。"
    ),
)

# The ticks of the application form, which the file keeps as they were signed.
TICKS = {
    "consents_to_check": ECONOMIC_CHECK,
    "consents_to_notice": PUBLICITY,
    "shares_health_with_unit": HEALTH_SHARING,
}


def keep(file: HardshipFile, *, actor: Actor) -> None:
    """As the application says now, by the worker themselves or from the paper they signed."""
    ticks: dict[Purpose, Any] = {purpose: getattr(file, name) for name, purpose in TICKS.items()}
    actions.settle(file.person, ticks, actor=actor)
