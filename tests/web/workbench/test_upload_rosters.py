"""The pages of an upload: template, file, what was found, taking in, undoing; strangers are told nothing."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache

from niangjia.assistance.access import REVIEWER
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.jobs.models import Job, State, ending
from niangjia.kernel.sheets import working
from niangjia.kernel.sheets.models import Batch
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member
from tests.cast import Tree, who
from tests.membership.rosters import a_line, workbook
from tests.web.conftest import SignedIn
from tests.web.workbench.conftest import send, text

NEW = "/uploads/new/roster/"


@pytest.fixture
def clerk(tree: Tree, signed_in: SignedIn) -> Any:
    cache.clear()
    return signed_in(who(MEMBERSHIP_CLERK, tree.east))


def uploaded(clerk: Any, tree: Tree, *lines: list[Any]) -> Batch:
    answer = send(clerk, NEW, unit=tree.east.number, upload=workbook(lines))
    assert answer.status_code == 302, text(answer)
    return Batch.objects.get()


def page(batch: Batch, more: str = "") -> str:
    return f"/uploads/{batch.public_id}/{more}"


def test_a_file_goes_its_way_from_template_to_undoing(clerk: Any, tree: Tree) -> None:
    shown = text(clerk.get("/uploads/"))
    assert "会员花名册" in shown and "还没有上传过" in shown
    template = b"".join(clerk.get("/uploads/template/roster/").streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(template)).sheetnames[:2] == ["会员花名册", "填表说明"]
    assert tree.east.number in clerk.get(NEW).content.decode()

    batch = uploaded(clerk, tree, a_line(1, unit=tree.mill.name), a_line(2, "苏 1", unit=tree.mill.name))
    waiting = clerk.get(page(batch))
    assert "排队中" in text(waiting) and 'hx-trigger="load delay:2s"' in waiting.content.decode()
    run_until_idle()
    shown = text(clerk.get(page(batch)))
    assert "接收没有问题的 1 行" in shown and "请照证件填写" in shown and "待接收" in shown
    marked = b"".join(clerk.get(page(batch, "files/marked/")).streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(marked)).worksheets[0]["A3"].comment is not None
    assert Member.objects.count() == 0

    assert clerk.post(page(batch, "accept/")).status_code == 302
    run_until_idle()
    shown = text(clerk.get(page(batch)))
    assert "已导入" in shown and "下载退回的行" in shown and Member.objects.count() == 1
    assert clerk.post(page(batch, "undo/")).status_code == 302
    run_until_idle()
    assert "已撤销" in text(clerk.get(page(batch)))
    assert Member.objects.get().state == "left"
    assert batch.number in text(clerk.get("/uploads/"))


def test_a_double_click_uploads_once(clerk: Any, tree: Tree) -> None:
    form = {"key": "one-key-for-both", "unit": tree.east.number}
    first = clerk.post(NEW, {**form, "upload": workbook([a_line(1)])})
    second = clerk.post(NEW, {**form, "upload": workbook([a_line(1)])})
    assert first.url == second.url
    assert Batch.objects.count() == 1


def test_a_second_press_on_accept_is_explained(clerk: Any, tree: Tree) -> None:
    batch = uploaded(clerk, tree, a_line(1, unit=tree.mill.name))
    run_until_idle()
    assert clerk.post(page(batch, "accept/")).status_code == 302
    answer = clerk.post(page(batch, "accept/"))
    assert answer.status_code == 409 and "请刷新页面" in text(answer)
    run_until_idle()
    assert Member.objects.count() == 1


def test_a_wrong_file_is_refused_in_words(clerk: Any, tree: Tree) -> None:
    answer = send(clerk, NEW, unit=tree.east.number, upload=io.BytesIO(b"\xff\xd8\xff a photo"))
    assert answer.status_code == 422 and "不是可接受的类型" in text(answer)
    assert send(clerk, NEW, unit=tree.east.number).status_code == 422
    answer = send(clerk, NEW, unit=tree.east.number, upload=io.BytesIO("工号,部门\n1,甲".encode()))
    run_until_idle()
    assert "没有找到标题行" in text(clerk.get(answer.url))


def test_strangers_and_other_duties_find_nothing(clerk: Any, tree: Tree, signed_in: SignedIn) -> None:
    batch = uploaded(clerk, tree, a_line(1, unit=tree.mill.name))
    run_until_idle()
    elsewhere = signed_in(who(MEMBERSHIP_CLERK, tree.west))
    for more in ("", "files/original/"):
        assert elsewhere.get(page(batch, more)).status_code == 404
    for step in ("accept", "undo", "cancel", "go-on"):
        assert elsewhere.post(page(batch, f"{step}/")).status_code == 404
    reviewer = signed_in(who(REVIEWER, tree.east))
    assert reviewer.get("/uploads/").status_code == 403
    assert reviewer.get(NEW).status_code in (403, 404)
    assert "批量上传" not in text(reviewer.get("/inbox/"))
    assert send(elsewhere, NEW, unit=tree.east.number, upload=workbook([a_line(2)])).status_code in (403, 422)
    assert Batch.objects.get().state == "checked"


def test_a_colleague_of_the_same_desk_may_finish_it(clerk: Any, tree: Tree, signed_in: SignedIn) -> None:
    batch = uploaded(clerk, tree, a_line(1, unit=tree.mill.name))
    run_until_idle()
    above = signed_in(who(MEMBERSHIP_CLERK, tree.city))
    assert batch.number in text(above.get("/uploads/?of=all"))
    assert batch.number not in text(above.get("/uploads/"))
    assert above.post(page(batch, "accept/")).status_code == 302
    run_until_idle()
    assert Member.objects.count() == 1


def test_long_work_ends_in_a_row_of_the_inbox_until_its_result_is_seen(clerk: Any, tree: Tree) -> None:
    batch = uploaded(clerk, tree, a_line(1, unit=tree.mill.name))
    assert "核对上传的表格" not in text(clerk.get("/inbox/"))
    for asked, label in (("", "核对上传的表格"), ("accept/", "导入上传的表格"), ("undo/", "撤销导入的表格")):
        if asked:
            clerk.post(page(batch, asked))
        run_until_idle()
        inbox = clerk.get("/inbox/")
        assert label in text(inbox) and page(batch) in inbox.content.decode()
        clerk.get(page(batch))
        assert label not in text(clerk.get("/inbox/"))


def test_the_row_is_for_whoever_asked_and_says_when_it_failed(
    clerk: Any, tree: Tree, signed_in: SignedIn
) -> None:
    batch = uploaded(clerk, tree, a_line(1, unit=tree.mill.name))
    Job.objects.filter(pk=batch.job_id).update(**ending(State.FAILED), error="broken")
    assert "没有办成" in text(clerk.get("/inbox/"))
    colleague = signed_in(who(MEMBERSHIP_CLERK, tree.city))
    assert "核对上传的表格" not in text(colleague.get("/inbox/"))


def test_of_rows_that_stay_the_page_lists_the_first_and_offers_all(
    clerk: Any, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "MOST_SHOWN", 1)
    batch = uploaded(clerk, tree, *(a_line(number, unit=tree.mill.name) for number in range(3)))
    for step in ("accept/", "undo/"):
        run_until_idle()
        Member.objects.update(version=2)
        send(clerk, page(batch, step))
    run_until_idle()
    shown = text(clerk.get(page(batch)))
    assert "只列出前 1 条，共 3 条" in shown and shown.count("没有撤销。") == 1
    assert "下载没有撤销的行" in shown
    assert clerk.get(page(batch, "files/rest/")).status_code == 200
