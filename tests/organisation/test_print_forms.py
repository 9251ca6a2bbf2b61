"""The reply that founds a union, and the sheet with its code."""

from datetime import date

import pytest

from niangjia.kernel import clock
from niangjia.kernel.documents import Copy, Form, print_out, reprint
from niangjia.kernel.errors import NotAllowed
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.papers import FOUNDING_REPLY, JOINING_SHEET, reply_to
from niangjia.organisation.papers.founding import Elected
from tests.cast import Tree, who
from tests.printed import text_of_pdf, text_of_word

pytestmark = pytest.mark.django_db

ELECTED = Elected(
    date(2026, 2, 26), "沈望川", ["沈望川", "林知秋", "许安然"], ["林知秋"], ["许安然"], ["叶听澜"]
)


def test_the_reply_bears_the_number_of_the_union_above(tree: Tree) -> None:
    administrator = who(ADMINISTRATOR, tree.willow)
    with clock.at(date(2026, 3, 2)):
        made = reply_to(tree.mill, actor=administrator, addressee="筹备组", elected=ELECTED)
        assert (made.unit, made.text) == (tree.willow, "组〔2026〕1号")
        for form, read in ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word)):
            text = read(reprint(made, form, actor=administrator).content)
            for said in (
                "关于同意成立青禾纺织厂工会的批复",
                "由3人组成：沈望川、林知秋、许安然",
                "副主席林知秋",
                made.text,
            ):
                assert said in text
            assert "四、本届委员会任期5年，自2026年2月26日起计算" in text


def test_without_auditors_the_points_are_counted_on(tree: Tree) -> None:
    few = Elected(date(2026, 2, 26), "沈望川", ["沈望川"])
    made = reply_to(tree.mill, actor=who(ADMINISTRATOR, tree.willow), addressee="筹备组", elected=few)
    for form, read in ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word)):
        text = read(reprint(made, form, actor=who(ADMINISTRATOR, tree.willow)).content)
        assert "三、本届委员会" in text
        assert "经费审查" not in text


def test_a_union_does_not_approve_itself(tree: Tree) -> None:
    with pytest.raises(NotAllowed, match="建会批复"):
        reply_to(tree.mill, actor=who(ADMINISTRATOR, tree.mill), addressee="筹备组", elected=ELECTED)
    assert FOUNDING_REPLY.form is None


def test_the_sheet_leads_to_the_unions_own_address(tree: Tree) -> None:
    administrator = who(ADMINISTRATOR, tree.willow)
    copy = Copy(site="https://gonghui.example.cn")
    for form, read in ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word)):
        text = read(print_out(JOINING_SHEET, tree.mill, form, actor=administrator, copy=copy).content)
        assert "青禾纺织厂工会" in text
        assert f"https://gonghui.example.cn/join/{tree.mill.number}/" in text
