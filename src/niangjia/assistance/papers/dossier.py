"""一户一档: the whole file of a household as one PDF, with a cover and an index, to lie beside the bound paper."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy

from niangjia.assistance.models import HardshipFile
from niangjia.assistance.papers import dossier_parts as parts
from niangjia.assistance.papers.dossier_parts import Block
from niangjia.assistance.papers.hardship import FOLDER, find_file
from niangjia.assistance.queries import works_on
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Template

# 湖南: a hardship file is kept in three parts.
ORIGINAL, MONEY, DAILY = "原始档案", "财务档案", "日常帮扶档案"
KEPT = "由工会留存，不印入本人的一份。"


@dataclass(frozen=True)
class Part:
    """`book`: in which of the three it lies; `absence` is said where there is nothing to print."""

    book: str
    title: str
    blocks: list[Block]
    absence: str


@dataclass(frozen=True)
class DossierFacts:
    unit: str
    number: str
    name: str
    family: str
    category: str
    state: str
    applied_on: date
    filed_on: date | None
    shelf_mark: str
    page_count: int | None
    kind: str
    printed_on: date
    parts: list[Part]


def dossier_facts(file: HardshipFile, copy: Copy) -> DossierFacts:
    reader = copy.reader
    if reader is None:
        raise TypeError("what a dossier says depends on who reads it")
    # The family knows its own numbers; what it carries about is better without them.
    copy = replace(copy, in_full=copy.in_full and not copy.is_own)
    return DossierFacts(
        unit=file.unit.name,
        number=file.number,
        name=file.person.name,
        family=f"{file.person.name}家，共 {file.household_size} 人",
        category=file.get_category_display(),
        state=file.get_state_display(),
        applied_on=file.applied_on,
        filed_on=file.filed_on,
        shelf_mark=file.shelf_mark,
        page_count=file.page_count,
        kind="完整版" if copy.in_full else "掩码版",
        printed_on=clock.today(),
        parts=_parts(file, reader, copy),
    )


def _parts(file: HardshipFile, reader: Actor, copy: Copy) -> list[Part]:
    nothing = "没有记录。"
    # What was found at home and what the office answered is the union's to show.
    inner = KEPT if copy.is_own else nothing
    return [
        Part(ORIGINAL, "申请和家庭情况", parts.application(file, reader, copy), nothing),
        Part(ORIGINAL, "入户核查", [] if copy.is_own else parts.visits(file), inner),
        Part(ORIGINAL, "家庭经济状况核对", [] if copy.is_own else parts.checks(file), inner),
        Part(ORIGINAL, "公示", parts.notice(file, copy), nothing),
        Part(ORIGINAL, "困难类别认定", parts.recognised(file), nothing),
        Part(ORIGINAL, "材料", parts.papers(file, reader, copy), nothing),
        Part(ORIGINAL, "办理经过", parts.happened(file), nothing),
        Part(MONEY, "待遇核定和救助", parts.granted(file, reader), nothing),
        Part(DAILY, "帮扶方案（一户一策）", parts.aid_plans(file, reader), nothing),
        Part(DAILY, "结对看望", [] if copy.is_own else parts.calls(file), inner),
        Part(DAILY, "收入变化", parts.incomes(file, reader), nothing),
    ]


DOSSIER = Template(
    name="hardship-dossier",
    label=gettext_lazy("一户一档"),
    folder=FOLDER,
    model=HardshipFile,
    find=find_file,
    facts=dossier_facts,
    may_print=works_on,
    subject=lambda file: file.person.user_id,
    has_word=False,
)
