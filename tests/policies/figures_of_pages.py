"""Figures worked out by hand from the five newspaper pages; none was taken from the engine."""

from __future__ import annotations

from datetime import date

from .facts import Fact, yuan

MIGRANT = {"农民工": True, "参加医疗互助": True}
WHOLE = [
    ("5999.99", "0"),
    ("6000", "500"),
    ("10000", "500"),
    ("10000.01", "1000.00"),
    ("30000", "3000"),
    ("30000.01", "4500.00"),
    ("30379.72", "4556.96"),
    ("80000", "12000"),
    ("80000.01", "16000.00"),
    ("250000", "50000"),
    ("9999999.99", "50000"),
]
SLICED = [
    ("5999.99", "0"),
    ("10000", "500"),
    ("20000.05", "1500.01"),
    ("30000", "2500"),
    ("80000", "10000"),
    ("280000", "50000"),
]
TIERS = [
    Fact(
        "S04-10",
        "350600/serious_illness",
        date(2016, 10, 1),
        {**MIGRANT, "自费部分": yuan(own)},
        {"大病补助": yuan(paid)},
        reading,
    )
    for reading, rows in (({}, WHOLE), ({"分档读法": "分段"}, SLICED))
    for own, paid in rows
]

NEED = {
    "需要资金": yuan("59430600"),
    "基层自筹": yuan("7849000"),
    "已筹资金": yuan("26019600"),
    "困难职工人数": 55796,
}
LEAVE = {"签有保岗协议": True, "按通知返岗": True, "休假月数": 3, "返程路费补贴": yuan("1000")}
STAY = {"外来建设者": True, "春节留沪": True, "意外发生在留沪期间": True, "意外伤害": True}
ASKED = {"申请月数": 12, "信用不良": False, "项目违法": False, "借款人身份": "劳模"}
PATIENT = {"在档": True, "自付医疗费": yuan("2500"), "核定救助额": yuan("1000")}

PAGES = [
    Fact("S04-09", "350600/medical_mutual_aid_fee", date(2016, 1, 1), {"身份": "农民工"}, {"年缴费": 36}),
    Fact(
        "S04-09",
        "350600/medical_mutual_aid",
        date(2016, 7, 1),
        {"已缴费": True, "按标准应给额": yuan("25000")},
        {"给付额": 19200},
    ),
    Fact("S04-07", "350600/festival_relief", date(2014, 1, 28), {"在档": True}, {"慰问金": 500}),
    Fact("S04-07", "350600/festival_relief", date(2015, 2, 16), {"在档": True}, {"status": "incomplete"}),
    Fact("S04-07", "350600/festival_relief", date(2016, 2, 5), {"在档": True}, {"慰问金": 1000}),
    Fact(
        "S04-08",
        "350600/student_aid",
        date(2016, 8, 16),
        {"欠发达乡镇": True, "金秋助学对象": False, "精准扶贫对象": True, "录取大学": True},
        {"助学金": 1000},
    ),
    Fact(
        "S04-17",
        "350600/certificate_reward",
        date(2016, 9, 1),
        {
            "农民工": True,
            "劳动合同期限": 36,
            "取证日期": date(2016, 5, 4),
            "已领同一证书奖励": False,
            "证书等级": "高级技师",
        },
        {"奖励金": 2000},
    ),
    Fact(
        "S04-02 GV30",
        "350600/hardship_exit_target",
        date(2016, 12, 31),
        {"年初户数": 4543, "脱困户数": 1362},
        {"应脱困户数": 1363, "达标": False},
    ),
    Fact(
        "S04-20",
        "350600/driver_health_check",
        date(2016, 6, 1),
        {"司机人数": 2000},
        {"体检费": yuan("414500")},
    ),
    Fact(
        "S04-16",
        "350600/township_union_subsidy",
        date(2016, 6, 1),
        {"欠发达乡镇": True},
        {"年度补助": 40000, "一次性补助": 10000},
    ),
    Fact(
        "S03-06 GV17",
        "350982/job_keeping_settlement",
        date(2020, 7, 31),
        {**LEAVE, "工作至年底": True},
        {"一次性支付": 5710, "休假保底薪资": 4710},
    ),
    Fact(
        "S03-06 X14",
        "350982/job_keeping_settlement",
        date(2020, 7, 31),
        LEAVE,
        {"一次性支付": 5710},
        {"支付条件读法": "返岗即付"},
    ),
    Fact(
        "S03-05 GV18",
        "350982/floor_wage",
        date(2021, 1, 20),
        {"协议": "第三份", "实发工资": yuan("1700"), "当地最低工资": yuan("1500")},
        {"应补差额": 50, "较上一份变动": yuan("0.1146")},
    ),
    Fact(
        "S03-12",
        "310000/accident_cover",
        date(2021, 2, 12),
        {**STAY, "核定保障金": yuan("80000")},
        {"保障金": 20000},
    ),
    Fact(
        "S03-10",
        "321100/medical_relief",
        date(2020, 9, 1),
        {**PATIENT, "困难类别": "困难职工"},
        {"医疗救助额": 1000},
    ),
    Fact(
        "S03-10 X6",
        "321100/medical_relief",
        date(2020, 9, 1),
        {**PATIENT, "困难类别": "特困职工"},
        {"status": "excluded"},
    ),
    Fact(
        "S03-10 X6",
        "321100/medical_relief",
        date(2020, 9, 1),
        {**PATIENT, "困难类别": "特困职工"},
        {"医疗救助额": 1000},
        {"起付线读法": "对调"},
    ),
    Fact(
        "S03-11",
        "321100/mutual_cover",
        date(2020, 9, 1),
        {"已赠送保障": True, "自付医疗费": yuan("20000"), "按条款应给额": yuan("23000")},
        {"互助给付额": 23000},
    ),
    Fact(
        "S03-08",
        "321100/fee_waiver",
        date(2018, 1, 1),
        {
            "特困职工或家属": True,
            "自付医疗费": yuan("3000"),
            "急诊诊查费": yuan("15"),
            "普通床位费": yuan("801.01"),
        },
        {"减免额": yuan("415.51")},
    ),
    Fact(
        "S00-17 GV07-09",
        "511500/need_and_gap",
        date(2014, 12, 31),
        NEED,
        {
            "缺口": yuan("51581600"),
            "仍缺": yuan("33411000"),
            "自筹率": yuan("0.1321"),
            "筹集率": yuan("0.4378"),
            "人均需求": yuan("1065.14"),
        },
    ),
    Fact(
        "S00-17 X1",
        "511500/need_per_head",
        date(2014, 12, 31),
        {"困难职工人数": 55796},
        {"status": "incomplete"},
    ),
    Fact(
        "S00-14",
        "511523/mutual_aid",
        date(2014, 6, 1),
        {"已入会": True, "事由": "灾害", "按标准应给额": yuan("300")},
        {"互助金": 1000},
    ),
    Fact(
        "S00-14 X2",
        "511500/mutual_aid_fee",
        date(2014, 6, 1),
        {"年缴费": yuan("14.38")},
        {"符合印载标准": False},
    ),
    Fact(
        "S02-11",
        "360800/start_up_loan",
        date(2020, 6, 1),
        {**ASKED, "申请金额": yuan("300000")},
        {"可贷金额": 300000, "借款人利息": 0},
    ),
]
