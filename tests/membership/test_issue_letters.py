"""Letters about a membership: numbered without gaps, kept as they were said, voided but never changed."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import (
    Copy,
    Form,
    IssuedDocument,
    issue,
    issued_document,
    print_out,
    reprint,
    void,
)
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused
from niangjia.membership import actions
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from niangjia.membership.papers import CERTIFICATE, JOINING, TRANSFER
from niangjia.organisation import actions as organisation
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, a_post, a_user, who
from tests.families import a_person
from tests.printed import pages_of, text_of_pdf, text_of_word

pytestmark = pytest.mark.django_db

ASKED: dict[str, Any] = {"addressee": "东桥区图书馆", "purpose": "参加职工运动会"}
TRANSFER_ASKED: dict[str, Any] = {
    "to_union": "",
    "reason": "工作单位变动",
    "dues_paid_until": date(2026, 10, 31),
    "valid_days": 90,
    "from_phone": "",
}


@pytest.fixture
def member(tree: Tree) -> Member:
    return Member.objects.get(person=a_person(tree.mill, "柳青萍"))


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(MEMBERSHIP_CLERK, tree.mill)


def test_numbers_run_by_union_kind_and_year(tree: Tree, member: Member, clerk: Actor) -> None:
    organisation.mark_union(tree.mill, actor=who(ADMINISTRATOR, tree.province), document_mark="禾工")
    member.refresh_from_db()
    with clock.at(date(2026, 12, 31)):
        numbers = [issue(CERTIFICATE, member, actor=clerk, **ASKED).text for _ in range(2)]
        letter = issue(TRANSFER, member, actor=clerk, **TRANSFER_ASKED)
    with clock.at(date(2027, 1, 1)):
        numbers.append(issue(CERTIFICATE, member, actor=clerk, **ASKED).text)
    assert numbers == ["禾工证〔2026〕1号", "禾工证〔2026〕2号", "禾工证〔2027〕1号"]
    assert letter.text == "禾工介〔2026〕1号"
    elsewhere = Member.objects.get(person=a_person(tree.market))
    other = issue(CERTIFICATE, elsewhere, actor=who(MEMBERSHIP_CLERK, tree.market), **ASKED)
    assert (other.number, other.text.endswith("〕1号")) == (1, True)


def test_the_certificate_says_who_and_since_when(member: Member, clerk: Actor) -> None:
    made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    for form, read in ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word)):
        text = read(reprint(made, form, actor=clerk).content)
        for said in (
            "柳青萍",
            member.person.id_number,
            member.number,
            made.text,
            "东桥区图书馆",
            "参加职工运动会",
        ):
            assert said in text, form
        assert "2020年1月6日加入工会" in text


def test_the_transfer_letter_has_three_parts_on_one_page(member: Member, clerk: Actor) -> None:
    made = issue(TRANSFER, member, actor=clerk, **TRANSFER_ASKED)
    content = reprint(made, Form.PDF, actor=clerk).content
    text = text_of_pdf(content)
    assert pages_of(content) == 1
    assert text.count(made.text) == 3
    for part in ("（存根）", "（介绍信）", "（回执）", "会费交至2026年10月31日"):
        assert part in text


def test_what_was_issued_stays_as_it_was_said(member: Member, clerk: Actor) -> None:
    made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    actions.correct(member.person, actor=clerk, name="柳青", phone=member.person.phone)
    again = IssuedDocument.objects.get(pk=made.pk)
    assert "柳青萍" in text_of_pdf(reprint(again, Form.PDF, actor=clerk).content)


def test_the_facts_lie_sealed(member: Member, clerk: Actor) -> None:
    made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM kernel_issueddocument WHERE id = %s", [made.pk])
        [held] = cursor.fetchone()
    assert "柳青萍".encode() not in bytes(held)
    assert json.loads(IssuedDocument.objects.get(pk=made.pk).facts)["name"] == "柳青萍"
    entry = audit.history(member).get(action="issue_document")
    assert entry.remark.text == f"会员证明 {made.text}"


def test_only_the_unions_clerk_issues_and_never_about_themselves(tree: Tree, member: Member) -> None:
    with pytest.raises(NotAllowed, match="不能开具"):
        issue(CERTIFICATE, member, actor=who(MEMBERSHIP_CLERK, tree.market), **ASKED)
    own = actions.open_account(member.person, actor=who(MEMBERSHIP_CLERK, tree.mill))
    a_post(MEMBERSHIP_CLERK, tree.mill, own)
    member.person.refresh_from_db()
    with pytest.raises(NotAllowed, match="不能给自己"):
        issue(CERTIFICATE, member, actor=Actor.of(own), **ASKED)
    assert not IssuedDocument.objects.exists()


def test_a_refused_letter_takes_no_number(member: Member, clerk: Actor) -> None:
    member.left_on = date(2026, 1, 1)
    with pytest.raises(Refused, match="已经离会"):
        issue(CERTIFICATE, member, actor=clerk, **ASKED)
    member.left_on = None
    assert issue(CERTIFICATE, member, actor=clerk, **ASKED).number == 1


def test_another_day_or_another_clerk_gives_a_reason(tree: Tree, member: Member, clerk: Actor) -> None:
    with clock.at(date(2026, 3, 2)):
        made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    with clock.at(date(2026, 3, 3)), pytest.raises(Invalid, match="至少 4 个字"):
        reprint(made, Form.PDF, actor=clerk)
    with clock.at(date(2026, 3, 2)):
        above = who(MEMBERSHIP_CLERK, tree.city)
        with pytest.raises(Invalid, match="至少 4 个字"):
            reprint(made, Form.PDF, actor=above)
        assert reprint(made, Form.PDF, actor=above, reason="原件遗失补印").content
    entry = audit.history(member).get(action="print")
    assert (entry.actor, entry.remark.text) == (above.user, f"会员证明 {made.text}：原件遗失补印")


def test_a_voided_letter_is_printed_no_more_and_its_number_is_not_used_again(
    member: Member, clerk: Actor
) -> None:
    made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    void(made, actor=clerk, reason="姓名写错")
    with pytest.raises(Refused, match="已经作废"):
        reprint(made, Form.PDF, actor=clerk)
    with pytest.raises(Refused, match="不用再办"):
        void(made, actor=clerk, reason="姓名写错")
    assert issue(CERTIFICATE, member, actor=clerk, **ASKED).number == 2
    assert audit.history(member).get(action="void_document").remark.text == f"{made.text}：姓名写错"


def test_a_stranger_does_not_find_the_letter(tree: Tree, member: Member, clerk: Actor) -> None:
    made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    for stranger in (Actor(a_user()), who(MEMBERSHIP_CLERK, tree.spring)):
        with pytest.raises(Missing):
            issued_document(made.public_id, stranger)


def test_the_worker_prints_their_own_forms_in_full(member: Member, clerk: Actor) -> None:
    worker = Actor.of(actions.open_account(member.person, actor=clerk))
    made = issue(CERTIFICATE, member, actor=clerk, **ASKED)
    document, _letter, _row = issued_document(made.public_id, worker)
    assert reprint(document, Form.PDF, actor=worker).content
    person = JOINING.find(member.person.public_id, worker)
    for form, read in ((Form.PDF, text_of_pdf), (Form.WORD, text_of_word)):
        content = print_out(JOINING, person, form, actor=worker, copy=Copy()).content
        text = read(content)
        for said in ("入会申请书", "工会会员登记表", person.id_number, person.phone, member.number):
            assert said in text
    assert not audit.history(person).filter(action="print").exists()


def test_the_application_and_the_register_are_two_numbered_pages(member: Member, clerk: Actor) -> None:
    content = print_out(JOINING, member.person, Form.PDF, actor=clerk, copy=Copy()).content
    assert pages_of(content) == 2
    assert "第1页共2页" in text_of_pdf(content)
    assert member.person.id_number not in text_of_pdf(content)
