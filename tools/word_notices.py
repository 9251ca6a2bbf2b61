"""What stands on the Word forms of notices: the sheet for the wall and the certificate for the file."""

from word_parts import L, Layout, Table, Text, V, head, row

NOTICE = Layout(
    "公示",
    [
        head("公　　示", 24, 6),
        Text("{{ title }}", size=14, font="hei", align="center", after=8),
        Text(
            "{{ basis }} 现将名单公示如下，接受监督。公示期自{{ from_on }}起至{{ until_on }}止。",
            size=12,
            indent=True,
            leading=1.4,
            after=6,
        ),
        Table(
            (14, 28, 60, 34, 30),
            [
                row(L("序号"), L("姓名"), L("单位"), L("类别"), L("金额（元）")),
                row(V("{%tr for one in lines %}", 5)),
                row(
                    V("{{ one.position }}"),
                    V("{{ one.name }}"),
                    V("{{ one.unit }}"),
                    V("{{ one.category }}"),
                    V("{{ one.amount or '—' }}"),
                ),
                row(V("{%tr endfor %}", 5)),
            ],
        ),
        Text(
            "有不同意见的，请在{{ until_on }}以前提出异议，可以不留姓名：",
            size=12,
            font="hei",
            before=10,
            after=4,
        ),
        Text("1.　用手机扫描下面的二维码，在网上提交；", size=12, leading=1.3),
        Text("2.　拨打 {{ contact }}；", size=12, leading=1.3),
        Text("3.　到{{ unit }}当面反映。", size=12, leading=1.3),
        Text(
            "工会在 {{ triage_days }} 个工作日内决定是否受理，由没有经办的人核实答复；答复前，所涉的人不往下办。",
            size=12,
            leading=1.3,
            after=8,
        ),
        Text("{{ code }}", align="center"),
        Text("{{ unit }}", size=12, align="right", before=6),
        Text("{{ from_on }}", size=12, align="right", after=8),
        Text("公示编号：{{ number }}　　网址：{{ address }}", size=9),
    ],
    side=22,
    top=22,
    bottom=20,
)

NOTICE_CERTIFICATE = Layout(
    "公示证明",
    [
        head("公示证明", 24, 16),
        Table(
            (32, 49, 32, 49),
            [
                row(L("公示对象"), V("{{ name }}"), L("事项编号"), V("{{ case_number }}"), height=11),
                row(L("公示事项"), V("{{ title }}", 3), height=11),
                row(L("公示编号"), V("{{ number }}"), L("名单序号"), V("{{ position }}"), height=11),
                row(
                    L("公示期"),
                    V("{{ from_on }} 至 {{ until_on }}，共 {{ days }} 个工作日", 3),
                    height=11,
                ),
                row(L("公示地点"), V("{{ place }}", 3, align="left"), height=11),
                row(L("公示内容"), V("{{ shown }}", 3, align="left"), height=11),
                row(
                    L("收到异议"),
                    V(
                        "{% if objections %}{{ objection_count }} 件：{{ objections|join('；') }}"
                        "{% else %}无{% endif %}",
                        3,
                        align="left",
                    ),
                    height=11,
                ),
                row(
                    L("结　　论"),
                    V(
                        "{% if objections %}公示期满，所收异议均已答复，不影响本件，视为无异议。"
                        "{% else %}公示期满，没有收到异议。{% endif %}",
                        3,
                        align="left",
                    ),
                    height=11,
                ),
            ],
        ),
        Text("以上公示于{{ cleared_on }}期满无异议，特此证明。", size=12, indent=True, before=14, after=40),
        Text("{{ unit }}（盖章）", size=12, align="right", after=4),
        Text("{{ issued_on }}", size=12, align="right"),
    ],
    side=24,
    top=28,
    bottom=24,
)
