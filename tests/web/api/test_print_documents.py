"""Official forms over the API: the same rules as on the pages."""

from typing import Any

import pytest

from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from tests.cast import Tree, who
from tests.families import Path, a_person
from tests.printed import text_of_pdf, text_of_word
from tests.web.api.conftest import ROOT, Calling

pytestmark = pytest.mark.django_db

FORM = f"{ROOT}/documents/hardship-application/"
LETTER = f"{ROOT}/letters/member-certificate/"


def test_the_kinds_are_listed(path: Path, calling: Calling) -> None:
    found = {one["name"]: one for one in calling(path.clerk).get(f"{ROOT}/documents/").json()}
    assert found["hardship-application"]["about"] == "assistance.hardshipfile"
    assert (found["hardship-application"]["is_numbered"], found["transfer-letter"]["is_numbered"]) == (
        False,
        True,
    )


def test_a_form_is_printed_masked_and_for_a_reason_in_full(path: Path, calling: Any) -> None:
    file = path.apply()
    caller = calling(path.clerk)
    masked = caller.send(f"{FORM}{file.public_id}/", {"form": "pdf"})
    assert masked["Content-Type"] == "application/pdf"
    assert file.person.id_number not in text_of_pdf(masked.content)
    full = caller.send(f"{FORM}{file.public_id}/", {"form": "docx", "reason": "存入纸质档案"})
    assert file.person.id_number in text_of_word(full.content)
    short = caller.send(f"{FORM}{file.public_id}/", {"form": "pdf", "reason": "看"})
    assert (short.status_code, set(short.json()["problems"])) == (422, {"reason"})
    assert caller.send(f"{FORM}{file.public_id}/", {"form": "exe"}).status_code == 422


def test_a_stranger_prints_nothing(path: Path, calling: Any, tree: Tree) -> None:
    file = path.apply()
    stranger = calling(Path(tree, tree.quarry).reviewer)
    assert stranger.send(f"{FORM}{file.public_id}/", {"form": "pdf"}).status_code == 404


def test_a_letter_is_issued_once_printed_and_voided(calling: Any, tree: Tree) -> None:
    member = Member.objects.get(person=a_person(tree.mill))
    caller = calling(who(MEMBERSHIP_CLERK, tree.mill))
    asked = {"purpose": "参加职工运动会"}
    first = caller.send(f"{LETTER}{member.public_id}/", asked, Idempotency_Key="one-letter-0001")
    again = caller.send(f"{LETTER}{member.public_id}/", asked, Idempotency_Key="one-letter-0001")
    assert first.json()["id"] == again.json()["id"]
    assert first.json()["number"] == "证〔2026〕1号"
    there = f"{ROOT}/issued-documents/{first.json()['id']}/"
    assert member.person.id_number in text_of_pdf(caller.send(f"{there}print/", {"form": "pdf"}).content)
    assert caller.send(f"{there}void/", {"reason": "姓名写错"}).json()["is_void"] is True
    assert caller.get(there).json()["is_void"] is True
    assert caller.send(f"{there}print/", {"form": "pdf"}).status_code == 409
    assert calling(who(MEMBERSHIP_CLERK, tree.spring)).get(there).status_code == 404


def test_what_a_letter_asks_is_checked(calling: Any, tree: Tree) -> None:
    member = Member.objects.get(person=a_person(tree.mill))
    caller = calling(who(MEMBERSHIP_CLERK, tree.mill))
    answer = caller.send(f"{LETTER}{member.public_id}/", {})
    assert (answer.status_code, set(answer.json()["problems"])) == (422, {"purpose"})
    elsewhere = calling(who(MEMBERSHIP_CLERK, tree.market))
    assert elsewhere.send(f"{LETTER}{member.public_id}/", {"purpose": "参加职工运动会"}).status_code == 404
