"""The fixed lists of membership: what a register says about people, their work, and where a case stands.

Codes are those of the national standards where there is one, so that rosters of other systems are read as they are.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    MALE = "male", _("男")
    FEMALE = "female", _("女")


class PoliticalStatus(TextChoices):
    """GB/T 4762."""

    PARTY_MEMBER = "01", _("中共党员")
    PROBATIONARY_PARTY_MEMBER = "02", _("中共预备党员")
    YOUTH_LEAGUE_MEMBER = "03", _("共青团员")
    REVOLUTIONARY_COMMITTEE = "04", _("民革党员")
    DEMOCRATIC_LEAGUE = "05", _("民盟盟员")
    NATIONAL_CONSTRUCTION = "06", _("民建会员")
    PROMOTING_DEMOCRACY = "07", _("民进会员")
    PEASANTS_AND_WORKERS = "08", _("农工党党员")
    PUBLIC_INTEREST = "09", _("致公党党员")
    JIUSAN_SOCIETY = "10", _("九三学社社员")
    TAIWAN_SELF_GOVERNMENT = "11", _("台盟盟员")
    NO_PARTY = "12", _("无党派人士")
    MASSES = "13", _("群众")


class Education(TextChoices):
    """GB/T 4658, first digit."""

    POSTGRADUATE = "10", _("研究生")
    BACHELOR = "20", _("大学本科")
    COLLEGE = "30", _("大学专科")
    VOCATIONAL_SCHOOL = "40", _("中专、技校")
    HIGH_SCHOOL = "60", _("高中")
    JUNIOR_SCHOOL = "70", _("初中")
    PRIMARY_SCHOOL = "80", _("小学")
    OTHER = "90", _("其他")


class SkillLevel(TextChoices):
    """The eight-grade system of skilled workers, and none."""

    NONE = "none", _("无等级")
    APPRENTICE = "apprentice", _("学徒工")
    JUNIOR = "5", _("初级工")
    MIDDLE = "4", _("中级工")
    SENIOR = "3", _("高级工")
    TECHNICIAN = "2", _("技师")
    SENIOR_TECHNICIAN = "1", _("高级技师")
    SPECIAL_TECHNICIAN = "special", _("特级技师")
    CHIEF_TECHNICIAN = "chief", _("首席技师")


class Residency(TextChoices):
    """户籍类型: town or country, here or elsewhere."""

    LOCAL_TOWN = "local_town", _("本地城镇")
    LOCAL_COUNTRY = "local_country", _("本地农村")
    OUTSIDE_TOWN = "outside_town", _("外地城镇")
    OUTSIDE_COUNTRY = "outside_country", _("外地农村")


class MaritalStatus(TextChoices):
    """GB/T 2261.2, first digit."""

    SINGLE = "10", _("未婚")
    MARRIED = "20", _("已婚")
    WIDOWED = "30", _("丧偶")
    DIVORCED = "40", _("离婚")
    UNSTATED = "90", _("未说明")


class Employment(TextChoices):
    """用工形式."""

    PERMANENT_STAFF = "permanent_staff", _("在编")
    CONTRACT = "contract", _("劳动合同")
    DISPATCHED = "dispatched", _("劳务派遣")
    OUTSOURCED = "outsourced", _("劳务外包")
    PART_TIME = "part_time", _("非全日制")
    FLEXIBLE = "flexible", _("灵活就业")
    OTHER = "other", _("其他")


class NewEmployment(TextChoices):
    """新就业形态: who works for a platform or a trade without a single employer; empty: none of them."""

    TRUCK_DRIVER = "truck_driver", _("货车司机")
    RIDE_HAILING_DRIVER = "ride_hailing_driver", _("网约车司机")
    COURIER = "courier", _("快递员")
    FOOD_RIDER = "food_rider", _("外卖配送员")
    DOMESTIC_WORKER = "domestic_worker", _("家政服务员")
    CARE_WORKER = "care_worker", _("护理护工")
    DESIGNATED_DRIVER = "designated_driver", _("代驾员")
    LIVE_STREAMER = "live_streamer", _("网络主播")
    OTHER = "other", _("其他")


class MemberState(TextChoices):
    ACTIVE = "active", _("在会")
    WARNED = "warned", _("催告中")
    RETENTION_ASKED = "retention_asked", _("申请保留")
    RETAINED = "retained", _("保留会籍")
    LEFT = "left", _("已离会")


class RetentionReason(TextChoices):
    RETIRED = "retired", _("退休")
    UNEMPLOYED = "unemployed", _("失业")
    EMPLOYER_CLOSED = "employer_closed", _("单位关闭破产")
    STUDY_OR_SERVICE = "study_or_service", _("脱产学习或参军")
    CARE_LEAVE = "care_leave", _("长期病休或照护家人")


class LeavingReason(TextChoices):
    RESIGNED = "resigned", _("本人退会")
    LAPSED = "lapsed", _("自动退会")
    DIED = "died", _("死亡")
    EXPELLED = "expelled", _("开除")
    TRANSFERRED = "transferred", _("转往其他工会")
    VOIDED = "voided", _("登记作废")


class ApplicationState(TextChoices):
    SUBMITTED = "submitted", _("待审批入会")
    POOLED = "pooled", _("待分配")
    RETURNED = "returned", _("待补正")
    ADMITTED = "admitted", _("已入会")
    DECLINED = "declined", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


class TransferState(TextChoices):
    REQUESTED = "requested", _("待转出")
    RELEASED = "released", _("待转入")
    RETURNED = "returned", _("待补正")
    RECEIVED = "received", _("已转入")
    REFUSED = "refused", _("未接转")
    CANCELLED = "cancelled", _("已取消")


APPLICATIONS_CLOSED = (ApplicationState.ADMITTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN)
TRANSFERS_CLOSED = (TransferState.RECEIVED, TransferState.REFUSED, TransferState.CANCELLED)
