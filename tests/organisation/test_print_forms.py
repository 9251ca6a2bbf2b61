"""The reply that founds a union, and the sheet with its code."""

import dataclasses
from typing import Any

import pytest

from niangjia.kernel import audit, clock
from niangjia.kernel.documents import (
    Copy,
    Form,
    issue,
    issued_about,
    issued_document,
    pdf,
    print_out,
    reprint,
    word,
)
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.numbering import IssueNumber
from niangjia.organisation import actions
from niangjia.organisation.access import ADMINISTRATOR, BUILDING_APPROVER
from niangjia.organisation.building import workflow
from niangjia.organisation.building.kinds import State
from niangjia.organisation.models import UnionBuilding
from niangjia.organisation.papers import FOUNDING_REPLY, JOINING_SHEET
from tests.building import DAY, Path
from tests.cast import Tree, who
from tests.printed import text_of_pdf, text_of_word

pytestmark = pytest.mark.django_db

BOTH: Any = ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word))


def ratified(tree: Tree) -> UnionBuilding:
    with clock.at(DAY):
        return Path(tree).to(State.RATIFIED)


def facts_of(case: UnionBuilding, **changed: Any) -> Any:
    made = FOUNDING_REPLY.facts(case, IssueNumber(2026, 1, "工复〔2026〕1号"), None)
    return dataclasses.replace(made, **changed)  # type: ignore[type-var]


def test_ratifying_issues_the_reply_under_the_next_number(tree: Tree) -> None:
    case = ratified(tree)
    [made] = issued_about(case)
    assert (made.text, made.unit, case.approval_number) == ("工复〔2026〕1号", tree.willow, made.text)
    approver = who(BUILDING_APPROVER, tree.east)
    for form, read in BOTH:
        text = read(reprint(made, form, actor=approver).content)
        for said in (
            "关于同意成立新禾制造厂工会的批复",
            "一、同意成立新禾制造厂工会。",
            "二、同意2026年3月2日会员大会选举结果。",
            "第一届委员会由2人组成：苏晓禾、程远舟；主席苏晓禾",
            "三、同意经费审查委员会由柳青萍组成。",
            "四、本届任期5年，自2026年3月2日起计算",
            made.text,
        ):
            assert said in text, form


def test_the_reply_bears_the_unions_own_mark_once_it_has_one(tree: Tree) -> None:
    actions.mark_union(tree.willow, actor=who(ADMINISTRATOR, tree.province), document_mark="柳工")
    assert [ratified(tree).approval_number, ratified(tree).approval_number] == [
        "柳工复〔2026〕1号",
        "柳工复〔2026〕2号",
    ]


def test_a_refused_ratification_takes_no_number(tree: Tree) -> None:
    with clock.at(DAY):
        way = Path(tree)
        case = way.to(State.ELECTED)
        with pytest.raises(NotAllowed):
            way.step(workflow.ratify, case, way.organiser)
        assert issued_about(case) == []
        case.refresh_from_db()
        assert way.step(workflow.ratify, case, way.approver).approval_number == "工复〔2026〕1号"


def test_points_that_do_not_apply_leave_no_hole(tree: Tree) -> None:
    case = ratified(tree)
    few = facts_of(case, auditors=[], women=["林知秋"], chair="", members=[], organiser="叶听澜")
    for text in (text_of_pdf(pdf(FOUNDING_REPLY.typst, few)), text_of_word(word(FOUNDING_REPLY.word, few))):
        assert "二、同意2026年3月2日会员大会推选结果，由叶听澜任组织员，暂不设委员会。" in text
        assert "三、同意女职工委员会由林知秋组成。" in text
        assert "四、本届任期" in text
        assert "经费审查" not in text


def test_only_who_may_approve_issues_and_a_stranger_does_not_find_it(tree: Tree) -> None:
    case = ratified(tree)
    with pytest.raises(NotAllowed, match="建会批复"):
        issue(FOUNDING_REPLY, case, actor=who(BUILDING_APPROVER, tree.west))
    [made] = issued_about(case)
    with pytest.raises(Missing):
        issued_document(made.public_id, who(BUILDING_APPROVER, tree.west))
    assert FOUNDING_REPLY.form is None
    last = audit.history(case).last()
    assert last is not None and last.action == "ratify"


def test_the_sheet_leads_to_the_unions_own_address(tree: Tree) -> None:
    administrator = who(ADMINISTRATOR, tree.willow)
    copy = Copy(site="https://gonghui.example.cn")
    for form, read in BOTH:
        text = read(print_out(JOINING_SHEET, tree.mill, form, actor=administrator, copy=copy).content)
        assert "青禾纺织厂工会" in text
        assert f"https://gonghui.example.cn/join/{tree.mill.number}/" in text
