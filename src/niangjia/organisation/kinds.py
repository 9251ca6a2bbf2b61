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
    GRASSROOTS_UNION = "grassroots_union", _("基层工会")
    JOINT_UNION = "joint_union", _("联合工会")
    MARKET_UNION = "market_union", _("市场工会")
    SHOPPING_STREET_UNION = "shopping_street_union", _("一条街工会")
    COMPOUND_UNION = "compound_union", _("楼区工会")
    PROJECT_UNION = "project_union", _("项目工会")
    SECTOR_UNION = "sector_union", _("行业工会")
    UNION_GROUP = "union_group", _("工会小组")


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
