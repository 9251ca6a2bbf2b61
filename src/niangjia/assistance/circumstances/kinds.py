"""The lists of the official form: health, work, housing, insurance, and who told."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Teller(TextChoices):
    """By whom a statement of circumstances came."""

    FAMILY = "family", _("本人填写")
    CLERK = "clerk", _("工会录入")


class Health(TextChoices):
    GOOD = "good", _("健康")
    WEAK = "weak", _("一般或体弱")
    CHRONIC = "chronic", _("慢性病")
    CANCER = "cancer", _("癌症")
    HEART = "heart", _("心脑血管疾病")
    KIDNEY = "kidney", _("尿毒症")
    LEUKAEMIA = "leukaemia", _("白血病")
    MENTAL = "mental", _("精神疾病")
    OCCUPATIONAL = "occupational", _("职业病")
    INJURY = "injury", _("工伤")
    OTHER = "other_illness", _("其他重病")


class Disability(TextChoices):
    NONE = "none", _("无残疾")
    SIGHT = "sight", _("视力残疾")
    HEARING = "hearing", _("听力残疾")
    SPEECH = "speech", _("言语残疾")
    LIMBS = "limbs", _("肢体残疾")
    INTELLECT = "intellect", _("智力残疾")
    MIND = "mind", _("精神残疾")
    MULTIPLE = "multiple", _("多重残疾")


class DisabilityLevel(TextChoices):
    FIRST = "1", _("一级")
    SECOND = "2", _("二级")
    THIRD = "3", _("三级")
    FOURTH = "4", _("四级")


class WorkState(TextChoices):
    AT_WORK = "at_work", _("在岗")
    WAITING = "waiting", _("下岗或待岗")
    JOBLESS = "jobless", _("失业或无业")
    RETIRED = "retired", _("退休")
    SICK_LEAVE = "sick_leave", _("病休")
    EARLY_RETIRED = "early_retired", _("内退")
    MIGRANT = "migrant", _("农民工")


class ModelWorker(TextChoices):
    NONE = "none", _("不是劳模")
    NATIONAL = "national", _("全国劳模")
    PROVINCE = "province", _("省部级劳模")
    CITY = "city", _("市级劳模")


class Tenure(TextChoices):
    """住房类型."""

    UNIT_RENTED = "unit_rented", _("承租单位公房")
    PUBLIC_RENTED = "public_rented", _("政府廉租房")
    BOUGHT = "bought", _("自购房")
    NONE = "none", _("无房")
    RENTED = "rented", _("租房")
    SELF_BUILT = "self_built", _("自建房")
    OTHER = "other", _("其他住房")


class Area(TextChoices):
    UNDER_20 = "20", _("20 平方米以下")
    UNDER_50 = "50", _("20—50 平方米")
    UNDER_70 = "70", _("50—70 平方米")
    OVER_70 = "over", _("70 平方米以上")


class UnitState(TextChoices):
    """企业状况."""

    NORMAL = "normal", _("正常经营")
    LOSS = "loss", _("亏损")
    HALF_STOPPED = "half_stopped", _("半停产")
    STOPPED = "stopped", _("停产")
    CLOSED = "closed", _("关闭破产")
    NONE = "none", _("没有单位")


class Insurance(TextChoices):
    """医保状况."""

    EMPLOYEE = "employee", _("职工医保")
    RESIDENT = "resident", _("居民医保")
    NONE = "none", _("没有医保")


class SelfHelp(TextChoices):
    """自救能力."""

    ABLE = "able", _("有自救能力")
    PARTLY = "partly", _("有一定自救能力")
    UNABLE = "unable", _("无自救能力")


class Kin(TextChoices):
    SPOUSE = "spouse", _("配偶")
    CHILD = "child", _("子女")
    PARENT = "parent", _("父母")
    SIBLING = "sibling", _("兄弟姐妹")
    GRANDCHILD = "grandchild", _("孙子女")
    OTHER = "other", _("其他亲属")


class Identity(TextChoices):
    """身份 of a member of the family."""

    AT_WORK = "at_work", _("在业")
    JOBLESS = "jobless", _("无业")
    RETIRED = "retired", _("退休")
    STUDENT = "student", _("在校学生")
    PRESCHOOL = "preschool", _("学龄前")
    UNABLE = "unable", _("丧失劳动能力")
    OTHER = "other", _("其他身份")
