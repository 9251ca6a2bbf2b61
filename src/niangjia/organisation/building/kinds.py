"""The fixed lists of union building: where a case stands, where it came from, who gives, what is elected."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from niangjia.organisation.kinds import CommitteeKind, OfficerRole, UnionKind


class State(TextChoices):
    LEAD = "lead", _("待走访")
    MET = "met", _("待核实")
    URGED = "urged", _("已发意见书")
    VERIFIED = "verified", _("待批筹备")
    PREPARING = "preparing", _("筹备中")
    ELECTED = "elected", _("待批复")
    CONTESTED = "contested", _("异议处理中")
    RATIFIED = "ratified", _("待验收")
    FOUNDED = "founded", _("已建会")
    PUT_OFF = "put_off", _("暂缓")
    GIVEN_UP = "given_up", _("已放弃")
    ABSORBED = "absorbed", _("已并入")


CLOSED_STATES = (State.FOUNDED, State.GIVEN_UP, State.ABSORBED)
# Who the employers are is settled once the preparation group stands.
OPEN_TO_EMPLOYERS = (State.LEAD, State.MET, State.URGED, State.VERIFIED)
PAST_PREPARATION = (State.PREPARING, State.ELECTED, State.CONTESTED, State.RATIFIED, State.FOUNDED)
PAST_ASSEMBLY = (State.ELECTED, State.CONTESTED, State.RATIFIED, State.FOUNDED)
PAST_APPROVAL = (State.RATIFIED, State.FOUNDED)


class Source(TextChoices):
    BLANK_SPOT = "blank_spot", _("空白点名单")
    EMPLOYER = "employer", _("单位申请")
    WORKER = "worker", _("职工线索")
    JOINT = "joint", _("多家单位联合")
    VISIT = "visit", _("走访发现")


# What can be founded here; federations are founded by the organisation itself.
BUILDABLE = (
    UnionKind.GRASSROOTS_UNION,
    UnionKind.JOINT_UNION,
    UnionKind.MARKET_UNION,
    UnionKind.SHOPPING_STREET_UNION,
    UnionKind.COMPOUND_UNION,
    UnionKind.BUILDING_UNION,
    UnionKind.PROJECT_UNION,
    UnionKind.SECTOR_UNION,
    UnionKind.COMMUNITY_UNION,
)
BUILDABLE_CHOICES = [(kind.value, kind.label) for kind in BUILDABLE]
# In a compound, market or street people join who work for nobody: an employer is welcome, not needed.
WITHOUT_EMPLOYER = (
    UnionKind.MARKET_UNION,
    UnionKind.SHOPPING_STREET_UNION,
    UnionKind.COMPOUND_UNION,
    UnionKind.BUILDING_UNION,
    UnionKind.SECTOR_UNION,
    UnionKind.COMMUNITY_UNION,
)
SEVERAL_EMPLOYERS = (UnionKind.JOINT_UNION,)


class Willingness(TextChoices):
    WILLING = "willing", _("愿意建会")
    HESITANT = "hesitant", _("犹豫")
    UNWILLING = "unwilling", _("不愿意")


class GivingUp(TextChoices):
    CLOSED = "closed", _("停业、注销或迁走")
    TOO_SMALL = "too_small", _("人数太少，不具备条件")
    HAS_UNION = "has_union", _("已有工会")
    UNTRUE = "untrue", _("线索不实或找不到单位")
    UNWILLING = "unwilling", _("多次动员仍不愿意")


# 五会同建: the union itself and the four bodies beside it.
BODIES = (
    CommitteeKind.UNION_COMMITTEE,
    CommitteeKind.WOMEN_COMMITTEE,
    CommitteeKind.AUDIT_COMMITTEE,
    CommitteeKind.MEDIATION,
    CommitteeKind.PROTECTION,
)
BODY_CHOICES = [(body.value, body.label) for body in BODIES]
# Elected by the members themselves; the others are formed by the committee afterwards.
BY_ASSEMBLY = (CommitteeKind.UNION_COMMITTEE, CommitteeKind.AUDIT_COMMITTEE)
ROLE_CHOICES = [
    (role.value, role.label)
    for role in (
        OfficerRole.CHAIR,
        OfficerRole.VICE_CHAIR,
        OfficerRole.DIRECTOR,
        OfficerRole.DEPUTY_DIRECTOR,
        OfficerRole.MEMBER,
        OfficerRole.ORGANISER,
    )
]


class Side(TextChoices):
    """五个一点: the five who each give a little."""

    PROPERTY = "property", _("单位或物业办公室购一点")
    STAFF = "staff", _("组织员工献一点")
    OWNERS = "owners", _("动员业主、商户捐一点")
    STREET = "street", _("街道干部筹集一点")
    UNION_ABOVE = "union_above", _("上级工会帮助一点")


class BuildingPaperKind(TextChoices):
    LICENCE = "licence", _("营业执照")
    WISH = "wish", _("建会申请书")
    ROSTER = "roster", _("会员花名册")
    PREPARATION = "preparation", _("筹备组名单")
    MINUTES = "minutes", _("会员大会纪要")
    ELECTION = "election", _("选举结果报告")
    RULES = "rules", _("工会制度")
    PHOTO = "photo", _("挂牌和场所照片")
    SEAL = "seal", _("印章备案")
    OPINION = "opinion", _("意见书及回执")
    OTHER_PAPER = "other", _("其他材料")


# What a case at each stage usually rests on; nothing here holds a step up, the clerk and the union above see it.
PAPERS_ASKED = {
    State.VERIFIED: (BuildingPaperKind.LICENCE,),
    State.PREPARING: (BuildingPaperKind.WISH, BuildingPaperKind.PREPARATION, BuildingPaperKind.ROSTER),
    State.ELECTED: (BuildingPaperKind.MINUTES, BuildingPaperKind.ELECTION),
    State.RATIFIED: (BuildingPaperKind.RULES, BuildingPaperKind.PHOTO, BuildingPaperKind.SEAL),
}
