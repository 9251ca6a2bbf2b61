"""The fixed lists of the field: levels, kinds of union, employer and evidence, and the industry classes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegionLevel(TextChoices):
    NATION = "nation", _("国家")
    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("乡级")


class UnionLevel(TextChoices):
    NATION = "nation", _("全国")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("区县级")
    TOWN = "town", _("乡镇街道级")
    GRASSROOTS = "grassroots", _("基层")


class UnionKind(TextChoices):
    NATIONAL_FEDERATION = "national_federation", _("全国总工会")
    PROVINCIAL_FEDERATION = "provincial_federation", _("省级总工会")
    CITY_FEDERATION = "city_federation", _("市总工会")
    COUNTY_FEDERATION = "county_federation", _("区县总工会")
    TOWN_FEDERATION = "town_federation", _("乡镇街道总工会")
    INDUSTRY_UNION = "industry_union", _("产业工会")
    PARK_UNION = "park_union", _("园区工会")
    COMMUNITY_UNION = "community_union", _("村社区工会")
    GRASSROOTS_UNION = "grassroots_union", _("单独基层工会")
    JOINT_UNION = "joint_union", _("联合基层工会")
    MARKET_UNION = "market_union", _("市场工会")
    SHOPPING_STREET_UNION = "shopping_street_union", _("一条街工会")
    COMPOUND_UNION = "compound_union", _("楼区工会")
    PROJECT_UNION = "project_union", _("项目工会")
    SECTOR_UNION = "sector_union", _("行业工会")
    BUILDING_UNION = "building_union", _("楼宇工会")
    SECTOR_FEDERATION = "sector_federation", _("行业工会联合会")
    AREA_FEDERATION = "area_federation", _("区域工会联合会")
    BRANCH_UNION = "branch_union", _("分工会")


class EmployerKind(TextChoices):
    """The unit type codes of the union's statistical form."""

    STATE_OWNED = "110", _("国有企业")
    COLLECTIVE = "120", _("集体企业")
    SHARE_COOPERATIVE = "130", _("股份合作企业")
    JOINT_OPERATION = "140", _("联营企业")
    STATE_SOLE_FUNDED = "151", _("国有独资公司")
    LIMITED_LIABILITY = "159", _("其他有限责任公司")
    STATE_CONTROLLED = "161", _("国有控股股份有限公司")
    SHARE_LIMITED = "169", _("其他股份有限公司")
    PRIVATE = "170", _("私营企业")
    OTHER_DOMESTIC = "190", _("其他内资企业")
    HONG_KONG_MACAO_TAIWAN = "200", _("港澳台商投资企业")
    FOREIGN = "300", _("外商投资企业")
    PUBLIC_INSTITUTION = "400", _("事业单位")
    GOVERNMENT_ORGAN = "500", _("机关")
    SELF_EMPLOYED = "600", _("个体经济组织")
    PRIVATE_NON_ENTERPRISE = "700", _("民办非企业单位")

    @classmethod
    def private(cls) -> tuple[str, ...]:
        """非公企业."""
        return (
            cls.LIMITED_LIABILITY,
            cls.SHARE_LIMITED,
            cls.PRIVATE,
            cls.HONG_KONG_MACAO_TAIWAN,
            cls.FOREIGN,
            cls.SELF_EMPLOYED,
        )


class Industry(TextChoices):
    """The sections of GB/T 4754-2017; the statistical form numbers them 01 to 20 in the same order."""

    AGRICULTURE = "A", _("农、林、牧、渔业")
    MINING = "B", _("采矿业")
    MANUFACTURING = "C", _("制造业")
    ENERGY_AND_WATER = "D", _("电力、热力、燃气及水生产和供应业")
    CONSTRUCTION = "E", _("建筑业")
    TRADE = "F", _("批发和零售业")
    TRANSPORT_AND_POST = "G", _("交通运输、仓储和邮政业")
    ACCOMMODATION_AND_CATERING = "H", _("住宿和餐饮业")
    INFORMATION_TECHNOLOGY = "I", _("信息传输、软件和信息技术服务业")
    FINANCE = "J", _("金融业")
    REAL_ESTATE = "K", _("房地产业")
    LEASING_AND_BUSINESS = "L", _("租赁和商务服务业")
    SCIENCE_AND_TECHNOLOGY = "M", _("科学研究和技术服务业")
    PUBLIC_FACILITIES = "N", _("水利、环境和公共设施管理业")
    RESIDENTS_SERVICES = "O", _("居民服务、修理和其他服务业")
    EDUCATION = "P", _("教育")
    HEALTH_AND_SOCIAL_WORK = "Q", _("卫生和社会工作")
    CULTURE_AND_SPORT = "R", _("文化、体育和娱乐业")
    PUBLIC_ADMINISTRATION = "S", _("公共管理、社会保障和社会组织")
    INTERNATIONAL = "T", _("国际组织")


class Evidence(TextChoices):
    """How well a parameter's value is founded."""

    LAW = "law", _("法律法规")
    DOCUMENT = "document", _("工会或财政文件")
    PRACTICE = "practice", _("各地做法")
    GENERAL = "general", _("通行常识，待核实")
    DECISION = "decision", _("本级决定")


class CommitteeKind(TextChoices):
    UNION_COMMITTEE = "union_committee", _("工会委员会")
    AUDIT_COMMITTEE = "audit_committee", _("经费审查委员会")
    WOMEN_COMMITTEE = "women_committee", _("女职工委员会")
    MEDIATION = "mediation", _("劳动争议调解委员会")
    PROTECTION = "protection", _("劳动保护监督检查委员会")
    BARGAINING = "bargaining", _("集体协商领导小组")
    MEMBER_CONGRESS = "member_congress", _("会员代表大会")
    STAFF_CONGRESS = "staff_congress", _("职工代表大会")
    UNION_GROUP = "union_group", _("工会小组")

    @classmethod
    def congresses(cls) -> tuple[str, ...]:
        return (cls.MEMBER_CONGRESS, cls.STAFF_CONGRESS)


class OfficerRole(TextChoices):
    CHAIR = "chair", _("主席")
    VICE_CHAIR = "vice_chair", _("副主席")
    STANDING_MEMBER = "standing_member", _("常务委员")
    MEMBER = "member", _("委员")
    DIRECTOR = "director", _("主任")
    DEPUTY_DIRECTOR = "deputy_director", _("副主任")
    GROUP_LEADER = "group_leader", _("组长")
    ORGANISER = "organiser", _("组织员")

    @classmethod
    def heads(cls) -> tuple[str, ...]:
        """Of whom a body has one."""
        return (cls.CHAIR, cls.DIRECTOR, cls.GROUP_LEADER)


class SeatRoute(TextChoices):
    ELECTED = "elected", _("选举")
    APPOINTED = "appointed", _("任命")
    CO_OPTED = "co_opted", _("增补")


class SeatEnd(TextChoices):
    TERM = "term", _("届满")
    RESIGNED = "resigned", _("辞职")
    TRANSFERRED = "transferred", _("调离")
    RETIRED = "retired", _("退休")
    REMOVED = "removed", _("罢免")
    DECEASED = "deceased", _("去世")
    CONTRACT = "contract", _("合同到期")
    OTHER = "other", _("其他")


class TeamKind(TextChoices):
    SPECIALISTS = "specialists", _("专业指导员队伍")
    PROFESSIONALS = "professionals", _("职业化工会工作者队伍")
    SOCIAL_WORKERS = "social_workers", _("社会化工会工作者队伍")


class Specialty(TextChoices):
    FINANCE_AND_AUDIT = "finance_and_audit", _("财务经审")
    LAW_SUPERVISION = "law_supervision", _("劳动法律监督")
    PARTY_AND_UNION = "party_and_union", _("党工共建指导")
    WAGE_BARGAINING = "wage_bargaining", _("工资集体协商指导")
    ASSISTANCE = "assistance", _("帮扶")
    GENERAL = "general", _("综合")


class EngagementBasis(TextChoices):
    CONTRACT = "contract", _("合同聘用")
    WELFARE_POST = "welfare_post", _("公益性岗位")
    PART_TIME = "part_time", _("兼职聘任")


class PointKind(TextChoices):
    SERVICE_CENTRE = "service_centre", _("职工服务中心")
    AID_CENTRE = "aid_centre", _("困难职工帮扶中心")
    SERVICE_STATION = "service_station", _("职工服务站")
    REST_STATION = "rest_station", _("户外劳动者驿站")
    GRID_MAIN_STATION = "grid_main_station", _("网格工作总站")
    GRID_STATION = "grid_station", _("网格工作站")
    LEGAL_AID_STATION = "legal_aid_station", _("职工法律援助站")
    READING_ROOM = "reading_room", _("职工书屋")

    @classmethod
    def of_the_grid(cls) -> tuple[str, ...]:
        return (cls.GRID_MAIN_STATION, cls.GRID_STATION)


class Facility(TextChoices):
    WATER = "water", _("饮水")
    MEAL_HEATING = "meal_heating", _("热饭")
    TOILET = "toilet", _("卫生间")
    SEATS = "seats", _("休息座椅")
    AIR_CONDITIONING = "air_conditioning", _("空调")
    CHARGING = "charging", _("手机充电")
    BATTERY_SWAP = "battery_swap", _("电动车充换电")
    FIRST_AID = "first_aid", _("急救药箱")
    DEFIBRILLATOR = "defibrillator", _("自动体外除颤器")
    NURSING_ROOM = "nursing_room", _("母婴室")
    CHILD_CARE = "child_care", _("爱心托管")
    BOOKS = "books", _("图书")
    WIFI = "wifi", _("无线网络")
    LEGAL_ADVICE = "legal_advice", _("法律咨询")
    COUNSELLING = "counselling", _("心理咨询")
    SERVICE_WINDOW = "service_window", _("服务窗口")
    STEP_FREE = "step_free", _("无障碍通行")


class GridRole(TextChoices):
    HEAD = "head", _("网格长")
    WORKER = "worker", _("网格员")
