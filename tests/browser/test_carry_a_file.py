"""A hardship file from a phone to the archive, by clicking, and what can come in between."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path as Folder

import pytest
from django.conf import settings as configured
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from niangjia.assistance.access import APPROVER
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import ask_for_more, hardship, review
from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.jobs import run_until_idle
from niangjia.kernel.workflow.timed import run_due
from tests.browser.conftest import Calendar, enter
from tests.cast import a_post
from tests.families import APPLICATION, DAY, VISIT, Path

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "一句只有我记得的话"
STORY = "爱人患病两年，孩子读高中，家里只有我一人上班。"


@pytest.fixture
def file(path: Path, calendar: Calendar) -> HardshipFile:
    with calendar.here():
        return path.apply()


@pytest.fixture
def step_page(page: Page, browser_site: str, path: Path, file: HardshipFile) -> str:
    """The address of the first review; its reviewer has signed in."""
    enter(page, browser_site, path.reviewer)
    return browser_site + step_url(file, review.slug)


def step_url(file: HardshipFile, slug: str) -> str:
    return reverse("step", args=[hardship.name, file.public_id, slug])


def times(file: HardshipFile, action: str) -> int:
    return [entry.action for entry in audit.history(file)].count(action)


@pytest.mark.smoke
def test_from_a_phone_to_the_archive(
    page: Page, phone: Page, browser_site: str, path: Path, calendar: Calendar, tmp_path: Folder
) -> None:
    assert path.unit.parent
    a_post(APPROVER, path.unit.parent, path.reviewer.account)
    number = apply_by_phone(phone, browser_site, path, calendar, tmp_path)
    expect_way(phone, done=["提交申请"], current="初审")

    def reason(page: Page) -> None:
        page.get_by_label("理由").fill("请补上一年的工资条，并核对家庭人口。")

    take(page, browser_site, path.reviewer, number, "退回补正", reason)
    correct_on_the_phone(phone, browser_site)
    take(page, browser_site, path.reviewer, number, "初审通过", take_without_some_papers)
    take(page, browser_site, path.visitor, number, "登记入户核查", write_up_the_visit)
    take(page, browser_site, path.clerk, number, "登记核对结果", write_down_the_check)
    expect_on_the_phone(phone, browser_site, "待公示")
    take(page, browser_site, path.clerk, number, "发起公示")
    notice_runs_out(calendar)

    see_why_one_may_not_approve(page, browser_site, path.reviewer, number)
    take(page, browser_site, path.approver, number, "批准建档", choose("困难类别"))
    take(page, browser_site, path.archivist, number, "归档", write_down_the_shelf)
    expect_on_the_phone(phone, browser_site, "已建档")
    expect_way(phone, done=["提交申请", "初审", "入户核查", "经济状况核对", "公示", "审批", "建档"])
    expect_different_people(path)


def apply_by_phone(phone: Page, site: str, path: Path, calendar: Calendar, folder: Folder) -> str:
    phone.goto(site + "/m/apply/")
    number = path.worker.account.person.phone
    phone.get_by_label("手机号").fill(number)
    phone.get_by_role("button", name="获取验证码").click()
    expect(phone.get_by_label("短信验证码")).to_be_visible()
    with calendar.here():
        run_until_idle()
    phone.get_by_label("短信验证码").fill(code_sent_to(number))
    phone.get_by_role("button", name="登录").click()
    expect(phone).to_have_url(site + "/m/apply/")
    fill_in_the_application(phone)
    add_photos(phone, folder)
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_text("收到 3 份材料。")).to_be_visible()
    file = HardshipFile.objects.get()
    assert sorted(file.attachments.values_list("kind", flat=True)) == ["identity", "identity", "income"]
    return str(file.number)


def code_sent_to(number: str) -> str:
    """From the folder in which the default adapter leaves what it would send."""
    letters = [json.loads(file.read_text("utf-8")) for file in Folder(configured.SPOOL_FOLDER).glob("*.json")]
    [letter] = [one for one in letters if one["to"] == number]
    code = re.search(r"\d{6}", letter["body"])
    assert code
    return code[0]


def fill_in_the_application(phone: Page) -> None:
    phone.get_by_label("主要致困原因").select_option("患病")
    phone.get_by_label("一起生活的有几口人").fill("3")
    phone.get_by_label("全家去年一年的收入").fill("36000")
    phone.get_by_label("去年一年必须的开支").fill("24000.50")
    phone.get_by_label("家里的困难情况").fill(STORY)
    phone.get_by_label("我授权工会核对我家的经济状况").check()
    phone.get_by_label("我同意公示").check()


def add_photos(phone: Page, folder: Folder) -> None:
    photos = [folder / f"IMG_{number:04}.jpg" for number in range(3)]
    for photo in photos:
        Image.effect_noise((1800, 1200), 60).convert("RGB").save(photo, quality=90)
    phone.get_by_label("身份证正反面").set_input_files(photos[:2])
    phone.get_by_label("收入证明或工资条").set_input_files(photos[2])
    expect(phone.get_by_role("button", name="提交申请")).to_be_enabled()


def correct_on_the_phone(phone: Page, site: str) -> None:
    phone.goto(site + "/m/")
    phone.get_by_role("link", name="看看缺什么").click()
    expect(phone.get_by_text("请补上一年的工资条，并核对家庭人口。").first).to_be_visible()
    phone.get_by_role("link", name="补正后重新提交").click()
    expect(phone.get_by_label("家里的困难情况")).to_have_value(STORY)
    phone.get_by_label("一起生活的有几口人").fill("4")
    phone.get_by_role("button", name="补正后重新提交").click()
    expect_way(phone, done=["提交申请"], current="初审")
    assert HardshipFile.objects.get().household_size == 4


def take(
    page: Page,
    site: str,
    actor: Actor,
    number: str,
    label: str,
    fill: Callable[[Page], None] = lambda page: None,
) -> None:
    """One clerk's turn, from signing in to the sentence that it is done."""
    sign_in(page, site, actor)
    expect(page).to_have_url(site + "/inbox/")
    page.get_by_role("main").get_by_role("link").filter(has_text=number).click()
    page.get_by_role("link", name=label, exact=True).click()
    fill(page)
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text(f"已办理“{label}”。")).to_be_visible()


def sign_in(page: Page, site: str, actor: Actor) -> None:
    account = actor.account
    account.set_password(PASSWORD)
    account.save()
    page.context.clear_cookies()
    page.goto(site + "/accounts/login/")
    page.get_by_label("登录名").fill(account.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def choose(label: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_label(label).select_option("深度困难") and None


def take_without_some_papers(page: Page) -> None:
    choose("拟定困难类别")(page)
    page.get_by_label("容缺受理").check()
    page.get_by_label("意见").fill("病历随后补交。")


def write_up_the_visit(page: Page) -> None:
    page.get_by_label("入户日期").fill(DAY.isoformat())
    page.get_by_label("同行人").fill(VISIT["companion"])
    page.get_by_label("核实的共同生活人数").fill("4")
    page.get_by_label("核实的家庭年收入").fill("35500")
    page.get_by_label("住房情况").select_option("租住房屋")
    page.get_by_label("以上财产均无").check()
    page.get_by_label("核查情况").fill(VISIT["findings"])
    page.get_by_label("核查结论").select_option("情况属实")


def write_down_the_check(page: Page) -> None:
    page.get_by_label("核对日期").fill(DAY.isoformat())
    page.get_by_label("核对的家庭年收入").fill("35800")
    page.get_by_label("存款合计").fill("2600")
    page.get_by_label("投资净值").fill("0")
    page.get_by_label("住房套数").fill("1")


def write_down_the_shelf(page: Page) -> None:
    page.get_by_label("档案盒号").fill("A-03-12")


def notice_runs_out(calendar: Calendar) -> None:
    file = HardshipFile.objects.get()
    assert file.state == State.ON_NOTICE and file.notice_until
    calendar.day = file.notice_until + timedelta(days=1)
    with calendar.here():
        run_due()


def see_why_one_may_not_approve(page: Page, site: str, actor: Actor, number: str) -> None:
    sign_in(page, site, actor)
    page.goto(site + reverse("hardship_files"))
    page.get_by_role("main").get_by_role("link").filter(has_text=number).or_(
        page.get_by_role("row").filter(has_text=number).get_by_role("link")
    ).first.click()
    expect(page.get_by_role("main")).to_contain_text("“批准建档”：")
    expect(page.get_by_role("link", name="批准建档")).to_have_count(0)


def expect_on_the_phone(phone: Page, site: str, state: str) -> None:
    phone.goto(site + "/m/")
    phone.get_by_role("link", name="详情").click()
    expect(phone.locator("main .line")).to_contain_text(state)


def expect_different_people(path: Path) -> None:
    """As the audit trail has it: nobody took two of the steps that control one another."""
    took = {entry.action: entry.actor_id for entry in audit.history(HardshipFile.objects.get())}
    hands = ("review", "record_visit", "record_check", "approve")
    people = (path.reviewer, path.visitor, path.clerk, path.approver)
    assert [took[action] for action in hands] == [one.user_id for one in people]
    assert len(set(people)) == len(hands)


def expect_way(phone: Page, done: list[str], current: str = "") -> None:
    """What the parcel shows."""
    expect(phone.locator(".parcel").first.locator("li.done strong")).to_have_text(done)
    expect(phone.locator(".parcel").first.locator("li.current strong")).to_have_text(
        [current] if current else []
    )


def test_a_double_click_takes_the_step_once(page: Page, step_page: str, file: HardshipFile) -> None:
    page.goto(step_page)
    page.get_by_label("拟定困难类别").select_option("深度困难")
    page.get_by_label("容缺受理").check()
    page.get_by_role("button", name="初审通过").dblclick()
    expect(page.get_by_text("已办理“初审通过”。")).to_be_visible()
    assert times(file, "review") == 1


def test_a_page_gone_stale_says_who_was_faster(
    page: Page,
    step_page: str,
    path: Path,
    file: HardshipFile,
    calendar: Calendar,
    expected_statuses: set[int],
) -> None:
    expected_statuses.add(409)
    page.goto(step_page)
    page.get_by_label("拟定困难类别").select_option("深度困难")
    with calendar.here():
        ask_for_more(file, actor=path.reviewer, remark="请补收入证明")
    page.get_by_role("button", name="初审通过").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("情况已经变了")
    expect(page.get_by_role("main")).to_contain_text(str(path.reviewer.user))
    expect(page.get_by_role("main")).to_contain_text("退回补正")
    assert times(file, "review") == 0


def test_going_back_after_a_step_does_it_no_second_time(
    page: Page, step_page: str, file: HardshipFile, expected_statuses: set[int]
) -> None:
    expected_statuses.add(409)
    page.goto(step_page)
    page.get_by_label("拟定困难类别").select_option("深度困难")
    page.get_by_label("容缺受理").check()
    page.get_by_role("button", name="初审通过").click()
    expect(page.get_by_text("已办理“初审通过”。")).to_be_visible()
    page.go_back()
    again = page.get_by_role("button", name="初审通过")
    if again.count():
        again.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("情况已经变了")
    assert times(file, "review") == 1


def test_a_draft_outlives_a_reload_and_ends_with_the_step(
    page: Page, step_page: str, path: Path, file: HardshipFile, calendar: Calendar, browser_site: str
) -> None:
    back = browser_site + step_url(file, ask_for_more.slug)
    page.goto(back)
    page.get_by_label("理由").fill("请补上一年的工资条。")
    page.reload()
    expect(page.get_by_label("理由")).to_have_value("请补上一年的工资条。")
    page.get_by_role("button", name="退回补正").click()
    expect(page.get_by_text("已办理“退回补正”。")).to_be_visible()
    with calendar.here():
        file.refresh_from_db()
        hardship.step("resubmit")(file, actor=path.worker, **APPLICATION)
    page.goto(back)
    expect(page.get_by_label("理由")).to_have_value("")


def test_the_other_language_keeps_place_and_draft(page: Page, step_page: str) -> None:
    page.goto(step_page)
    page.get_by_label("意见").fill("材料齐全。")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(step_page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("textarea[name=remark]")).to_have_value("材料齐全。")
    page.get_by_role("button", name="中文").click()
    expect(page).to_have_url(step_page)


def test_a_step_is_taken_by_keyboard_alone(
    page: Page, step_page: str, browser_site: str, file: HardshipFile
) -> None:
    page.goto(browser_site + "/inbox/")
    tab_to(page, "a", file.number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(file.person.name)
    tab_to(page, "a", "初审通过")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("初审通过")
    tab_to(page, "select", "")
    page.keyboard.press("ArrowDown")
    page.get_by_label("容缺受理").focus()
    page.keyboard.press("Space")
    tab_to(page, "button", "初审通过")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已办理“初审通过”。")).to_be_visible()


def tab_to(page: Page, tag: str, text: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.localName, document.activeElement.innerText]")
        if focused[0] == tag and text in (focused[1] or ""):
            return
    raise AssertionError(f"Tab never came to {tag} {text}")
