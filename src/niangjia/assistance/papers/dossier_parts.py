"""The parts of 一户一档, each of blocks: what was said, a table, a text, a picture; as far as the reader sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from niangjia.assistance import category as rules
from niangjia.assistance import queries
from niangjia.assistance.circumstances import queries as circumstances
from niangjia.assistance.models import AidPlan, Attachment, EconomicCheck, HardshipFile, HomeVisit
from niangjia.assistance.pairing.queries import calls_on, pairings_of
from niangjia.assistance.papers.hardship import Said, applicant, sealed
from niangjia.assistance.papers.plan import measure_of
from niangjia.assistance.plans import queries as plans
from niangjia.assistance.plans.incomes import found_about, track
from niangjia.benefits import decisions
from niangjia.benefits import queries as benefits
from niangjia.benefits.models import BenefitApplication, Grant
from niangjia.kernel import audit, clock, files
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Picture
from niangjia.kernel.documents.facts import write_day
from niangjia.kernel.fields import mask_id_number
from niangjia.kernel.money import formatted
from niangjia.kernel.workflow.declaration import WORKFLOWS
from niangjia.kernel.workflow.engine import action_label
from niangjia.membership import queries as membership
from niangjia.notices.papers import CERTIFICATE
from niangjia.notices.queries import line_of, workflow_of


@dataclass(frozen=True)
class Block:
    """Whatever of it is empty is not printed."""

    title: str = ""
    said: list[Said] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    text: str = ""
    picture: Picture | None = None


def application(file: HardshipFile, reader: Actor, copy: Copy) -> list[Block]:
    said = applicant(file, copy)
    words = [
        ("姓名", said["name"]),
        ("证件号码", said["id_number"]),
        ("联系电话", said["phone"]),
        ("工作单位", said["employer"]),
        ("家庭住址", said["address"]),
        ("来源", " ".join(filter(None, (file.get_origin_display(), file.former_number)))),
        ("申请日期", write_day(file.applied_on)),
        ("致困原因", "、".join(filter(None, (file.get_cause_display(), file.get_second_cause_display())))),
        ("共同生活人数", str(file.household_size)),
        ("家庭年收入", formatted(file.yearly_income_amount)),
        ("年刚性支出", formatted(file.rigid_spending_amount)),
        ("授权核对家庭经济状况", _yes(file.consents_to_check)),
        ("同意公示", _yes(file.consents_to_notice)),
        ("困难情况", file.statement),
    ]
    return [Block(said=_lines(words)), _family(file, copy), *_topics(file, reader)]


def _family(file: HardshipFile, copy: Copy) -> Block:
    """Those who live together as registered, then those whom the family named."""
    kept = sealed(copy, mask_id_number)
    rows = [
        [one.person.name, one.get_relation_display(), kept(one.person.id_number), ""]
        for one in membership.current_members(file.household_id)
    ]
    rows += [
        [one.name, one.get_relation_display(), kept(one.id_number), formatted(one.monthly_amount)]
        for one in circumstances.members(file)
    ]
    return Block("家庭成员", heads=["姓名", "关系", "证件号码", "月收入"], rows=rows)


def _topics(file: HardshipFile, reader: Actor) -> list[Block]:
    return [
        Block(str(topic.label), _lines((label, str(value)) for label, value in topic.said))
        for topic in circumstances.topics(reader, file)
        if topic.said
    ]


def visits(file: HardshipFile) -> list[Block]:
    return [_visit(one) for one in reversed(queries.visits(file))]


def _visit(one: HomeVisit) -> Block:
    words = [
        ("入户人", f"{one.recorded_by.name}、{one.companion}"),
        ("核实人数", str(one.household_size)),
        ("核实年收入", formatted(one.yearly_income_amount)),
        ("住房情况", one.get_housing_display()),
        ("主要财产", "、".join(one.belongings)),
        ("核查结论", one.get_conclusion_display()),
        ("记录方式", one.get_came_by_display()),
        ("核查情况", one.findings),
    ]
    return Block(write_day(one.visited_on), _lines(words))


def checks(file: HardshipFile) -> list[Block]:
    return [_check(one) for one in reversed(queries.checks(file))]


def _check(one: EconomicCheck) -> Block:
    words = [
        ("核对年收入", formatted(one.yearly_income_amount)),
        ("存款", formatted(one.deposits_amount)),
        ("投资净值", formatted(one.investments_amount)),
        ("住房套数", str(one.homes)),
        ("有非营运汽车", _yes(one.has_car)),
        ("有商铺或雇工", _yes(one.has_business)),
        ("正享受政府救助", _yes(one.receives_relief)),
        ("核对说明", one.note),
        ("记录人", one.recorded_by.name),
    ]
    return Block(write_day(one.checked_on), _lines(words))


def notice(file: HardshipFile, copy: Copy) -> list[Block]:
    """As the certificate says it, once there is one to give."""
    line = line_of(file)
    if line is None:
        return []
    shown = line.notice
    words = [
        ("公示工会", shown.unit.name),
        ("公示编号", f"{shown.number}（第 {line.position} 行）"),
        ("公示标题", shown.title),
        ("公示期", f"{write_day(shown.from_on)}至{write_day(shown.until_on)}"),
        ("公示内容", "，".join((line.shown_name, line.shown_unit, line.category))),
        ("结果", str(line.standing.label)),
    ]
    if line.cleared_on:
        proof: Any = CERTIFICATE.facts(line, copy)
        words += [
            ("公示方式", proof.place),
            ("公示工作日", str(proof.days)),
            ("异议", "；".join(proof.objections) or "无"),
            ("无异议日期", write_day(line.cleared_on)),
        ]
    return [Block(said=_lines(words))]


def recognised(file: HardshipFile) -> list[Block]:
    """The category with its reasons."""
    words = [
        ("困难类别", file.get_category_display()),
        ("类别与测算不同的理由", file.category_reason),
        ("审批日期", _day(file.approved_on)),
        ("建档日期", _day(file.filed_on)),
        ("有效期止", _day(file.expires_on)),
    ]
    told = rules.explanation(file.decision) if file.decision else ""
    return [Block(said=_lines(words), text=told)] if file.category or told else []


def granted(file: HardshipFile, reader: Actor) -> list[Block]:
    """What the household asked for and got, as far as the reader sees it."""
    people = [file.person, *(one.person for one in membership.current_members(file.household_id))]
    return [*_benefits(file, people, reader), *_grants(people, reader)]


def _benefits(file: HardshipFile, people: Sequence[Any], reader: Actor) -> list[Block]:
    rows = benefits.applications_visible_to(reader).filter(
        Q(person__in=people) | Q(household=file.household_id), decision__isnull=False
    )
    seen = rows.select_related("decision__edition").order_by("pk")
    return [_benefit(row) for row in seen if benefits.sees_sealed(reader, row)]


def _benefit(row: BenefitApplication) -> Block:
    decision: Any = row.decision
    words = [
        ("待遇项目", row.scheme.title),
        ("受益人", row.person.name),
        ("享受期间", row.period),
        ("状态", row.get_state_display()),
        ("金额", "" if decision.amount is None else formatted(decision.amount)),
    ]
    return Block(f"待遇核定 {row.number}", _lines(words), text=decisions.explanation_text(decision))


def _grants(people: Sequence[Any], reader: Actor) -> list[Block]:
    found: dict[int, Grant] = {}
    for person in people:
        found |= {grant.pk: grant for grant in benefits.history_visible_to(reader, person)}
    rows = [
        [one.number, one.scheme.title, one.person.name, formatted(one.amount), write_day(one.granted_on)]
        for one in sorted(found.values(), key=lambda one: (one.granted_on, one.pk))
    ]
    heads = ["救助编号", "待遇项目", "受益人", "金额", "批准日期"]
    return [Block("已批准的救助", heads=heads, rows=rows)] if rows else []


def aid_plans(file: HardshipFile, reader: Actor) -> list[Block]:
    return [block for plan in reversed(plans.plans_of(reader, file)) for block in _plan(plan, reader)]


def _plan(plan: AidPlan, reader: Actor) -> list[Block]:
    words = [
        ("状态", plan.get_state_display()),
        ("帮扶目标", plan.goal),
        (
            "结对人",
            "；".join(f"{one.cadre.name}（{one.get_role_display()}）" for one in pairings_of(plan.file)),
        ),
        ("家庭同意日期", _day(plan.agreed_on)),
        ("批准日期", _day(plan.approved_on)),
        ("办结", f"{_day(plan.concluded_on)} {plan.get_result_display()}".strip()),
    ]
    needs = [
        [one.get_kind_display(), one.get_intensity_display(), one.note] for one in plans.needs(reader, plan)
    ]
    measures = [
        [
            one.kind,
            one.detail,
            one.provider,
            one.period,
            formatted(one.amount) if one.amount else "",
            one.standing,
        ]
        for one in map(measure_of, plans.measures(reader, plan))
    ]
    heads = ["类别", "具体做法", "落实单位", "起止日期", "金额", "落实情况"]
    return [
        Block(plan.number, _lines(words)),
        Block("家庭需求", heads=["类别", "紧急程度", "说明"], rows=needs),
        Block("帮扶措施", heads=heads, rows=measures),
    ]


def calls(file: HardshipFile) -> list[Block]:
    """The calls of whoever looked after the household, the earliest first."""
    rows = [
        [
            write_day(one.visited_on),
            one.cadre.name,
            one.get_manner_display(),
            one.discussed,
            one.next_steps,
        ]
        for one in calls_on(file)
    ]
    return [Block(heads=["日期", "看望人", "方式", "谈了什么", "下一步"], rows=rows)] if rows else []


def incomes(file: HardshipFile, reader: Actor) -> list[Block]:
    rows = [
        [
            write_day(one.as_of),
            str(one.household_size),
            formatted(one.yearly_income_amount),
            formatted(one.monthly_amount),
            str(one.source),
        ]
        for one in track(file, found_about(file, reader))
    ]
    heads = ["截至日期", "共同生活人数", "家庭年收入", "人均月收入", "依据"]
    return [Block(heads=heads, rows=rows)] if rows else []


def papers(file: HardshipFile, reader: Actor, copy: Copy) -> list[Block]:
    """The list, then each picture on its page. Only in full: a mask that a photo gives away is none."""
    found = queries.papers_visible_to(reader, file)
    rows = [
        [str(number), one.get_kind_display(), one.stored.name, _moment(one.added_at), one.added_by.name]
        for number, one in enumerate(found, 1)
    ]
    heads = ["序号", "类别", "文件名", "添加时间", "添加人"]
    listed = [Block("材料目录", heads=heads, rows=rows)] if rows else []
    if not copy.in_full:
        return listed
    return listed + [_pictured(number, one) for number, one in enumerate(found, 1) if one.stored.is_image]


def _pictured(number: int, paper: Attachment) -> Block:
    title = f"{number}. {paper.get_kind_display()}"
    try:
        return Block(title, picture=Picture(*files.for_printing(paper.stored)))
    except files.Damaged as damage:
        return Block(title, text=str(damage))


def happened(file: HardshipFile) -> list[Block]:
    workflow = WORKFLOWS[workflow_of(file)]
    rows = [
        [_moment(one.at), action_label(workflow, one.action), one.actor, one.remark]
        for one in audit.happenings(file)
    ]
    return [Block(heads=["时间", "事项", "经办人", "说明"], rows=rows)]


def _lines(words: Any) -> list[Said]:
    return [Said(label, text) for label, text in words if text]


def _yes(truth: bool) -> str:
    return "是" if truth else "否"


def _day(day: Any) -> str:
    return write_day(day) if day else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
