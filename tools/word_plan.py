"""What stands on the Word form of a household's plan."""

from word_parts import Cell, L, Layout, Table, Text, V, head, row


def _signed(words: str, day: str) -> Cell:
    written = "{% if " + day + " %}{{ " + day + " }}{% else %}　年　　月　　日{% endif %}"
    return V(words + "\n\n\n>签字：　　　　　　　\n>" + written, align="left", is_top=True)


AID_PLAN = Layout(
    "一户一策帮扶方案表",
    [
        head("困难职工家庭帮扶方案（一户一策）"),
        Text("帮扶工会：{{ unit }}　　　　方案编号：{{ plan_number }}", after=3),
        Table(
            (24, 36, 24, 34, 22, 34),
            [
                row(L("姓　　名"), V("{{ name }}"), L("证件号码"), V("{{ id_number }}", 3)),
                row(L("工作单位"), V("{{ employer }}", 3), L("联系电话"), V("{{ phone }}")),
                row(L("家庭住址"), V("{{ address }}", 5)),
                row(
                    L("档案编号"),
                    V("{{ number }}"),
                    L("困难类别"),
                    V("{{ category }}"),
                    L("致困原因"),
                    V("{{ cause }}"),
                ),
                row(L("家庭成员"), V("{{ family }}", 5, align="left")),
                row(L("结 对 人"), V("{{ contacts }}", 5, align="left")),
                row(L("帮扶目标"), V("{{ goal }}", 5, align="left", is_top=True), height=16),
            ],
        ),
        Text("一、家庭需求", font="hei", before=6, after=2),
        Table(
            (30, 24, 120),
            [
                row(L("需求类别"), L("紧急程度"), L("说　　明")),
                row(V("{%tr for one in needs %}", 3)),
                row(V("{{ one.kind }}"), V("{{ one.intensity }}"), V("{{ one.note }}", align="left")),
                row(V("{%tr endfor %}", 3)),
            ],
        ),
        Text("二、帮扶措施", font="hei", before=6, after=2),
        Table(
            (19, 39, 18, 26, 28, 22, 22),
            [
                row(
                    L("类　别"),
                    L("具体做法"),
                    L("受帮扶人"),
                    L("落实单位"),
                    L("起止日期"),
                    L("金额和来源"),
                    L("落实情况"),
                ),
                row(V("{%tr for one in measures %}", 7)),
                row(
                    V("{{ one.kind }}"),
                    V("{{ one.detail }}", align="left"),
                    V("{{ one.beneficiary }}"),
                    V("{{ one.provider }}"),
                    V("{{ one.period }}", size=9),
                    V("{{ one.amount }}\n{{ one.source }}", size=9),
                    V("{{ one.standing }}"),
                ),
                row(V("{%tr endfor %}", 7)),
            ],
        ),
        Text("三、收入变化", font="hei", before=6, after=2),
        Table(
            (36, 30, 34, 34, 40),
            [
                row(L("截至日期"), L("共同生活人数"), L("家庭年收入"), L("人均月收入"), L("依　　据")),
                row(V("{%tr for one in incomes %}", 5)),
                row(
                    V("{{ one.as_of }}"),
                    V("{{ one.household_size }}"),
                    V("{{ one.yearly }}"),
                    V("{{ one.monthly }}"),
                    V("{{ one.source }}"),
                ),
                row(V("{%tr endfor %}", 5)),
            ],
        ),
        Text("", after=4),
        Table(
            (24, 75, 75),
            [
                row(
                    L("签　　字"),
                    _signed(
                        "家庭意见：看过以上方案，同意按此帮扶。"
                        "{% if signed_paper %}签字件存放处：{{ signed_paper }}。{% endif %}",
                        "agreed_on",
                    ),
                    _signed("工会审批意见：", "approved_on"),
                    height=30,
                ),
                row(
                    L("下次复核"),
                    V("{{ review_on }}"),
                    V("办结：{{ concluded_on }}　{{ result }}", align="left"),
                ),
            ],
        ),
        Text(
            "注：本表一式两份，家庭和工会各存一份。拟定日期：{{ drafted_on }}；打印时方案状态：{{ state }}。",
            size=9,
        ),
    ],
    side=18,
    is_numbered=True,
)
