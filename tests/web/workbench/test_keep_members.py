"""The members' pages: found, enrolled, corrected, seen in full for a reason; strangers learn nothing."""

import io
import uuid
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.urls import reverse

from niangjia.assistance.access import REVIEWER
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member, Person
from niangjia.organisation.access import AUDITOR
from tests.cast import Tree, a_post, an_employer, who
from tests.families import DAY, Path, a_person, a_worker, an_id_number
from tests.questions import questions
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text

MEMBERS = "/members/"


@pytest.fixture
def clerk(tree: Tree, signed_in: SignedIn) -> Any:
    cache.clear()
    return signed_in(who(MEMBERSHIP_CLERK, tree.east))


def page_of(person: Person, name: str = "person", *more: str) -> str:
    return reverse(name, args=[person.public_id, *more])


def test_the_list_shows_members_of_the_subtree_with_masks(clerk: Any, tree: Tree) -> None:
    here, away = a_person(tree.willow, "柳青萍"), a_person(tree.spring, "沈望川")
    shown = text(clerk.get(MEMBERS))
    assert "柳青萍" in shown and away.name not in shown
    assert here.id_number not in shown and here.id_number[-4:] in shown
    assert here.phone not in shown and "1 人" in shown


def test_the_list_shows_who_stands_how(clerk: Any, tree: Tree) -> None:
    a_person(tree.willow, "柳青萍")
    kept, gone = a_person(tree.willow, "沈望川"), a_person(tree.willow, "苏晓禾")
    kept.memberships.update(state="retained", retained_on=DAY, reason="retired")
    gone.memberships.update(state="left", left_on=DAY, reason="resigned")
    for state, names in (
        ("", {"柳青萍", "沈望川"}),
        ("active", {"柳青萍"}),
        ("retained", {"沈望川"}),
        ("left", {"苏晓禾"}),
    ):
        shown = text(clerk.get(f"{MEMBERS}?state={state}"))
        assert {name for name in ("柳青萍", "沈望川", "苏晓禾") if name in shown} == names
        exported = clerk.post("/export/members/", {"state": state}).content
        page = openpyxl.load_workbook(io.BytesIO(exported)).worksheets[0]
        assert {row[0] for row in page.iter_rows(min_row=2, values_only=True)} == names
    assert clerk.get(f"{MEMBERS}?state=asleep").status_code == 422


def test_an_empty_list_teaches_how_members_get_there(clerk: Any) -> None:
    assert "由会员管理员在这里登记入会" in text(clerk.get(MEMBERS))
    assert "姓名从姓开始输入" in text(clerk.get(MEMBERS + "?q=zzz"))


def test_the_list_is_cut_down_by_address_to_one_union_and_leads_back_up(clerk: Any, tree: Tree) -> None:
    a_person(tree.mill, "柳青萍")
    a_person(tree.market, "沈望川")
    shown = clerk.get(f"{MEMBERS}?unit={tree.willow.number}")
    assert "柳青萍" in text(shown) and "沈望川" not in text(shown)
    assert f"?unit={tree.mill.number}" in shown.content.decode()
    assert clerk.get(f"{MEMBERS}?unit={tree.spring.number}").status_code == 404


def test_a_name_moves_into_the_address_but_a_number_never(clerk: Any, tree: Tree) -> None:
    person = a_person(tree.willow, "柳青萍")
    moved = clerk.post(MEMBERS, {"q": "liuqing", "unit": tree.willow.number})
    assert moved.headers["Location"] == f"{MEMBERS}?unit={tree.willow.number}&q=liuqing"
    assert "柳青萍" in text(clerk.get(moved.headers["Location"]))
    for number in (person.id_number, person.phone):
        found = clerk.post(MEMBERS, {"q": number})
        assert found.status_code == 200 and "柳青萍" in text(found)


def test_more_rows_follow_the_last_one_shown(clerk: Any, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.web.shell.keyset.page.__kwdefaults__", {"after": "", "size": 2})
    names = ["柳青萍", "沈望川", "林知秋"]
    for name in names:
        a_person(tree.willow, name)
    first = clerk.get(MEMBERS)
    after = first.context["page"].after
    rest = clerk.get(f"{MEMBERS}?after={after}", headers={"HX-Request": "true"})
    seen = [m.person.name for page in (first, rest) for m in page.context["page"].rows]
    assert seen == names


def test_the_list_asks_the_database_the_same_whatever_its_length(clerk: Any, tree: Tree) -> None:
    for _ in range(4):
        a_person(tree.willow, "柳青萍", employer=an_employer(tree.willow).uscc)
    for url in (MEMBERS, f"{MEMBERS}?q=liu", f"{MEMBERS}?unit={tree.willow.number}"):
        assert questions(clerk, url) <= 14


def test_the_clerk_enrols_somebody_once_however_often_it_is_sent(clerk: Any, tree: Tree) -> None:
    assert clerk.get(reverse("enrol")).status_code == 200
    given = {
        "name": "林知秋",
        "id_number": an_id_number(),
        "phone": "13900001234",
        "unit": f"{tree.mill.name} {tree.mill.number}",
        "joined_on": "2026-03-02",
        "key": str(uuid.uuid4()),
    }
    first, again = clerk.post(reverse("enrol"), given), clerk.post(reverse("enrol"), given)
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    member = Member.objects.get(person__name="林知秋")
    assert member.unit == tree.mill
    assert first.headers["Location"] == page_of(member.person)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("id_number", "99000119900101001", "应为 18 位"),
        ("phone", "12345", "手机号应为 1 开头的 11 位数字"),
        ("unit", "没有这个工会", "没有这个工会"),
        ("employer", "没有这个单位", "没有登记过这个单位"),
        ("joined_on", "去年", "日期"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_the_rest_stays(
    clerk: Any, tree: Tree, field: str, value: str, said: str
) -> None:
    given = {
        "name": "林知秋",
        "id_number": an_id_number(),
        "unit": tree.mill.number,
        "joined_on": "2026-03-02",
    }
    answer = send(clerk, reverse("enrol"), **{**given, field: value})
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert "林知秋" in answer.content.decode()
    assert not Member.objects.exists()


def test_somebody_who_is_a_member_already_is_refused_in_words(clerk: Any, tree: Tree) -> None:
    known = a_person(tree.spring)
    given = {
        "name": known.name,
        "id_number": known.id_number,
        "unit": tree.mill.number,
        "joined_on": "2026-03-02",
    }
    answer = send(clerk, reverse("enrol"), **given)
    assert answer.status_code == 409
    assert "已有会籍" in text(answer) and known.id_number in answer.content.decode()


def test_the_number_fills_in_birth_and_sex_and_shows_a_duplicate_at_once(clerk: Any, tree: Tree) -> None:
    check = reverse("identity_check")
    fresh = clerk.post(check, {"id_number": an_id_number(2)}).content.decode()
    assert "1980年5月17日" in fresh and "登记过" not in fresh and "登记为" not in fresh
    known = a_person(tree.willow, "柳青萍")
    shown = clerk.post(check, {"id_number": known.id_number}).content.decode()
    assert "柳青萍" in shown and page_of(known) in shown
    assert "只能是数字" in clerk.post(check, {"id_number": known.id_number[:17] + "?"}).content.decode()


def test_a_duplicate_elsewhere_is_answered_neutrally(clerk: Any, tree: Tree) -> None:
    away = a_person(tree.spring, "沈望川")
    shown = clerk.post(reverse("identity_check"), {"id_number": away.id_number}).content.decode()
    assert "可能已经登记过" in shown
    assert "沈望川" not in shown and tree.spring.name not in shown and str(away.public_id) not in shown


def test_asking_without_end_is_stopped(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("niangjia.web.shell.limits.MOST_IDENTITY_CHECKS", 3)
    answers = [
        clerk.post(reverse("identity_check"), {"id_number": an_id_number()}).status_code for _ in range(4)
    ]
    assert answers == [200, 200, 200, 429]


def test_the_person_s_page_shows_masks_memberships_and_what_happened(clerk: Any, tree: Tree) -> None:
    person = a_person(tree.mill, "柳青萍")
    shown = text(clerk.get(page_of(person)))
    assert person.id_number not in shown and person.phone not in shown
    assert "青禾纺织厂工会" in shown and "在会" in shown and "登记" in shown
    assert "没有这个人的记录" in shown


def test_elsewhere_is_shown_as_far_as_the_posts_reach(signed_in: SignedIn, tree: Tree) -> None:
    path = Path(tree)
    file = path.apply()
    members_only = signed_in(who(MEMBERSHIP_CLERK, tree.willow))
    assert file.number not in text(members_only.get(page_of(file.person)))
    both = a_post(MEMBERSHIP_CLERK, tree.willow).user
    a_post(REVIEWER, tree.willow, both)
    assert file.number in text(signed_in(Actor.of(both)).get(page_of(file.person)))


def test_a_name_is_corrected_and_the_phone_never_stands_in_the_form(clerk: Any, tree: Tree) -> None:
    person = a_person(tree.east, "柳青萍")
    url = page_of(person, "person_correct")
    assert person.phone not in clerk.get(url).content.decode()
    assert send(clerk, url, name="柳青苹", phone="").status_code == 302
    corrected = Person.objects.get(pk=person.pk)
    assert (corrected.name, corrected.phone) == ("柳青苹", person.phone)
    assert send(clerk, url, name="", phone="").status_code == 422


@pytest.mark.parametrize("field", ["id_number", "phone"])
def test_the_full_text_asks_a_reason_and_leaves_a_trace(clerk: Any, tree: Tree, field: str) -> None:
    person = a_person(tree.willow)
    url, secret = page_of(person, "person_reveal", field), getattr(person, field)
    assert secret not in clerk.get(url).content.decode()
    short = clerk.post(url, {"reason": "看"})
    assert short.status_code == 422 and secret not in short.content.decode()
    shown = clerk.post(url, {"reason": "电话核实住址"})
    assert secret in shown.content.decode() and shown.headers["Cache-Control"] == "no-store"
    assert [entry.action for entry in audit.history(person)].count("reveal") == 1


def test_a_reviewer_may_see_in_full_whose_file_they_handle_and_nobody_else(
    signed_in: SignedIn, tree: Tree
) -> None:
    path = Path(tree)
    file = path.apply()
    reviewer = signed_in(path.reviewer)
    there, back = (
        page_of(file.person, "person_reveal", "phone"),
        reverse("hardship_file", args=[file.public_id]),
    )
    assert f"{there}?file={file.number}" in reviewer.get(back).content.decode()
    assert back in reviewer.get(f"{there}?file={file.number}").content.decode()
    other = a_person(tree.willow)
    assert reviewer.get(page_of(other, "person_reveal", "phone")).status_code == 404


def test_a_household_is_formed_joined_and_left(clerk: Any, tree: Tree) -> None:
    head = a_person(tree.east, "柳青萍")
    assert send(clerk, page_of(head, "household_form"), address="枫林街道 12 号").status_code == 302
    spouse = {"name": "沈望川", "id_number": an_id_number(), "relation": "spouse"}
    assert send(clerk, page_of(head, "household_add"), **spouse).status_code == 302
    household = queries.current_household(head)
    assert household is not None
    assert [one.person.name for one in queries.current_members(household)] == ["柳青萍", "沈望川"]
    left = Person.objects.get(name="沈望川")
    assert "沈望川" in text(clerk.get(page_of(head)))
    assert clerk.post(page_of(left, "household_leave")).status_code == 302
    assert queries.current_household(left) is None
    assert clerk.post(page_of(left, "household_leave")).status_code == 404


def test_strangers_get_the_same_answer_as_for_nobody(clerk: Any, tree: Tree) -> None:
    away = a_person(tree.spring)
    for name in ("person", "person_correct", "household_form", "household_add"):
        assert clerk.get(page_of(away, name)).status_code == 404, name
        assert clerk.get(reverse(name, args=[uuid.uuid4()])).status_code == 404, name
    assert clerk.post(page_of(away, "household_leave")).status_code == 404


def test_other_duties_and_workers_are_told_whom_to_ask(signed_in: SignedIn, tree: Tree) -> None:
    person = a_person(tree.willow)
    for actor in (who(AUDITOR, tree.city), a_worker(tree.willow)):
        client = signed_in(actor)
        for url in (MEMBERS, reverse("enrol"), page_of(person)):
            refused = client.get(url)
            assert refused.status_code == 403, url
            assert "请联系本单位的组织管理员" in text(refused)
