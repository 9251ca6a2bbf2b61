"""Parameters, holidays, the audit trail, the search box and one's own account."""

from typing import Any

import pytest
from django.urls import reverse

from niangjia.assistance.access import REVIEWER
from niangjia.kernel import calendar, clock, triggers
from niangjia.kernel.access import Actor
from niangjia.kernel.audit import AuditEntry, anchors
from niangjia.kernel.jobs import Progress, job
from niangjia.kernel.jobs.models import Job
from niangjia.kernel.tokens import ApiToken, user_of
from niangjia.membership import queries as membership
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ADMINISTRATOR, AUDITOR, PARAMETER_KEEPER
from niangjia.organisation.models import ParameterValue
from tests.cast import Tree, a_post, an_employer, who
from tests.families import Path, a_person, a_worker
from tests.questions import questions
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text

NAME = "organisation.delegation_days"


@job(label="年度对账", name="tests.desk_work")
def desk_work(progress: Progress) -> None:
    """Something to wait for."""


@pytest.fixture
def keeper(tree: Tree, signed_in: SignedIn) -> Any:
    return signed_in(who(PARAMETER_KEEPER, tree.province))


@pytest.fixture
def auditor(tree: Tree, signed_in: SignedIn) -> Any:
    return signed_in(who(AUDITOR, tree.province))


# Parameters


def test_a_parameter_is_set_for_a_region_and_used_there(keeper: Any, tree: Tree) -> None:
    assert "代办最长天数" in text(keeper.get("/parameters/"))
    given = {"value": "10", "valid_from": "2026-03-02", "source": "试行通知", "evidence": "document"}
    url = f"/parameters/{NAME}/set/"
    assert keeper.get(url).status_code == 200
    assert send(keeper, url, region=tree.east.region.code, **given).status_code == 302
    shown = text(keeper.get(f"/parameters/{NAME}/"))
    assert "东桥区" in shown and "10 日" in shown and "试行通知" in shown
    twice = send(keeper, url, region=tree.east.region.code, **given)
    assert twice.status_code == 422 and "已经设定" in text(twice)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("value", "很多", "整数"), ("value", "0", "1 与 366 之间"), ("source", "", "")],
)
def test_a_wrong_value_is_refused_beside_its_field(
    keeper: Any, tree: Tree, field: str, value: str, said: str
) -> None:
    given = {"value": "10", "valid_from": "2026-03-02", "source": "试行通知", "evidence": "document"}
    answer = send(keeper, f"/parameters/{NAME}/set/", **{**given, field: value})
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors[field])
    assert not ParameterValue.objects.exists()


def test_others_read_parameters_but_do_not_set_them(signed_in: SignedIn, tree: Tree) -> None:
    client = signed_in(who(ADMINISTRATOR, tree.east))
    assert "设定新数值" not in text(client.get(f"/parameters/{NAME}/"))
    given = {"value": "10", "valid_from": "2026-03-02", "source": "试行通知", "evidence": "document"}
    assert send(client, f"/parameters/{NAME}/set/", **given).status_code == 403
    assert client.get("/parameters/nothing.like_it/").status_code == 404


# Holidays


def test_a_year_is_pasted_in_and_counted_with(keeper: Any, tree: Tree) -> None:
    assert "还没有录入任何年度" in text(keeper.get("/holidays/"))
    days = "2027-01-01 休 元旦\n2月6日至2月12日 休 春节\n2月14日 班 春节调休"
    answer = send(keeper, "/holidays/2027/set/", source="国务院办公厅通知", days=days)
    assert answer.headers["Location"] == "/holidays/2027/"
    shown = text(keeper.get("/holidays/2027/"))
    assert "春节调休" in shown and "不完整" in shown
    calendar.forget()
    assert not calendar.is_working_day(clock.today().replace(year=2027, month=2, day=8))
    again = keeper.get("/holidays/2027/set/").content.decode()
    assert "2027-02-14 班 春节调休" in again


def test_a_line_that_cannot_be_read_is_named(keeper: Any) -> None:
    answer = send(keeper, "/holidays/2027/set/", source="通知", days="2027-01-01 休 元旦\n二月六日 放假")
    assert answer.status_code == 422
    assert "第 2 行看不懂" in text(answer) and "二月六日" in answer.content.decode()


def test_only_the_keeper_at_the_root_enters_the_calendar_of_all(signed_in: SignedIn, tree: Tree) -> None:
    client = signed_in(who(PARAMETER_KEEPER, tree.city))
    assert client.get("/holidays/").status_code == 200
    for answer in (
        client.get("/holidays/2027/set/"),
        send(client, "/holidays/2027/set/", source="x", days="y"),
    ):
        assert answer.status_code == 403 and "最上级工会" in text(answer)
    assert client.get("/holidays/2031/").status_code == 404


# Audit


def test_an_object_s_trail_is_listed_and_proved(auditor: Any, tree: Tree) -> None:
    person = a_person(tree.willow)
    member = membership.current_membership(person)
    assert member is not None
    shown = text(auditor.get("/audit/", {"number": member.number}))
    assert ("入会" in shown and "前后相扣，没有被改动" in shown and "2 条" in shown) or "1 条" in shown
    assert "入会" in text(auditor.get("/audit/", {"object": f"membership.member:{member.pk}"}))
    with triggers.suspended():
        AuditEntry.objects.filter(object_id=member.pk, object_type="membership.member").update(action="move")
    assert "被动过" in text(auditor.get("/audit/", {"number": member.number}))


def test_the_trail_is_cut_by_person_and_days(auditor: Any, tree: Tree) -> None:
    a_person(tree.willow)
    clerk = who(MEMBERSHIP_CLERK, tree.willow).account
    anchors.anchor()
    assert "最近一次封存：第 1 次" in text(auditor.get("/audit/"))
    assert auditor.get("/audit/", {"who": clerk.username}).context["page"].rows
    assert auditor.get("/audit/", {"who": clerk.name}).context["page"].rows
    assert not auditor.get("/audit/", {"who": "nobody"}).context["page"].rows
    assert auditor.get("/audit/", {"first": "2026-03-02", "last": "2026-03-02"}).context["page"].rows
    assert not auditor.get("/audit/", {"last": "2026-03-01"}).context["page"].rows
    assert not auditor.get("/audit/", {"first": "2026-03-03"}).context["page"].rows
    assert auditor.get("/audit/", {"first": "昨天"}).status_code == 422


def test_an_auditor_of_a_part_sees_nothing_of_the_rest(signed_in: SignedIn, tree: Tree) -> None:
    here, away = (membership.current_membership(a_person(unit)) for unit in (tree.willow, tree.spring))
    assert here is not None and away is not None
    client = signed_in(who(AUDITOR, tree.east))
    assert "查一个对象，或查一个人" in text(client.get("/audit/"))
    assert client.get("/audit/", {"number": here.number}).context["page"].rows
    assert not client.get("/audit/", {"number": away.number}).context["page"].rows
    assert client.get("/audit/", {"object": f"membership.member:{away.pk}"}).context["page"] is None
    stranger = who(MEMBERSHIP_CLERK, tree.spring).account
    assert not client.get("/audit/", {"who": stranger.username}).context["page"].rows


def test_the_trail_shows_no_secret(auditor: Any, tree: Tree) -> None:
    person = a_person(tree.willow)
    member = membership.current_membership(person)
    assert member is not None
    page = auditor.get("/audit/", {"number": member.number}).content.decode()
    assert person.id_number not in page and person.phone not in page


def test_only_auditors_open_the_trail(signed_in: SignedIn, tree: Tree) -> None:
    for actor in (who(ADMINISTRATOR, tree.province), a_worker(tree.willow)):
        assert signed_in(actor).get("/audit/").status_code == 403


# Search


def test_one_box_finds_every_kind_within_sight(signed_in: SignedIn, tree: Tree) -> None:
    path = Path(tree)
    file = path.apply()
    user = a_post(REVIEWER, tree.willow).user
    a_post(MEMBERSHIP_CLERK, tree.willow, user)
    client = signed_in(Actor.of(user))
    an_employer(tree.willow, name="青禾纺织厂")
    an_employer(tree.spring, name="青禾远方厂")
    person = file.person
    for words in (person.name, person.pinyin, person.initials, file.number):
        found = client.post("/search/", {"q": words})
        assert found.status_code == 302
        shown = text(client.get(found.headers["Location"]))
        assert file.number in shown, words
    shown = text(client.get("/search/?q=青禾"))
    assert "青禾纺织厂" in shown and "青禾纺织厂工会" in shown and "青禾远方厂" not in shown


def test_a_personal_number_finds_without_standing_in_the_address(signed_in: SignedIn, tree: Tree) -> None:
    path = Path(tree)
    file = path.apply()
    client = signed_in(path.reviewer)
    for number in (
        file.person.id_number,
        file.person.phone,
        f" {file.person.phone[:3]} {file.person.phone[3:]}",
    ):
        found = client.post("/search/", {"q": number})
        assert found.status_code == 200 and file.number in text(found)
        assert number.strip() not in found.content.decode()


def test_nothing_found_says_what_may_be_typed(signed_in: SignedIn, tree: Tree) -> None:
    client = signed_in(who(MEMBERSHIP_CLERK, tree.willow))
    assert "完整的证件号或手机号" in text(client.get("/search/?q=没有这个人"))
    assert client.get("/search/").status_code == 200
    assert signed_in(a_worker(tree.willow)).get("/search/?q=a").status_code == 403


def test_a_search_asks_the_database_a_fixed_number_of_times(signed_in: SignedIn, tree: Tree) -> None:
    path = Path(tree)
    path.apply()
    assert questions(signed_in(path.reviewer), "/search/?q=l") <= 18


# Account


def test_a_token_is_shown_once_and_revoked(signed_in: SignedIn, tree: Tree) -> None:
    me = who(MEMBERSHIP_CLERK, tree.willow)
    client = signed_in(me)
    assert client.get("/account/").status_code == 200
    answer = client.post("/account/tokens/", {"label": "数据交换", "days": "30"})
    token = answer.context["text"]
    assert token in answer.content.decode() and answer.headers["Cache-Control"] == "no-store"
    assert user_of(token) == me.account
    assert token not in client.get("/account/").content.decode()
    number = ApiToken.objects.get().pk
    assert signed_in(who(AUDITOR, tree.east)).post(reverse("token_revoke", args=[number])).status_code == 404
    assert client.post(reverse("token_revoke", args=[number])).status_code == 302
    assert user_of(token) is None
    assert client.post("/account/tokens/", {"label": "", "days": "900"}).status_code == 422


def test_my_background_work_is_cancelled_and_tried_again_by_me_alone(signed_in: SignedIn, tree: Tree) -> None:
    me = who(MEMBERSHIP_CLERK, tree.willow)
    mine = desk_work.enqueue(actor=me)
    client = signed_in(me)
    assert "年度对账" in text(client.get("/account/"))
    stranger = signed_in(who(AUDITOR, tree.east))
    assert "年度对账" not in text(stranger.get("/account/"))
    cancel, retry = (reverse(name, args=[mine.public_id]) for name in ("job_cancel", "job_retry"))
    assert stranger.post(cancel).status_code == 404
    assert client.post(cancel).status_code == 302
    assert Job.objects.get().state == "cancelled"
    assert client.post(cancel).status_code == 409
    assert client.post(retry).status_code == 302
    assert Job.objects.get().state == "queued"


def test_every_page_opens_in_english_too(signed_in: SignedIn, tree: Tree) -> None:
    user = a_post(AUDITOR, tree.province).user
    for duty in (MEMBERSHIP_CLERK, ADMINISTRATOR, PARAMETER_KEEPER):
        a_post(duty, tree.province, user)
    client = signed_in(Actor.of(user))
    client.cookies["django_language"] = "en"
    person = a_person(tree.mill)
    employer = an_employer(tree.mill)
    for url in (
        *("/members/", "/members/new/", "/employers/", "/employers/new/", "/delegations/", "/parameters/"),
        *(
            "/holidays/",
            "/holidays/2027/set/",
            "/audit/",
            "/account/",
            "/search/?q=a",
            f"/parameters/{NAME}/set/",
        ),
        reverse("person", args=[person.public_id]),
        reverse("employer", args=[employer.public_id]),
        reverse("union", args=[tree.mill.public_id]),
        reverse("union_dissolve", args=[tree.mill.public_id]),
    ):
        assert client.get(url).status_code == 200, url
