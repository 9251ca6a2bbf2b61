"""What stands on each Word form. Double braces are filled in when it is printed."""

from word_notices import NOTICE, NOTICE_CERTIFICATE
from word_parts import DAY, Break, L, Layout, Table, Text, V, body, head, opinion, row, ticks
from word_plan import AID_PLAN

JOINING = Layout(
    "入会申请书和会员登记表",
    [
        head("入会申请书", 26, 30),
        body("{{ union }}：", indent=False),
        body(
            "我自愿加入中国工会，承认《中国工会章程》，遵守工会纪律，执行工会决议，按规定交纳会费，积极参加工会组织的各项活动，"
            "履行会员义务，在本职工作中努力发挥作用。"
        ),
        body("本人填写的登记表内容真实。请工会组织批准。", after=60),
        body("申请人（签字）：　　　　　　　　", align="right", indent=False),
        body(
            "{% if applied_on %}{{ applied_on }}{% else %}　　年　　月　　日{% endif %}",
            align="right",
            indent=False,
        ),
        Break(),
        head("工会会员登记表"),
        Text("基层工会：{{ union }}　　　　会员编号：{{ number }}", after=3),
        Table(
            (24, 24, 18, 26, 20, 24, 30),
            [
                row(
                    L("姓　　名"),
                    V("{{ name }}"),
                    L("性　别"),
                    V("{{ sex }}"),
                    L("民　族"),
                    V("{{ ethnicity }}"),
                    V("一\n寸\n照\n片", down=4),
                    height=11,
                ),
                row(
                    L("出生日期"),
                    V("{{ born_on }}", 2),
                    L("政治面貌"),
                    V("{{ political_status }}", 2),
                    height=11,
                ),
                row(L("文化程度"), V("{{ education }}", 2), L("联系电话"), V("{{ phone }}", 2), height=11),
                row(L("{{ id_kind }}"), V("{{ id_number }}", 5), height=11),
                row(L("工作单位"), V("{{ employer }}", 6), height=11),
                row(
                    L("工种或职务"),
                    V("{{ occupation }}", 2),
                    L("户籍类型"),
                    V(ticks("residence"), 3),
                    height=11,
                ),
                row(L("家庭住址"), V("{{ address }}", 6), height=11),
                row(
                    L("曾加入工会"),
                    V("{{ former_union }}", 3),
                    L("入会日期"),
                    V("{{ joined_on }}", 2),
                    height=11,
                ),
                row(L("个人简历"), V("", 6), height=48),
                row(
                    L("审批意见"),
                    opinion("工会小组意见：", "组长", 3),
                    opinion("基层工会委员会意见：", "负责人", 3),
                    height=40,
                ),
                row(L("备　　注"), V("", 6), height=16),
            ],
        ),
    ],
    side=22,
    top=24,
    is_numbered=True,
)

CERTIFICATE = Layout(
    "工会会员证明",
    [
        head("工会会员证明", 26, 12),
        Text("{{ number }}", size=12, align="right", after=24),
        body("{% if addressee %}{{ addressee }}：{% endif %}", indent=False),
        body(
            "兹证明{{ name }}，{{ sex }}，{{ born_on }}出生，{{ id_kind }}号码{{ id_number }}，"
            "会员编号{{ member_number }}，于{{ joined_on }}加入工会，现为{{ union }}会员"
            "{% if employer %}，工作单位为{{ employer }}{% endif %}，"
            "会籍状态：{{ standing }}。"
        ),
        body("特此证明。"),
        body("{% if purpose %}（用途：{{ purpose }}）{% endif %}", after=60),
        body("{{ union }}（盖章）", align="right", indent=False),
        body("{{ issued_on }}", align="right", indent=False, after=60),
        Text("经办人：{{ clerk }}　　本证明可凭字号向出具工会核对。"),
    ],
    side=30,
    top=37,
    bottom=35,
)

WHO = "{{ name }}（{{ sex }}，{{ id_kind }}号码{{ id_number }}，会员编号{{ member_number }}）"
TO = "{% if to_union %}{{ to_union }}{% else %}＿＿＿＿＿＿＿＿＿＿{% endif %}"
DUES = "{% if dues_paid_until %}{{ dues_paid_until }}{% else %}＿＿＿＿＿＿{% endif %}"


def part(name: str) -> list[Text]:
    return [
        head(f"工会会员会籍接转介绍信（{name}）", 15, 4),
        Text("{{ number }}", size=11, align="right", after=4),
    ]


def line(words: str, **given: object) -> Text:
    return Text(words, **{"size": 12, "leading": 1.35, "after": 3, **given})  # type: ignore[arg-type]


def cut(words: str) -> Text:
    return Text(f"┄┄┄┄┄┄┄┄┄┄┄┄{words}┄┄┄┄┄┄┄┄┄┄┄┄", size=10, align="center", before=8, after=8)


TRANSFER = Layout(
    "会籍接转介绍信",
    [
        *part("存根"),
        line(WHO + "，由{{ from_union }}转往" + TO + "。会费交至" + DUES + "。", indent=True),
        line("经办人：{{ clerk }}　　　　　　{{ issued_on }}"),
        cut("骑　缝　盖　章"),
        *part("介绍信"),
        line(TO + "："),
        line(
            "兹有我会会员"
            + WHO
            + "，于{{ joined_on }}加入工会，因{{ reason }}，将会籍转往你会，请予接收。该会员会费交至"
            + DUES
            + "。",
            indent=True,
        ),
        line("（有效期{{ valid_days }}日，至{{ valid_until }}止）"),
        line("{{ from_union }}（盖章）", align="right"),
        line("{{ issued_on }}", align="right"),
        line("转出工会联系电话：{{ from_phone }}　　　　经办人：{{ clerk }}", size=10),
        cut("沿　此　线　裁　开"),
        *part("回执"),
        line("{{ from_union }}："),
        line(
            "你会" + WHO + "的会籍已转入我会，新会员编号＿＿＿＿＿＿＿，自＿＿＿年＿＿月＿＿日起由我会管理。",
            indent=True,
        ),
        line("经办人（签字）：　　　　　　　　" + TO + "（盖章）", before=8),
        line(DAY, align="right"),
    ],
    side=22,
    top=15,
    bottom=14,
    size=12,
)

ASSEMBLY = "{{ assembly_on }}会员{% if is_of_delegates %}代表{% endif %}大会"
# Points are counted on: those that do not apply leave no hole.
NEXT = "{% set point.number = point.number + 1 %}{{ '一二三四五'[point.number - 1] }}、"

REPLY = Layout(
    "建会批复",
    [
        Text("{{ approver }}", size=30, font="hei", align="center", after=14, is_red=True),
        Text("{{ number }}", size=14, align="center", after=14, line="C8161D"),
        head("关于同意成立{{ union }}的批复", 20, 14),
        body("{{ addressee }}：", indent=False),
        body("你们报来的《关于成立{{ union }}的请示》收悉。经研究，批复如下："),
        body("{% set point = namespace(number=0) %}" + NEXT + "同意成立{{ union }}。"),
        body("{%p if chair %}"),
        body(
            NEXT + "同意" + ASSEMBLY + "选举结果。{{ union }}第一届委员会由{{ members|length }}人组成："
            "{{ members|join('、') }}；主席{{ chair }}"
            "{% if vice_chairs %}，副主席{{ vice_chairs|join('、') }}{% endif %}。"
        ),
        body("{%p else %}"),
        body(NEXT + "同意" + ASSEMBLY + "推选结果，由{{ organiser }}任组织员，暂不设委员会。"),
        body("{%p endif %}"),
        body("{%p if auditors %}"),
        body(NEXT + "同意经费审查委员会由{{ auditors|join('、') }}组成。"),
        body("{%p endif %}"),
        body("{%p if women %}"),
        body(NEXT + "同意女职工委员会由{{ women|join('、') }}组成。"),
        body("{%p endif %}"),
        body(
            NEXT + "本届任期{{ years }}年，自{{ assembly_on }}起计算。"
            "请依照《中国工会章程》开展工作，按规定交纳和使用工会经费，到期及时换届。"
        ),
        body("此复。", after=40),
        body("{{ approver }}", align="right", indent=False),
        body("{{ issued_on }}", align="right", indent=False, after=40),
        Text("抄送：{{ copies }}", size=11, line="000000"),
    ],
    side=27,
    top=37,
    bottom=35,
)

SHEET = Layout(
    "入会二维码",
    [
        Text("扫码加入工会", size=40, font="hei", align="center", after=14, is_red=True),
        Text("{{ union }}", size=20, font="hei", align="center", after=24),
        Text("{{ code }}", align="center", after=10),
        Text("{{ address }}", size=12, align="center", after=24),
        body("1.　用手机扫描上面的二维码，按提示填写姓名、证件号码和手机号。", indent=False),
        body(
            "2.　没有固定单位的货车司机、外卖配送员、快递员、家政服务员等，也可以在这里申请。", indent=False
        ),
        body("3.　工会同意后会发短信告诉您，电子会员卡随即可用。", indent=False, after=24),
        Text("入会不收任何押金和手续费。有疑问请联系：{{ union }}　{{ phone }}", size=11, align="center"),
    ],
    side=25,
    top=30,
    bottom=24,
)

APPLICATION = Layout(
    "困难职工申请表",
    [
        head("困难职工申请表"),
        Text("填报工会：{{ unit }}　　　　编号：{{ number }}", after=3),
        Table(
            (26, 28, 26, 26, 26, 38),
            [
                row(
                    L("姓　　名"),
                    V("{{ name }}"),
                    L("性　别"),
                    V("{{ sex }}"),
                    L("出生日期"),
                    V("{{ born_on }}"),
                ),
                row(L("证件号码"), V("{{ id_number }}", 3), L("联系电话"), V("{{ phone }}")),
                row(L("工作单位"), V("{{ employer }}", 5)),
                row(L("会员编号"), V("{{ member_number }}", 3), L("入会日期"), V("{{ joined_on }}")),
                row(L("家庭住址"), V("{{ address }}", 5)),
                row(L("共同生活家庭成员", 6)),
                row(L("姓　　名"), L("与户主关系"), L("性　别"), L("年　龄"), L("证件号码", 2)),
                row(V("{%tr for one in family %}", 6)),
                row(
                    V("{{ one.name }}"),
                    V("{{ one.relation }}"),
                    V("{{ one.sex }}"),
                    V("{{ one.age }}"),
                    V("{{ one.id_number }}", 2),
                ),
                row(V("{%tr endfor %}", 6)),
                row(
                    L("共同生活人数"),
                    V("{{ household_size }} 人"),
                    L("家庭年收入"),
                    V("{{ yearly_income }}"),
                    L("年刚性支出"),
                    V("{{ rigid_spending }}"),
                ),
                row(
                    L("人均月收入"),
                    V("{{ monthly_income }}"),
                    L("主要致困原因"),
                    V(ticks("causes"), 3, align="left"),
                ),
                row(V("{%tr for topic in topics %}", 6)),
                row(L("{{ topic.label }}"), V("{{ topic.text }}", 5, align="left")),
                row(V("{%tr endfor %}", 6)),
                row(L("困难情况说明"), V("{{ statement }}", 5, align="left", is_top=True), height=36),
                row(
                    L("本人声明"),
                    V(
                        "本人保证以上内容和所附材料真实、完整；如有虚假，愿意承担相应责任并退回所得救助。\n"
                        "{% if consents_to_check %}☑{% else %}☐{% endif %}授权工会核对本家庭经济状况　"
                        "{% if consents_to_notice %}☑{% else %}☐{% endif %}同意按规定公示　"
                        "{% if shares_health %}☑{% else %}☐{% endif %}同意本单位工会查看病情材料\n"
                        ">申请人（签字）：　　　　　　　{{ applied_on }}",
                        5,
                        align="left",
                    ),
                ),
                row(
                    L("审核意见"),
                    opinion("基层工会意见：", "经办人", 2),
                    opinion("街道（乡镇）工会意见：", "经办人", 3),
                    height=34,
                ),
            ],
        ),
        Text(
            "注：本表一式两份，一份存入困难职工档案，一份由申请人所在工会留存。申请日期：{{ applied_on }}。",
            size=9,
        ),
    ],
)

VISIT = Layout(
    "困难职工入户核查表",
    [
        head("困难职工入户核查表"),
        Text("核查工会：{{ unit }}　　　　档案编号：{{ number }}", after=3),
        Table(
            (26, 34, 26, 28, 22, 34),
            [
                row(L("姓　　名"), V("{{ name }}"), L("证件号码"), V("{{ id_number }}", 3)),
                row(L("工作单位"), V("{{ employer }}", 3), L("联系电话"), V("{{ phone }}")),
                row(L("家庭住址"), V("{{ address }}", 5)),
                row(L("核查项目"), L("申请人填报", 2), L("入户核实", 3)),
                row(L("共同生活人数"), V("{{ household_size }}", 2), V("{{ found_size }}", 3)),
                row(L("家庭年收入"), V("{{ yearly_income }}", 2), V("{{ found_income }}", 3)),
                row(L("年刚性支出"), V("{{ rigid_spending }}", 2), V("", 3)),
                row(L("致困原因"), V("{{ cause }}", 2), V("", 3)),
                row(L("住房情况"), V(ticks("housing"), 5, align="left")),
                row(L("主要财产"), V(ticks("belongings"), 5, align="left")),
                row(L("家庭成员"), V("{{ family }}", 5, align="left")),
                row(L("核查情况"), V("{{ findings }}", 5, align="left", is_top=True), height=56),
                row(L("核查结论"), V(ticks("conclusions"), 5, align="left"), height=14),
                row(
                    L("签　　字"),
                    V("核查人（两人签字）：\n1. {{ visitors }}\n2.\n\n>" + DAY, 2, align="left", is_top=True),
                    V("被核查人确认以上记录属实：\n签字：\n\n\n>" + DAY, 3, align="left", is_top=True),
                    height=34,
                ),
                row(L("入户日期"), V("{{ visited_on }}", 2), V("同行人：{{ companion }}", 3, align="left")),
            ],
        ),
        Text("注：入户核查须由两名以上工作人员共同进行，并附入户照片。", size=9),
    ],
)

DECISION = Layout(
    "待遇核定表",
    [
        head("待遇核定表"),
        Text("承办工会：{{ unit }}　　　　申请编号：{{ number }}", after=3),
        Table(
            (26, 58, 26, 58),
            [
                row(L("待遇项目"), V("{{ scheme }}", 3)),
                row(L("受 益 人"), V("{{ name }}"), L("证件号码"), V("{{ id_number }}")),
                row(L("领 款 人"), V("{{ payee }}"), L("申请日期"), V("{{ applied_on }}")),
                row(L("核定结论"), V("{{ verdict }}", 3, align="left")),
                row(L("核定金额"), V("{{ amount }}"), L("大　　写"), V("{{ amount_words }}")),
                row(L("据以核定的情况"), V("{{ known }}", 3, align="left", is_top=True), height=30),
                row(L("怎样算出来的"), V("{{ steps }}", 3, align="left", is_top=True), height=56),
                row(L("适用政策"), V("{{ policy }}"), L("核定日期"), V("{{ decided_on }}")),
                row(
                    L("签　　字"),
                    V("核定人（签字）：\n\n\n>" + DAY, align="left", is_top=True),
                    V("审批人（签字、盖章）：\n\n\n>" + DAY, 2, align="left", is_top=True),
                    height=34,
                ),
            ],
        ),
        Text("注：对结果有异议的，可以在 {{ appeal_until }} 以前申请复议，由没有办过本件的人答复。", size=9),
    ],
)

LAYOUTS = {
    "membership/papers/joining.docx": JOINING,
    "membership/papers/member-certificate.docx": CERTIFICATE,
    "membership/papers/transfer-letter.docx": TRANSFER,
    "organisation/papers/founding-reply.docx": REPLY,
    "organisation/papers/joining-sheet.docx": SHEET,
    "notices/papers/notice-sheet.docx": NOTICE,
    "notices/papers/notice-certificate.docx": NOTICE_CERTIFICATE,
    "benefits/papers/benefit-decision.docx": DECISION,
    "assistance/papers/hardship-application.docx": APPLICATION,
    "assistance/papers/home-visit.docx": VISIT,
    "assistance/papers/aid-plan.docx": AID_PLAN,
}
