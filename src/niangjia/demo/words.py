"""The words that places, employers and people of the demo city are put together from. All of them are invented."""

from niangjia.organisation.kinds import EmployerKind, Industry

PROVINCE = "云泽省"
CITY = "南湖市"
DISTRICTS = {
    "东桥区": ("柳塘街道", "枫林街道", "青石桥街道", "月湾街道", "竹影街道"),
    "西岭区": ("石泉街道", "松语街道", "云坪街道", "杏雨街道", "麦浪街道"),
    "望川区": ("渡口街道", "白鹭街道", "芦花街道", "新渠街道", "晚亭街道"),
    "禾溪县": ("禾溪镇", "稻香镇", "听泉镇", "茶烟镇", "溪口乡"),
}

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
FIRST_SYLLABLES = "知晓听若清远望疏云雨禾月舟素言书景怀星初以子承念思沐映竹松暮晨秋岚溪"
SECOND_SYLLABLES = "禾舟萍川秋然桐溪谷澜宁微野渔墨棠屿笙歌朗遥帆枝蘅砚衡樵晴安年辰吟霖原"
STREET_NAMES = (
    "青禾路",
    "晚亭巷",
    "望月街",
    "听雨路",
    "石榴巷",
    "新渠路",
    "桂子街",
    "长堤路",
    "灯笼巷",
    "稻花路",
)

PREFIXES = (
    "晨露", "远帆", "明溪", "禾风", "青藤", "云舟", "和顺", "暖阳", "长河湾", "听松",
    "映山", "星桥", "知秋", "朴石", "春晖", "锦葵", "白桦", "素笺", "北斗坪", "雁来",
    "棠梨", "金穗", "澄湖", "百草园", "木棉里", "鹿鸣", "乐耕", "半山", "渔歌", "千灯里",
    "晴川里", "小满", "谷雨", "霜降", "立夏", "芒种", "清和", "惠风", "同心里", "守拙",
    "怀远里", "扬帆坞", "望岳坪", "归燕", "梧桐坞", "满庭", "拾光", "小站里", "望潮坪", "榆钱",
)  # fmt: skip

# Trade, industry, kind, and between how many people work there.
TRADES = (
    ("纺织厂", Industry.MANUFACTURING, EmployerKind.COLLECTIVE, (60, 320)),
    ("服装有限公司", Industry.MANUFACTURING, EmployerKind.LIMITED_LIABILITY, (30, 260)),
    ("机械有限公司", Industry.MANUFACTURING, EmployerKind.LIMITED_LIABILITY, (40, 400)),
    ("食品有限公司", Industry.MANUFACTURING, EmployerKind.PRIVATE, (25, 180)),
    ("电子有限公司", Industry.MANUFACTURING, EmployerKind.FOREIGN, (80, 600)),
    ("家具厂", Industry.MANUFACTURING, EmployerKind.PRIVATE, (12, 90)),
    ("陶瓷厂", Industry.MANUFACTURING, EmployerKind.SHARE_COOPERATIVE, (30, 160)),
    ("农产品合作社", Industry.AGRICULTURE, EmployerKind.OTHER_DOMESTIC, (8, 60)),
    ("采石场", Industry.MINING, EmployerKind.PRIVATE, (20, 80)),
    ("供水有限公司", Industry.ENERGY_AND_WATER, EmployerKind.STATE_SOLE_FUNDED, (60, 240)),
    ("建筑劳务有限公司", Industry.CONSTRUCTION, EmployerKind.PRIVATE, (30, 350)),
    ("装饰工程部", Industry.CONSTRUCTION, EmployerKind.SELF_EMPLOYED, (3, 15)),
    ("商贸有限公司", Industry.TRADE, EmployerKind.PRIVATE, (4, 40)),
    ("超市", Industry.TRADE, EmployerKind.PRIVATE, (6, 70)),
    ("五金店", Industry.TRADE, EmployerKind.SELF_EMPLOYED, (2, 8)),
    ("物流有限公司", Industry.TRANSPORT_AND_POST, EmployerKind.PRIVATE, (15, 200)),
    ("快递服务站", Industry.TRANSPORT_AND_POST, EmployerKind.PRIVATE, (5, 45)),
    ("公交有限公司", Industry.TRANSPORT_AND_POST, EmployerKind.STATE_OWNED, (120, 500)),
    ("面馆", Industry.ACCOMMODATION_AND_CATERING, EmployerKind.SELF_EMPLOYED, (3, 12)),
    ("酒店管理有限公司", Industry.ACCOMMODATION_AND_CATERING, EmployerKind.HONG_KONG_MACAO_TAIWAN, (30, 140)),
    ("软件有限公司", Industry.INFORMATION_TECHNOLOGY, EmployerKind.SHARE_LIMITED, (10, 160)),
    ("物业服务有限公司", Industry.REAL_ESTATE, EmployerKind.PRIVATE, (15, 180)),
    ("人力资源有限公司", Industry.LEASING_AND_BUSINESS, EmployerKind.PRIVATE, (8, 60)),
    ("检测有限公司", Industry.SCIENCE_AND_TECHNOLOGY, EmployerKind.PRIVATE, (10, 50)),
    ("环卫服务有限公司", Industry.PUBLIC_FACILITIES, EmployerKind.STATE_CONTROLLED, (60, 380)),
    ("家政服务部", Industry.RESIDENTS_SERVICES, EmployerKind.SELF_EMPLOYED, (4, 30)),
    ("汽车修理厂", Industry.RESIDENTS_SERVICES, EmployerKind.PRIVATE, (6, 40)),
    ("幼儿园", Industry.EDUCATION, EmployerKind.PRIVATE_NON_ENTERPRISE, (12, 45)),
    ("实验小学", Industry.EDUCATION, EmployerKind.PUBLIC_INSTITUTION, (40, 120)),
    ("社区医院", Industry.HEALTH_AND_SOCIAL_WORK, EmployerKind.PUBLIC_INSTITUTION, (30, 160)),
    ("养老服务中心", Industry.HEALTH_AND_SOCIAL_WORK, EmployerKind.PRIVATE_NON_ENTERPRISE, (15, 80)),
    ("印刷厂", Industry.CULTURE_AND_SPORT, EmployerKind.JOINT_OPERATION, (15, 90)),
    ("文化馆", Industry.CULTURE_AND_SPORT, EmployerKind.PUBLIC_INSTITUTION, (10, 40)),
    ("便民服务中心", Industry.PUBLIC_ADMINISTRATION, EmployerKind.GOVERNMENT_ORGAN, (12, 60)),
)
