"""A roster in one upload: looked through first, then taken in as far as it is right, and taken back as a whole."""

import io
import json
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db.models import F

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.verify import verify
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.figures import refresh
from niangjia.kernel.files import StoredFile, open_stream
from niangjia.kernel.jobs import Job
from niangjia.kernel.sheets import actions, working
from niangjia.kernel.sheets.models import Batch
from niangjia.membership import queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.models import Member, Person
from niangjia.membership.roster.columns import ROSTER
from niangjia.organisation.models import UnionBody
from tests.cast import Tree, an_employer, who
from tests.families import DAY, a_person, an_id_number
from tests.membership.rosters import a_line, sent, taken_in, text, workbook, worked


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with clock.at(DAY):
        yield


@pytest.fixture
def clerk(tree: Tree) -> Actor:
    return who(MEMBERSHIP_CLERK, tree.east)


def problems(batch: Batch) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(batch.problems) if batch.problems else []
    return found


def opened(stored: StoredFile | None) -> Any:
    assert stored is not None
    return openpyxl.load_workbook(io.BytesIO(b"".join(open_stream(stored))))


def test_good_rows_become_members_with_everything_that_was_filled_in(tree: Tree, clerk: Actor) -> None:
    employer = an_employer(tree.willow, name="青禾纺织厂", union=tree.mill)
    lines = [
        a_line(1, "苏晓禾", "枫林农贸市场工会"),
        a_line(2, "阿卜杜拉·买买提", tree.compound.number),
        a_line(3, "柳青萍", employer="青禾纺织厂"),
    ]
    batch = sent(workbook(lines), unit=tree.east, actor=clerk)
    assert (batch.state, batch.found, problems(batch)) == ("checked", {"new": 3}, [])
    assert Member.objects.count() == 0

    batch = worked(actions.accept(batch, actor=clerk))
    assert (batch.state, batch.done, batch.rest) == ("accepted", {"new": 3}, None)
    first, second, third = Member.objects.select_related("person").order_by("number")
    assert (first.person.name, first.unit, first.joined_on) == ("苏晓禾", tree.market, date(2024, 5, 6))
    assert (first.person.id_number, first.person.phone) == (an_id_number(1), "15400000001")
    assert (first.person.pinyin, first.person.ethnicity, first.state) == ("suxiaohe", "01", "active")
    assert [second.unit, third.unit, third.employer] == [tree.compound, tree.mill, employer]
    assert [member.number for member in (first, second, third)] == [
        "HY000000001",
        "HY000000002",
        "HY000000003",
    ]
    assert queries.person_by_id_number(an_id_number(2)) == second.person
    assert queries.person_by_phone("15400000003") == third.person
    tree.market.refresh_from_db()
    assert tree.market.member_count == 1


def test_every_row_has_a_trail_that_proves_itself(tree: Tree, clerk: Actor, own_anchors: None) -> None:
    taken_in(
        workbook([a_line(number, unit=tree.mill.name) for number in range(40)]), unit=tree.east, actor=clerk
    )
    for row in (Person.objects.first(), Member.objects.first()):
        assert row is not None
        [entry] = audit.history(row)
        assert entry.actor == clerk.user
    assert [entry.action for entry in audit.history(Batch.objects.get())] == ["upload", "accept"]
    report = verify()
    assert report.is_sound and report.entries >= 82


def test_what_is_wrong_is_told_by_row_and_column_and_marked_in_the_workbook(tree: Tree, clerk: Actor) -> None:
    good = an_id_number(7)
    wrong = good[:17] + ("1" if good[17] != "1" else "2")
    lines = [
        a_line(1, unit="青禾纺织厂工会"),
        a_line(2, id_number=wrong, unit="青禾纺织厂工会"),
        a_line(3, "苏 晓1", unit="西岭隧道项目工会"),
        a_line(4, joined_on="2024-13-06", employer="没有的单位"),
        a_line(1, unit="青禾纺织厂工会"),
        [None, None, None, None, None, None, None],
        a_line(5, id_number=990001198005170019, ethnicity="火星族"),
        a_line(6, joined_on="2030-01-01", phone="12"),
    ]
    batch = sent(workbook(lines), unit=tree.east, actor=clerk)
    assert batch.found == {"new": 1, "wrong": 5, "twice": 1}
    told = {(row, column): what for row, column, what in problems(batch)}
    assert "校验位不对" in told[3, "id_number"]
    assert "请照证件填写" in told[4, "name"] and "没有这个工会" in told[4, "unit"]
    assert "不是有效的日期" in told[5, "joined_on"] and "没有登记过这个单位" in told[5, "employer"]
    assert "与第 2 行" in told[6, "id_number"]
    assert "证件号码列须为文本格式" in told[8, "id_number"] and "只能填" in told[8, "ethnicity"]
    assert "晚于今天" in told[9, "joined_on"] and "11 位" in told[9, "phone"]

    page = opened(batch.marked).worksheets[0]
    assert [cell.value for cell in page[1]][:3] == ["姓名*", "证件号码*", "手机号"]
    assert page["B3"].value == wrong and "校验位" in page["B3"].comment.text
    assert page["B3"].fill.fgColor.rgb == "FFFFD9D9" and page["B2"].comment is None
    assert page.cell(1, 8).value == "问题说明"
    assert "校验位" in page.cell(3, 8).value and page.cell(2, 8).value is None

    batch = worked(actions.accept(batch, actor=clerk))
    assert (batch.done["new"], Member.objects.count()) == (1, 1)
    assert [row[0].row for row in opened(batch.rest).worksheets[0].iter_rows(min_row=2)] == [2, 3, 4, 5, 6, 7]
    # The returned rows, put right, go in where they were left out.
    page = opened(batch.rest).worksheets[0]
    page["B2"] = good
    content = io.BytesIO()
    page.parent.save(content)
    content.name = "更正.xlsx"
    again = taken_in(content, unit=tree.east, actor=clerk)
    assert again.done["new"] == 1


def test_the_same_file_again_changes_nothing_and_says_so(tree: Tree, clerk: Actor) -> None:
    upload = workbook([a_line(number, unit=tree.mill.name) for number in range(5)])
    first = taken_in(upload, unit=tree.east, actor=clerk)
    upload.seek(0)
    before = list(Member.objects.values()), list(Person.objects.values_list("pk", "name"))
    second = sent(upload, unit=tree.east, actor=clerk)
    assert (second.same_as, second.found) == (first, {"same": 5})
    second = worked(actions.accept(second, actor=clerk))
    assert second.done == {"same": 5}
    assert (list(Member.objects.values()), list(Person.objects.values_list("pk", "name"))) == before


def test_what_differs_is_changed_and_what_is_blank_is_left(tree: Tree, clerk: Actor) -> None:
    taken_in(workbook([a_line(1, unit=tree.mill.name)]), unit=tree.east, actor=clerk)
    line = a_line(1, unit=tree.mill.name, phone="15412345678", ethnicity=None)
    batch = taken_in(workbook([line]), unit=tree.east, actor=clerk)
    assert batch.done == {"changed": 1}
    person = Person.objects.get()
    assert (person.phone, person.ethnicity) == ("15412345678", "01")
    assert queries.person_by_phone("15412345678") == person
    assert [entry.action for entry in audit.history(person)] == ["register", "correct"]


def test_members_of_others_are_answered_neutrally(tree: Tree, clerk: Actor) -> None:
    away = a_person(tree.quarry, "程远舟")
    strange = a_person(tree.spring, "许安然")
    lines = [
        a_line(1, "程远舟", tree.mill.name, id_number=away.id_number),
        a_line(2, "宋雨桐", tree.mill.name, id_number=strange.id_number),
    ]
    batch = sent(workbook(lines), unit=tree.east, actor=clerk)
    assert batch.found == {"known": 1, "wrong": 1}
    said = " ".join(what for _row, _column, what in problems(batch))
    assert "办理会籍接转" in said and "另一个姓名" in said
    for secret in ("石泉", "采石场", "许安然", "西岭"):
        assert secret not in said


def test_a_union_outside_the_uploading_one_is_refused_row_by_row(tree: Tree) -> None:
    clerk = who(MEMBERSHIP_CLERK, tree.willow)
    lines = [
        a_line(1, unit=tree.quarry.name),
        a_line(2, unit=tree.quarry.number),
        a_line(3, unit=tree.mill.name),
    ]
    batch = taken_in(workbook(lines), unit=tree.willow, actor=clerk)
    assert batch.done == {"wrong": 2, "new": 1}
    assert Member.objects.get().unit == tree.mill


def test_only_the_duty_over_the_union_uploads_and_only_it_sees(tree: Tree, clerk: Actor) -> None:
    upload = workbook([a_line(1, unit=tree.mill.name)])
    with pytest.raises(NotAllowed, match="会员管理员"):
        actions.upload(ROSTER, upload=upload, unit=tree.west, actor=clerk)
    batch = sent(upload, unit=tree.east, actor=clerk)
    with pytest.raises(NotAllowed):
        actions.accept(batch, actor=who(MEMBERSHIP_CLERK, tree.west))
    assert Member.objects.count() == 0


def test_a_second_press_finds_the_batch_moved_on(tree: Tree, clerk: Actor) -> None:
    batch = sent(workbook([a_line(1, unit=tree.mill.name)]), unit=tree.east, actor=clerk)
    actions.accept(batch, actor=clerk)
    with pytest.raises(WrongState, match="导入中"):
        actions.accept(batch, actor=clerk)
    assert worked(batch).done == {"new": 1}
    with pytest.raises(WrongState, match="已导入"):
        actions.cancel(batch, actor=clerk)


def test_nothing_but_wrong_rows_cannot_be_accepted(tree: Tree, clerk: Actor) -> None:
    batch = sent(workbook([a_line(1, "1", tree.mill.name)]), unit=tree.east, actor=clerk)
    with pytest.raises(Refused, match="没有可以接收的行"):
        actions.accept(batch, actor=clerk)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_text_files_of_every_office_are_read(tree: Tree, clerk: Actor, encoding: str, delimiter: str) -> None:
    upload = text([a_line(1, "䶮晓禾", tree.mill.name, employer="")], encoding, delimiter=delimiter)
    batch = taken_in(upload, unit=tree.east, actor=clerk)
    assert batch.done == {"new": 1}, batch.problems or batch.error
    assert Person.objects.get().name == "䶮晓禾"


def test_given_up_it_leaves_nothing(tree: Tree, clerk: Actor) -> None:
    batch = sent(workbook([a_line(1, unit=tree.mill.name)]), unit=tree.east, actor=clerk)
    batch = actions.cancel(batch, actor=clerk)
    assert (batch.state, batch.file, StoredFile.objects.count()) == ("cancelled", None, 0)


def test_counts_of_unions_stay_true(tree: Tree, clerk: Actor) -> None:
    lines = [a_line(number, unit=(tree.mill, tree.market)[number % 2].name) for number in range(30)]
    taken_in(workbook(lines), unit=tree.east, actor=clerk)
    counts = dict(UnionBody.objects.filter(member_count__gt=0).values_list("pk", F("member_count")))
    assert counts == {tree.mill.pk: 15, tree.market.pk: 15}


def test_after_a_large_upload_the_figures_are_counted_anew(
    tree: Tree, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_in(workbook([a_line(1)]), unit=tree.east, actor=clerk)
    assert not Job.objects.filter(name=refresh.name, key="import").exists()
    monkeypatch.setattr(working, "MANY_ROWS", 2)
    taken_in(workbook([a_line(2), a_line(3)]), unit=tree.east, actor=clerk)
    assert Job.objects.filter(name=refresh.name, key="import", state="done").count() == 1
