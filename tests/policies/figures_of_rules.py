"""Figures worked out by hand from laws, documents and notices; none was taken from the engine."""

from __future__ import annotations

from datetime import date

from .facts import Fact, yuan

ASKED = {"信用不良": False, "项目违法": False, "借款人身份": "劳模"}
WAGES = {"计时工资": yuan("80000.50"), "奖金": yuan("20000"), "劳动保护支出": yuan("9999")}
SMALL = {"年度上缴经费": yuan("9999.99"), "欠缴": False}
FLAT = {
    "房屋套数": 1,
    "有商铺或雇工": False,
    "子女就读私立学校": False,
    "子女自费留学": False,
    "有经常使用的非营运汽车": False,
}
RUSHAN = {
    **FLAT,
    "年刚性支出": yuan("12000"),
    "因灾伤亡": False,
    "年意外或重病支出": yuan("0"),
    "农民工": False,
    "在城居住": True,
    "劳动关系月数": 0,
}
INSURED = {
    "单位工会统一参加": True,
    "已退休": False,
    "参加时健康": True,
    "参加医疗保险": True,
    "住院": [
        {"目录内自付": yuan("4000"), "就医地": "本地"},
        {"目录内自付": yuan("1300"), "就医地": "外地"},
    ],
}

RULES = [
    Fact("rules 5", "000000/union_dues", date(2024, 1, 31), WAGES, {"工会经费": yuan("2000.01")}),
    Fact(
        "rules 5",
        "000000/dues_split",
        date(2024, 1, 31),
        {"入库经费": yuan("2000.01")},
        {"返还基层": yuan("1200.01"), "上缴": yuan("800.00"), "全总份额": yuan("100.00")},
    ),
    Fact(
        "rules 1",
        "000000/member_dues",
        date(2024, 1, 31),
        {"月基本工资": yuan("5678.90")},
        {"会费": yuan("28.35")},
    ),
    Fact(
        "rules 5",
        "500000/dues_late_fee",
        date(2024, 6, 1),
        {"未缴金额": yuan("800"), "逾期天数": 365},
        {"滞纳金": 800},
    ),
    Fact(
        "rules 5",
        "110000/dues_late_fee",
        date(2024, 6, 1),
        {"未缴金额": yuan("800"), "逾期天数": 365},
        {"滞纳金": 1460},
    ),
    Fact(
        "rules 5",
        "440300/dues_late_fee",
        date(2024, 6, 1),
        {"未缴金额": yuan("800"), "逾期天数": 365},
        {"status": "incomplete"},
    ),
    Fact(
        "rules 5",
        "310000/dues_due_day",
        date(2024, 6, 1),
        {"所属月末日": date(2024, 4, 30), "缴款日": date(2024, 5, 20)},
        {"逾期天数": 5},
    ),
    Fact("rules 5", "000000/small_payer_return", date(2023, 6, 1), SMALL, {"返还额": yuan("9999.99")}),
    Fact("rules 5", "000000/small_payer_return", date(2025, 6, 1), SMALL, {"status": "incomplete"}),
    Fact(
        "rules 5",
        "000000/preparation_refund",
        date(2024, 6, 1),
        {"已建会": True, "已缴筹备金": yuan("1000")},
        {"status": "incomplete"},
    ),
    Fact(
        "rules 2",
        "371083/hardship_recognition",
        date(2025, 7, 1),
        {**RUSHAN, "成员": [{"年可支配收入": yuan("37488")}, {"年可支配收入": yuan("0")}]},
        {"困难类别": "相对困难", "月人均余额": yuan("1062.00")},
    ),
    Fact(
        "rules 2",
        "371083/hardship_recognition",
        date(2025, 7, 1),
        {**RUSHAN, "成员": [{"年可支配收入": yuan("37487.99")}, {"年可支配收入": yuan("0")}]},
        {"困难类别": "深度困难", "月人均余额": yuan("1062.00")},
    ),
    Fact(
        "rules 2",
        "371083/hardship_recognition",
        date(2025, 7, 1),
        {"房屋套数": 2},
        {"status": "excluded"},
    ),
    Fact(
        "rules 8",
        "350600/medical_mutual_aid",
        date(2021, 5, 1),
        INSURED,
        {"给付额": 3000},
    ),
    Fact(
        "rules 4",
        "429006/student_aid",
        date(2024, 8, 20),
        {"家庭情况": "未建档临时困难", "学段": "高等教育", "军校或免费师范生": False, "已受其他助学": False},
        {"助学金": 4000},
    ),
    Fact(
        "rules 4",
        "330726/festival_relief",
        date(2025, 1, 20),
        {"困难职工家庭": True},
        {"慰问总额": 3000, "慰问金": 2500, "慰问品": 500},
    ),
    Fact(
        "rules 4",
        "340000/welfare_caps",
        date(2025, 9, 1),
        {
            "会员": True,
            "退休人员": False,
            "发现金或购物卡": False,
            "本年已发": yuan("2000"),
            "本次拟发": yuan("300"),
        },
        {"可发慰问品": 200},
    ),
    Fact(
        "rules 17",
        "360000/start_up_loan",
        date(2019, 6, 1),
        {**ASKED, "申请金额": yuan("250000"), "申请月数": 24},
        {"可贷金额": 200000, "贷款月数": 12},
    ),
    Fact(
        "rules 17",
        "420000/start_up_loan",
        date(2014, 6, 1),
        {
            "申请金额": yuan("90000"),
            "申请月数": 12,
            "信用不良": False,
            "项目违法": False,
            "借款人类别": "妇女",
        },
        {"可贷金额": 80000},
    ),
    Fact(
        "rules 17",
        "320700/insured_loan",
        date(2018, 6, 1),
        {"贷款金额": yuan("300000")},
        {"工会承担保费": 15000},
    ),
]
