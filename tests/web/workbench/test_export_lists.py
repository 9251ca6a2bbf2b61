"""Lists as workbooks: what is filtered and nothing else, masked, logged, large ones in the background."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER
from niangjia.kernel import audit
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.jobs.models import Job
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.web.shell import exports
from tests.cast import Tree, a_post, an_employer, who
from tests.families import Path, a_person, a_worker
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import text

pytestmark = pytest.mark.django_db


def export(client: Any, name: str, **given: str) -> Any:
    return client.post(reverse("export", args=[name]), given)


def book_of(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: [[cell.value for cell in row] for row in page.rows] for page in book}


def content_of(response: Any) -> bytes:
    return response.content if not response.streaming else b"".join(response.streaming_content)


def test_members_come_with_masks_of_the_part_asked_for(tree: Tree, signed_in: SignedIn) -> None:
    here = a_person(tree.mill, "柳青萍")
    a_person(tree.market, "沈望川")
    clerk = signed_in(who(MEMBERSHIP_CLERK, tree.east))
    pages = book_of(export(clerk, "members", unit=tree.willow.number).content)
    titles, *rows = pages["会员名册"]
    assert titles == ["姓名", "会员编号", "证件号码", "手机号", "所属工会", "工作单位", "入会日期"]
    assert [row[0] for row in rows] == ["柳青萍"]
    assert rows[0][2] == f"{here.id_number[:6]}********{here.id_number[-4:]}"
    assert rows[0][3] == f"{here.phone[:3]}****{here.phone[-4:]}"
    assert rows[0][6] == "2020年1月6日"
    about = dict(row[:2] for row in pages["说明"])
    assert about["范围"] == "柳塘街道总工会及其下级"
    assert about["导出人"] == who(MEMBERSHIP_CLERK, tree.east).account.name


def test_an_export_is_logged_on_the_union_with_its_filter_and_rows(tree: Tree, signed_in: SignedIn) -> None:
    person = a_person(tree.mill, "柳青萍")
    actor = who(MEMBERSHIP_CLERK, tree.east)
    clerk = signed_in(actor)
    export(clerk, "members", q="柳青")
    export(clerk, "members", q=person.id_number)
    first, second = audit.history(tree.east).filter(action="export")
    assert (first.actor, first.remark.text) == (
        actor.user,
        "会员名册 1 行；范围：东桥区总工会及其下级；筛选：查找“柳青”",
    )
    assert person.id_number not in second.remark.text
    assert "按号码查找" in second.remark.text
    administrator = signed_in(who(ADMINISTRATOR, tree.east))
    assert "导出" in text(administrator.get(reverse("union", args=[tree.east.public_id])))


def test_text_never_becomes_a_formula(tree: Tree, signed_in: SignedIn) -> None:
    for name in ("=1+1", "+86", "@SUM(A1)", "-2", "http://a.b", "=cmd|' /C calc'!A0"):
        an_employer(tree.mill, name=name)
    content = content_of(export(signed_in(who(ADMINISTRATOR, tree.east)), "employers"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [row[0] for row in book["用人单位名册"].iter_rows(min_row=2)]
    assert "f" not in {cell.data_type for cell in cells}
    assert {cell.value for cell in cells} >= {"=1+1", "+86", "@SUM(A1)", "-2", "http://a.b"}
    assert not any(cell.hyperlink for cell in cells)


def test_the_chosen_filters_hold_and_are_named(tree: Tree, signed_in: SignedIn) -> None:
    an_employer(tree.mill, name="有会的厂", union=tree.mill)
    an_employer(tree.mill, name="没会的厂")
    administrator = signed_in(who(ADMINISTRATOR, tree.east))
    pages = book_of(export(administrator, "employers", only="without").content)
    assert [row[0] for row in pages["用人单位名册"][1:]] == ["没会的厂"]
    assert dict(row[:2] for row in pages["说明"])["筛选"] == "没有建会"


def test_unions_come_with_their_place_in_the_tree(tree: Tree, signed_in: SignedIn) -> None:
    administrator = signed_in(who(ADMINISTRATOR, tree.east))
    pages = book_of(export(administrator, "unions", unit=tree.maple.number).content)
    assert [row[0] for row in pages["工会组织名册"][1:]] == [
        "枫林街道总工会",
        "枫林农贸市场工会",
        "安居楼区工会",
    ]
    assert pages["工会组织名册"][2][4] == "枫林街道总工会"


def test_hardship_files_come_for_the_purpose_only(tree: Tree, signed_in: SignedIn) -> None:
    file = Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    pages = book_of(export(clerk, "hardship-files", state="applied").content)
    row = pages["困难职工档案"][1]
    assert row[1] == file.number
    assert file.person.id_number not in row
    assert "¥36,000.00" in row
    assert dict(line[:2] for line in pages["说明"])["筛选"] == "待初审"
    assert file.statement not in str(pages)
    assert export(signed_in(who(ADMINISTRATOR, tree.east)), "hardship-files").status_code == 403
    assert export(signed_in(a_worker(tree.willow)), "hardship-files").status_code == 403
    assert export(signed_in(who(REVIEWER, tree.spring)), "hardship-files").status_code == 409


def test_overlooked_files_come_as_the_list_shows_them(tree: Tree, signed_in: SignedIn) -> None:
    kept, applied = Path(tree).to("filed"), Path(tree).apply()
    clerk = signed_in(who(CENTRE_CLERK, tree.east))
    page = clerk.get(reverse("hardship_files"), {"only": "unhelped"}).content.decode()
    assert kept.number in page and applied.number not in page
    assert 'name="only" value="unhelped"' in page
    pages = book_of(export(clerk, "hardship-files", only="unhelped").content)
    assert [row[1] for row in pages["困难职工档案"][1:]] == [kept.number]
    assert dict(line[:2] for line in pages["说明"])["筛选"] == "从未得到帮扶"
    assert export(clerk, "hardship-files", only="unchanged").status_code == 409


def test_an_empty_list_an_unknown_one_and_a_union_out_of_sight_are_refused(
    tree: Tree, signed_in: SignedIn
) -> None:
    clerk = signed_in(who(MEMBERSHIP_CLERK, tree.west))
    empty = export(clerk, "members")
    assert (empty.status_code, "放宽条件" in text(empty)) == (409, True)
    assert export(clerk, "salaries").status_code == 404
    assert export(clerk, "members", unit=tree.willow.number).status_code == 404
    assert clerk.get(reverse("export", args=["members"])).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_made_in_the_background_for_who_asked(
    tree: Tree, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 2)
    people = [a_person(tree.mill) for _ in range(4)]
    actor = who(MEMBERSHIP_CLERK, tree.east)
    clerk = signed_in(actor)
    assert export(clerk, "members").url == reverse("account")
    assert export(clerk, "members").url == reverse("account")
    assert Job.objects.filter(name="web.export").count() == 1
    run_until_idle()
    job = Job.objects.get(name="web.export")
    assert (job.state, job.result, job.done, job.total) == ("done", {"rows": 4}, 4, 4)
    there = reverse("job_file", args=[job.public_id])
    assert there in clerk.get(reverse("account")).content.decode()
    pages = book_of(content_of(clerk.get(there)))
    assert len(pages["会员名册"]) == 1 + len(people)
    assert audit.history(tree.east).filter(action="export").count() == 1
    assert signed_in(who(MEMBERSHIP_CLERK, tree.city)).get(there).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_whoever_lost_the_post_meanwhile_gets_nothing(
    tree: Tree, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 0)
    a_person(tree.mill)
    actor = who(MEMBERSHIP_CLERK, tree.east)
    export(signed_in(actor), "members")
    actor.account.posts.update(ended_at="2026-03-02T00:00:00Z")
    run_until_idle()
    job = Job.objects.get(name="web.export")
    assert (job.state, job.result_file) == ("failed", None)
    assert "岗位" in job.error


def test_a_name_that_many_bear_is_not_searched_for_in_the_background(
    tree: Tree, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 1)
    for _ in range(3):
        an_employer(tree.mill, name="青禾纺织厂")
    refused = export(signed_in(who(ADMINISTRATOR, tree.east)), "employers", q="青禾")
    assert refused.status_code == 409
    assert not Job.objects.filter(name="web.export").exists()


@pytest.mark.parametrize("page", ["members", "employers", "hardship_files"])
def test_each_list_shows_the_button_once_it_has_rows(tree: Tree, signed_in: SignedIn, page: str) -> None:
    actor = who(CENTRE_CLERK, tree.east)
    for duty in (MEMBERSHIP_CLERK, ADMINISTRATOR):
        a_post(duty, tree.east, actor.account)
    client = signed_in(actor)
    assert "/export/" not in client.get(reverse(page)).content.decode()
    an_employer(tree.mill)
    Path(tree).apply()
    assert "/export/" in client.get(reverse(page)).content.decode()
