"""What families tell, what visitors find and why something comes back: the texts of the demo's hardship files."""

from collections.abc import Sequence

from niangjia.assistance.kinds import Category, Cause, PaperKind

STATEMENTS = {
    Cause.ILLNESS: (
        "爱人去年查出肾病，每周透析三次，家里只剩我一份工资，药费报销后每月还要自付两千多元。",
        "我自己做了心脏手术，休息了半年没有上班，孩子还在读高中，手术欠下的钱还没还清。",
        "母亲中风后卧床，需要人照看，我只能做半天的活，收入少了一半，护理用品每月都要花钱。",
    ),
    Cause.DISABILITY: (
        "儿子从小听力残疾，每年都要做康复训练，助听器也到了该换的时候，我们夫妻都是普通工人。",
        "我三年前工伤后左手不便，只能看门，工资不高，老人的药费和房租加起来就所剩无几。",
    ),
    Cause.SCHOOLING: (
        "两个孩子同时上大学，学费生活费一年要四万多元，我和爱人都在厂里做普工，实在周转不开。",
        "女儿今年考上大学，全家都高兴，可是学费还差一截，孩子爸爸身体又不好，干不了重活。",
    ),
    Cause.UNEMPLOYMENT: (
        "厂里订单少了，我待岗八个月，只领生活费，爱人打零工，房贷每月一千八，孩子还在上小学。",
        "原来的门店关了，我快五十岁，找工作处处碰壁，家里老人吃药、孩子上学都等着用钱。",
    ),
    Cause.ACCIDENT: (
        "年初送货路上摔断了腿，对方没有能力赔，住院两个月没有收入，孩子的托费也拖欠着。",
        "去年家里起火，屋里东西都烧了，人没事，可是租房、添置都要钱，一下子缓不过来。",
    ),
    Cause.DISASTER: ("夏天连下大雨，租住的平房进水泡坏了，被褥电器都不能用，老人受凉住了院。",),
    Cause.SINGLE_PARENT: (
        "离婚后我一个人带两个孩子，在食堂做帮工，孩子小，晚上不能加班，每个月都紧巴巴的。",
        "爱人前年走了，我带着上初中的儿子过，环卫的工资刚够吃饭，孩子眼睛要做手术。",
    ),
    Cause.LOW_INCOME: (
        "我和爱人都在小店打工，两个人工资加起来四千出头，四口人吃住，老人看病只能先拖着。",
        "家里三口人靠我一份保洁的工资，爱人要照看生病的老人，房租涨了以后月月不够。",
    ),
    Cause.OTHER: ("弟弟去世后侄女跟着我们生活，原本就不宽裕，多一口人上学吃饭，今年格外吃力。",),
}

FINDINGS = (
    "租住两居室，家具陈旧，药盒和缴费单都在，所述病情与病历一致，邻居反映属实。",
    "自有老房一套，无车，墙上贴着孩子的奖状；核对工资流水与申报基本相符。",
    "住在单位宿舍，陈设简单，老人卧床，现场看到护理用品和医院的发票。",
    "家中整洁但用具很旧，夫妻二人都在，说起开支一笔一笔有账，情况属实。",
    "入户时申请人刚下夜班，孩子在写作业；核实收入略低于申报，建议继续办理。",
    "房屋漏雨处用塑料布遮着，社区工作人员陪同，证实去年确有意外，生活困难。",
)

REASONS = {
    "ask_for_more": (
        "缺近三个月的工资流水，请到开户银行打印后拍照上传。",
        "病历照片看不清，请重新拍诊断和金额两页。",
        "户口簿少了孩子那一页，请补上。",
        "年收入写得比工资流水少很多，请核对后说明原因。",
    ),
    "return_to_review": (
        "家庭人口与户口簿不一致，请初审再核对一次。",
        "拟定类别与申请原因对不上，请重看材料。",
    ),
    "return_to_visit": (
        "核查记录没有写住房情况，请补查后再报。",
        "核实收入与申报相差较大，请再走访一次单位。",
    ),
    "return_to_check": ("核对结果缺配偶的部分，请重新核对。",),
    "propose_exit": (
        "孩子毕业参加工作，家庭人均月收入已超过标准，连续半年稳定。",
        "病情稳定后复工，加上爱人就业，收入已明显提高。",
    ),
    "propose_strike_off": ("已随子女迁往外地，经本人确认。", "本人来函要求注销，家庭情况已好转。"),
    "take_down": ("公示的单位名称有误，撤下更正后重新公示。", "公示期间有人反映家中有车，先核实再公示。"),
    "return_to_centre": ("反映的情况没有附核实结论，请补充后重新公示。",),
    "return_to_approval": ("审批表缺签字页，请补齐后再归档。",),
    "decline": (
        "核实后家庭人均月收入高于本市标准，暂不符合建档条件；可申请一次性慰问。",
        "名下有经营性房屋出租，收入超过标准；如情况变化可以重新申请。",
    ),
}

AGAINST_THE_RULES = (
    "第二套为老家危房，已无法居住，也无法出租，经集体研究按一套认定。",
    "核实收入包含一次性补偿，扣除后低于标准，经集体研究认定。",
)

REMARKS = ("情况属实。", "材料齐全。", "请尽快办理，家里等着用钱。", "同意。", "")

# In either generation of categories.
CATEGORY_OF = {
    Cause.ILLNESS: (Category.DEEP, Category.MINIMUM),
    Cause.DISABILITY: (Category.DEEP, Category.MINIMUM),
    Cause.ACCIDENT: (Category.ACCIDENT, Category.STRUCK),
    Cause.DISASTER: (Category.ACCIDENT, Category.STRUCK),
}
USUAL_CATEGORY = (Category.RELATIVE, Category.BORDERLINE)


def category_of(cause: str, there: Sequence[Category]) -> Category:
    """As the cause suggests, of those that the place and the day have."""
    return next(one for one in CATEGORY_OF.get(Cause(cause), USUAL_CATEGORY) if one in there)


PAPERS = {
    Cause.ILLNESS: (PaperKind.MEDICAL, PaperKind.INCOME),
    Cause.DISABILITY: (PaperKind.MEDICAL, PaperKind.IDENTITY),
    Cause.SCHOOLING: (PaperKind.SCHOOL, PaperKind.REGISTER),
}
USUAL_PAPERS = (PaperKind.INCOME, PaperKind.REGISTER)
