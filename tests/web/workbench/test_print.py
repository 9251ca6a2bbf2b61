"""Printing and issuing from the pages: masked by a link, in full by a reason, the worker's own from the phone."""

import re
from typing import Any

import pytest
from django.urls import reverse

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER
from niangjia.kernel import audit
from niangjia.kernel.documents import IssuedDocument
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from niangjia.organisation.access import ADMINISTRATOR
from tests.cast import Tree, who
from tests.families import Path, a_person, a_worker
from tests.printed import text_of_pdf, text_of_word
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text

pytestmark = pytest.mark.django_db


def saved(response: Any) -> str:
    """The name under which a browser saves what it got."""
    return re.sub(r".*UTF-8''", "", response["Content-Disposition"])


def test_a_files_page_leads_to_its_forms(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    page = clerk.get(reverse("hardship_file", args=[file.public_id])).content.decode()
    for name in ("hardship-application", "home-visit", "hardship-dossier"):
        there = reverse("print_page", args=[name, file.public_id])
        assert there in page
        assert "掩码版" in text(clerk.get(there))


def test_the_masked_copy_is_a_link_and_leaves_no_trace(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    for suffix, read in (("pdf", text_of_pdf), ("docx", text_of_word)):
        copy = clerk.get(reverse("print_copy", args=["hardship-application", file.public_id, suffix]))
        assert copy.status_code == 200
        assert file.person.id_number not in read(copy.content)
        assert file.number in read(copy.content)
        assert copy["Cache-Control"] == "private, no-store"
        assert copy["Content-Disposition"].startswith("inline" if suffix == "pdf" else "attachment")
    assert not audit.history(file).filter(action="print").exists()


def test_the_full_copy_asks_a_reason_and_keeps_it(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    there = reverse("print_page", args=["hardship-application", file.public_id])
    refused = clerk.post(there, {"reason": "看看", "form": "pdf"})
    assert refused.status_code == 422
    assert "至少 4 个字" in text(refused)
    made = clerk.post(there, {"reason": "存入纸质档案", "form": "docx"})
    assert made["Content-Type"].endswith("wordprocessingml.document")
    assert file.person.id_number in text_of_word(made.content)
    assert "困难职工申请表：存入纸质档案" in text(clerk.get(reverse("hardship_file", args=[file.public_id])))


def test_an_unknown_form_or_format_is_not_found(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    assert clerk.get(reverse("print_page", args=["payroll", file.public_id])).status_code == 404
    there = reverse("print_copy", args=["hardship-application", file.public_id, "exe"])
    assert clerk.get(there).status_code == 404
    page = reverse("print_page", args=["hardship-application", file.public_id])
    assert clerk.post(page, {"reason": "存入纸质档案", "form": "exe"}).status_code == 404


def test_strangers_find_no_form(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    for stranger in (who(REVIEWER, tree.spring), a_worker(tree.willow)):
        client = signed_in(stranger)
        for name in ("print_page", "print_copy"):
            more = ["pdf"] if name == "print_copy" else []
            there = reverse(name, args=["hardship-application", file.public_id, *more])
            assert client.get(there).status_code == 404


def test_a_worker_prints_their_own_from_the_phone(tree: Tree, signed_in: SignedIn) -> None:
    way = Path(tree)
    file = way.apply()
    phone = signed_in(way.worker)
    there = reverse("print_copy", args=["hardship-application", file.public_id, "pdf"])
    assert there in phone.get(reverse("portal_matter", args=[file.public_id])).content.decode()
    assert file.person.id_number in text_of_pdf(phone.get(there).content)
    assert "home-visit" not in phone.get(reverse("portal_matter", args=[file.public_id])).content.decode()
    joining = reverse("print_copy", args=["joining", file.person.public_id, "pdf"])
    assert joining in phone.get(reverse("portal_me")).content.decode()
    assert file.person.phone in text_of_pdf(phone.get(joining).content)


def test_the_dossier_is_offered_as_pdf_alone(tree: Tree, signed_in: SignedIn) -> None:
    way = Path(tree)
    file = way.apply()
    clerk, phone = signed_in(way.clerk), signed_in(way.worker)
    page = reverse("print_page", args=["hardship-dossier", file.public_id])
    pdf, word = (
        reverse("print_copy", args=["hardship-dossier", file.public_id, one]) for one in ("pdf", "docx")
    )
    for offer in (
        clerk.get(page).content.decode(),
        phone.get(reverse("portal_matter", args=[file.public_id])).content.decode(),
    ):
        assert pdf in offer
        assert word not in offer
        assert 'value="docx"' not in offer
    assert file.person.id_number not in text_of_pdf(phone.get(pdf).content)
    assert phone.get(word).status_code == 404
    full = clerk.post(page, {"reason": "存入纸质档案", "form": "pdf"})
    assert file.person.id_number in text_of_pdf(full.content)
    assert clerk.post(page, {"reason": "存入纸质档案", "form": "docx"}).status_code == 404


def test_a_certificate_is_issued_once_shown_and_voided(tree: Tree, signed_in: SignedIn) -> None:
    member = Member.objects.get(person=a_person(tree.mill, "柳青萍"))
    clerk = signed_in(who(MEMBERSHIP_CLERK, tree.mill))
    there = reverse("issue", args=["member-certificate", member.public_id])
    assert there in clerk.get(reverse("member", args=[member.public_id])).content.decode()
    wrong = send(clerk, there, addressee="", purpose="")
    assert wrong.status_code == 422
    given = {"key": "one-certificate-0001", "addressee": "", "purpose": "参加职工运动会"}
    first, second = clerk.post(there, given), clerk.post(there, given)
    assert first.url == second.url
    made = IssuedDocument.objects.get()
    assert "证〔2026〕1号" in text(clerk.get(first.url))
    copy = clerk.get(reverse("issued_copy", args=[made.public_id, "pdf"]))
    assert member.person.id_number in text_of_pdf(copy.content)
    voiding = reverse("issued_void", args=[made.public_id])
    assert send(clerk, voiding, reason="姓名写错").url == first.url
    assert "已经作废" in text(clerk.get(first.url))
    assert clerk.get(reverse("issued_copy", args=[made.public_id, "pdf"])).status_code == 409


def test_a_colleague_above_gives_a_reason_for_an_issued_letter(tree: Tree, signed_in: SignedIn) -> None:
    member = Member.objects.get(person=a_person(tree.mill, "柳青萍"))
    clerk = signed_in(who(MEMBERSHIP_CLERK, tree.mill))
    page = send(
        clerk, reverse("issue", args=["member-certificate", member.public_id]), purpose="职工运动会"
    ).url
    above = signed_in(who(MEMBERSHIP_CLERK, tree.city))
    made = IssuedDocument.objects.get()
    assert above.get(reverse("issued_copy", args=[made.public_id, "pdf"])).url == page
    assert "打印事由" in text(above.get(page))
    assert above.post(page, {"reason": "", "form": "pdf"}).status_code == 422
    assert above.post(page, {"reason": "原件遗失补印", "form": "pdf"})["Content-Type"] == "application/pdf"
    assert signed_in(who(MEMBERSHIP_CLERK, tree.spring)).get(page).status_code == 404


def test_a_union_gets_its_mark_and_its_sheet(tree: Tree, signed_in: SignedIn) -> None:
    administrator = signed_in(who(ADMINISTRATOR, tree.willow))
    union = reverse("union", args=[tree.mill.public_id])
    mark = reverse("union_mark", args=[tree.mill.public_id])
    assert "汉字" in text(send(administrator, mark, document_mark="QH-1"))
    assert send(administrator, mark, document_mark="禾工").url == union
    assert "禾工" in text(administrator.get(union))
    sheet = administrator.get(reverse("print_copy", args=["joining-sheet", tree.mill.public_id, "pdf"]))
    assert f"http://testserver/join/{tree.mill.number}/" in text_of_pdf(sheet.content)


def test_the_pages_speak_english_and_the_forms_stay_chinese(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    clerk.cookies["django_language"] = "en"
    there = reverse("print_page", args=["hardship-application", file.public_id])
    page = text(clerk.get(there))
    assert "Reason for printing" in page
    assert not re.search("[\u4e00-\u9fff]", page.replace(file.person.name, "").replace(str(file), ""))
    made = clerk.post(there, {"reason": "for the paper file", "form": "pdf"})
    form = text_of_pdf(made.content)
    assert "困难职工申请表" in form
    assert f"性别{(file.person.sex == 'male' and '男') or '女'}" in form
    assert audit.history(file).get(action="print").remark.text == "困难职工申请表：for the paper file"
