"""The decision notice says the result, every step and until when one may appeal; whoever sees less cannot print it."""

import pytest

from niangjia.benefits.access import RECEIVER
from niangjia.benefits.kinds import State
from niangjia.benefits.papers import DECISION_NOTICE
from niangjia.benefits.workflow import application
from niangjia.kernel.documents import Copy, Form, print_out
from niangjia.kernel.errors import NotAllowed
from tests.benefits.people import Way
from tests.cast import Tree, who
from tests.printed import text_of_pdf, text_of_word

READ = {Form.PDF: text_of_pdf, Form.WORD: text_of_word}


@pytest.mark.parametrize("form", list(READ))
def test_the_notice_says_how_it_was_decided(tree: Tree, form: Form) -> None:
    way = Way(tree)
    row = application.find(way.to(State.GRANTED).public_id, way.worker)
    printed = print_out(DECISION_NOTICE, row, form, actor=way.worker, copy=Copy(in_full=True))
    text = READ[form](printed.content).replace("\n", "")
    for said in (row.number, "4,500.00", "肆仟伍佰元整", "自费部分：30000.01", row.person.id_number):
        assert said in text


def test_who_does_not_see_the_facts_does_not_print_them(tree: Tree) -> None:
    way = Way(tree)
    row = application.find(way.to(State.GRANTED).public_id, way.worker)
    with pytest.raises(NotAllowed):
        print_out(DECISION_NOTICE, row, Form.PDF, actor=who(RECEIVER, tree.city), copy=Copy())
