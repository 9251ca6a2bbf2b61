"""A visitor's phone: visits taken along, filled in without network, sent once; conflicts, a killed tab, logging out."""

import io
import json
import re
from pathlib import Path as Folder
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from niangjia.assistance.access import VISITOR
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile, HomeVisit
from niangjia.assistance.visits.kinds import Way
from niangjia.assistance.workflow import record_visit
from niangjia.kernel import audit, files
from niangjia.kernel.access import Actor
from tests.browser.conftest import PHONE, TOUCH, Accessible, Calendar, enter
from tests.browser.storage import CACHED, FILL_UP, LISTEN, STORED
from tests.cast import a_post, a_user
from tests.families import DAY, VISIT, Path, a_worker

pytestmark = pytest.mark.django_db(transaction=True)

FINDINGS = "两间平房，屋顶漏水，邻居说他家靠打零工过日子。"
MORE_FINDINGS = f"{FINDINGS}大儿子在外地打工。"
PLACE = "棠梨新村 9 幢 402"


@pytest.fixture
def homes(path: Path, calendar: Calendar) -> list[HardshipFile]:
    """Two files that wait for a visit, on the desk of one visitor."""
    with calendar.here():
        made = [path.to(State.REVIEWED)]
        path.worker = a_worker(path.unit)
        made.append(path.to(State.REVIEWED))
        for file in made:
            file.household.address = PLACE
            file.household.save()
        return made


@pytest.fixture
def round_page(phone: Page, browser_site: str, path: Path, homes: list[HardshipFile]) -> Page:
    """Both homes taken along; the page is kept for reading without network."""
    phone.clock.install(time=f"{DAY.isoformat()}T10:00:00+08:00")
    enter(phone, browser_site, path.visitor)
    take_along(phone, browser_site, 2)
    return phone


WORKER_READY = """Promise.race([
    navigator.serviceWorker.ready.then(() => true),
    new Promise((_done, failed) => setTimeout(() => failed(new Error("no service worker")), 30000)),
])"""


def take_along(page: Page, site: str, count: int) -> None:
    page.goto(f"{site}/field/visits/")
    page.evaluate(WORKER_READY)
    page.get_by_role("button", name="下载我的核查").click()
    expect(page.get_by_text(f"已下载 {count} 户")).to_be_visible()


def fill_in(page: Page, file: HardshipFile, tmp_path: Folder, *, photos: int = 1, **given: str) -> None:
    home(page, file).get_by_role("link", name=re.compile("填|改")).click()
    page.get_by_label("入户日期").fill(given.get("visited_on", DAY.isoformat()))
    page.get_by_label("同行人", exact=False).first.fill("叶听澜")
    page.get_by_label("核实的共同生活人数").fill(given.get("household_size", "3"))
    page.get_by_label("核实的家庭年收入").fill("35500")
    page.get_by_label("住房情况").select_option("借住")
    page.get_by_label("以上财产均无").check()
    page.get_by_label("核查情况").fill(FINDINGS)
    page.get_by_label("核查结论").select_option("情况属实")
    for number in range(photos):
        page.get_by_label("拍照或选照片").set_input_files(a_photo(tmp_path, number))
        expect(page.locator("[data-photos] li")).to_have_count(number + 1)
    sign(page, "visited")


def sign(page: Page, who: str) -> None:
    glass = page.locator(f"[data-pad={who}] canvas")
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for step in range(6):
        page.mouse.move(box["x"] + 40 + step * 25, box["y"] + 40 + (step % 2) * 40)
    page.mouse.up()
    expect(page.locator(f"[data-pad={who}] [data-signed]")).to_have_text("已签")


def a_photo(tmp_path: Folder, number: int) -> Folder:
    """As a camera writes it: where it was taken stands beside the picture."""
    file = tmp_path / f"IMG_{number}.jpg"
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAM"
    exif.get_ifd(0x8825)[1] = "N"
    Image.effect_noise((2000, 900), 30 + number).convert("RGB").save(file, "JPEG", exif=exif)
    return file


def home(page: Page, file: HardshipFile) -> Any:
    return page.locator("[data-list] > li").filter(has_text=file.number)


def queue(page: Page) -> None:
    page.get_by_role("button", name="填好了，上报").click()


def visits_of(files: list[HardshipFile]) -> list[int]:
    return [HomeVisit.objects.filter(file=file).count() for file in files]


def test_two_homes_are_visited_without_network_and_recorded_once(
    round_page: Page, homes: list[HardshipFile], tmp_path: Folder, assert_accessible: Accessible
) -> None:
    page = round_page
    assert_accessible(page)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("没有网络", exact=True)).to_be_visible()
    for file in homes:
        fill_in(page, file, tmp_path)
        assert_accessible(page)
        queue(page)
        expect(home(page, file).locator(".badge")).to_have_text("等待上报")
    page.reload()
    for file in homes:
        expect(home(page, file).locator(".badge")).to_have_text("等待上报")
    assert visits_of(homes) == [0, 0]
    page.context.set_offline(False)
    for file in homes:
        expect(home(page, file).locator(".badge")).to_have_text("已登记")
    page.reload()
    expect(home(page, homes[0]).locator(".badge")).to_have_text("已登记")
    assert visits_of(homes) == [1, 1]
    visit = HomeVisit.objects.get(file=homes[0])
    assert (visit.came_by, visit.findings, visit.housing) == (Way.PHONE, FINDINGS, "borrowed")
    photo, signature = sorted(visit.papers.all(), key=lambda paper: paper.kind, reverse=True)
    assert (photo.kind, signature.kind) == ("visit", "signature")
    content = b"".join(files.open_stream(photo.stored))
    assert b"SECRETCAM" not in content and max(Image.open(io.BytesIO(content)).size) <= 1600
    assert Image.open(io.BytesIO(b"".join(files.open_stream(signature.stored)))).getcolors(99999)
    assert_accessible(page)


def test_photos_leave_the_phone_without_what_the_camera_wrote(
    round_page: Page, homes: list[HardshipFile], tmp_path: Folder
) -> None:
    round_page.evaluate(LISTEN)
    fill_in(round_page, homes[0], tmp_path)
    queue(round_page)
    expect(home(round_page, homes[0]).locator(".badge")).to_have_text("已登记")
    photo, signature = round_page.evaluate("window.sent")
    assert photo.startswith("\xff\xd8\xff") and signature.startswith("\x89PNG")
    assert "SECRETCAM" not in photo and "Exif" not in photo
    assert "SECRETCAM" in a_photo(tmp_path, 0).read_bytes().decode("latin-1")


def test_what_the_phone_keeps_says_nothing(
    round_page: Page, path: Path, homes: list[HardshipFile], tmp_path: Folder
) -> None:
    page = round_page
    page.context.set_offline(True)
    fill_in(page, homes[0], tmp_path)
    queue(page)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("等待上报")
    kept = page.evaluate(STORED)
    assert [len(kept[store]) for store in ("visits", "drafts", "blobs")] == [2, 1, 2]
    text = json.dumps(kept, ensure_ascii=False)
    person = homes[0].person
    visitor = path.visitor.account.name
    for secret in (person.name, person.phone, PLACE, homes[0].number, FINDINGS[:6], "叶听澜", "JFIF", "PNG"):
        assert secret not in text
    assert person.name not in json.dumps(page.evaluate("Object.entries(localStorage)"), ensure_ascii=False)
    cached = page.evaluate(CACHED)
    assert "入户核查" in cached
    for secret in (person.name, visitor, path.visitor.account.username, homes[0].number, str(path.unit)):
        assert secret not in cached
    page.context.set_offline(False)


def test_a_killed_tab_and_a_lost_answer_still_record_once(
    round_page: Page, homes: list[HardshipFile], browser_site: str, tmp_path: Folder, said: list[str]
) -> None:
    page = round_page
    parts = 0

    def second_part_never_ends(route: Route) -> None:
        nonlocal parts
        parts += 1
        if parts == 1:
            route.continue_()

    page.context.route(re.compile(r"/parts/$"), second_part_never_ends)
    fill_in(page, homes[0], tmp_path, photos=2)
    queue(page)
    expect(page.get_by_text("已传 1 件，共 3 件")).to_be_visible()
    page.close(run_before_unload=False)
    assert visits_of(homes) == [0, 0]
    again = page.context.new_page()
    again.clock.install(time=f"{DAY.isoformat()}T11:00:00+08:00")
    again.context.unroute(re.compile(r"/parts/$"))
    sent: list[str] = []

    def answer_is_lost(route: Route) -> None:
        sent.append(route.request.url)
        if len(sent) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    again.context.route(re.compile(r"/send/$"), answer_is_lost)
    again.goto(f"{browser_site}/field/visits/")
    expect(again.get_by_text("没有连上服务器")).to_be_visible()
    assert visits_of(homes) == [1, 0]
    again.get_by_role("button", name="现在上报").click()
    expect(home(again, homes[0]).locator(".badge")).to_have_text("已登记")
    assert len(sent) == 2
    assert visits_of(homes) == [1, 0]
    assert HomeVisit.objects.get().papers.count() == 3
    said[:] = [text for text in said if "ERR_FAILED" not in text and "ERR_ABORTED" not in text]


def test_a_refusal_stands_at_the_draft_and_nothing_is_lost(
    round_page: Page,
    homes: list[HardshipFile],
    tmp_path: Folder,
    expected_statuses: set[int],
    calendar: Calendar,
) -> None:
    page = round_page
    expected_statuses.add(422)
    page.clock.set_fixed_time("2026-03-04T10:00:00+08:00")
    fill_in(page, homes[0], tmp_path, visited_on="2026-03-04")
    queue(page)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("没有登记")
    expect(home(page, homes[0])).to_contain_text("入户日期不能晚于今天")
    expect(home(page, homes[0]).get_by_role("button", name="取回修改")).to_be_hidden()
    home(page, homes[0]).get_by_role("link", name="改好再报").click()
    expect(page.get_by_label("核查情况")).to_have_value(FINDINGS)
    expect(page.locator("[data-photos] li")).to_have_count(1)
    page.get_by_label("入户日期").fill(DAY.isoformat())
    queue(page)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("已登记")
    assert visits_of(homes) == [1, 0]


@pytest.mark.parametrize("choice", ["mine", "combined", "theirs"])
def test_two_visits_meet_and_the_person_chooses(
    round_page: Page,
    homes: list[HardshipFile],
    path: Path,
    tmp_path: Folder,
    calendar: Calendar,
    assert_accessible: Accessible,
    choice: str,
) -> None:
    page = round_page
    page.context.set_offline(True)
    fill_in(page, homes[0], tmp_path)
    queue(page)
    with calendar.here():
        user = a_user("沈望川")
        a_post(VISITOR, path.unit, user)
        theirs = {**VISIT, "visited_on": DAY.isoformat(), "household_size": 4}
        record_visit(homes[0], actor=Actor.of(user), **theirs)
    page.context.set_offline(False)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("情况有变")
    home(page, homes[0]).get_by_role("link", name="对照选择").click()
    expect(page.get_by_role("heading", name="情况已经变了")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="核实的共同生活人数")
    expect(row).to_contain_text("3")
    expect(row).to_contain_text("4")
    assert_accessible(page)
    if choice == "combined":
        row.locator("[data-side=theirs] input").check()
    page.locator(f"[data-choice={choice}]").click()
    done = {"mine": "已补充登记", "combined": "已合并登记", "theirs": "已采用对方登记"}[choice]
    expect(home(page, homes[0]).locator(".badge")).to_have_text(done)
    kept = [visit.household_size for visit in HomeVisit.objects.filter(file=homes[0]).order_by("pk")]
    assert kept == {"mine": [4, 3], "combined": [4, 4], "theirs": [4]}[choice]
    actions = [one.action for one in audit.happenings(homes[0])]
    assert ("drop_visit" if choice == "theirs" else "add_visit") in actions


def test_a_full_phone_says_so_and_nothing_that_was_kept_is_lost(
    round_page: Page, homes: list[HardshipFile], tmp_path: Folder, assert_accessible: Accessible
) -> None:
    page = round_page
    page.evaluate(FILL_UP)
    fill_in(page, homes[0], tmp_path)
    page.context.set_offline(True)
    page.evaluate("window.isFull = true")
    page.get_by_label("拍照或选照片").set_input_files(a_photo(tmp_path, 1))
    expect(page.get_by_text("手机存储空间不够")).to_be_in_viewport()
    expect(page.locator("[data-photos] li")).to_have_count(1)
    assert_accessible(page)
    page.get_by_label("核查情况").fill(MORE_FINDINGS)
    queue(page)
    # With the tab it would be gone, so it is not called queued.
    expect(page.get_by_text("手机存储空间不够")).to_be_in_viewport()
    expect(page.get_by_label("核查情况")).to_have_value(MORE_FINDINGS)
    page.evaluate("window.isFull = false")
    queue(page)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("等待上报")
    page.context.set_offline(False)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("已登记")
    visit = HomeVisit.objects.get()
    assert (visit.findings, visit.papers.count()) == (MORE_FINDINGS, 2)


def test_a_full_phone_with_network_sends_at_once(
    round_page: Page, homes: list[HardshipFile], tmp_path: Folder
) -> None:
    page = round_page
    page.evaluate(FILL_UP)
    fill_in(page, homes[0], tmp_path)
    page.evaluate("window.isFull = true")
    queue(page)
    expect(home(page, homes[0]).locator(".badge")).to_have_text("已登记")
    assert visits_of(homes) == [1, 0]


@pytest.mark.parametrize("address", ["/home-visits/", "/field/visits/"])
def test_logging_out_from_any_page_wipes_the_phone(
    round_page: Page, homes: list[HardshipFile], browser_site: str, tmp_path: Folder, address: str
) -> None:
    page = round_page
    page.context.set_offline(True)
    fill_in(page, homes[0], tmp_path)
    page.get_by_role("button", name="先存着，返回").click()
    expect(home(page, homes[0]).locator(".badge")).to_have_text("填写中")
    page.context.set_offline(False)
    asked: list[str] = []
    answers = iter(["dismiss", "accept"])

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        getattr(dialog, next(answers))()

    page.on("dialog", answer)
    page.goto(browser_site + address)
    if address == "/home-visits/":
        page.locator("details.menu summary").click()
    page.get_by_role("button", name="退出登录").click()
    # Whoever thinks better of it stays, and so does what was typed.
    expect(page).to_have_url(browser_site + address)
    assert [len(page.evaluate(STORED)[store]) for store in ("visits", "drafts")] == [2, 1]
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{browser_site}/")
    assert len(asked) == 2 and "1 份核查还没有上报" in asked[0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("caches.keys().then(found => found.length)") == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not [one for one in page.context.cookies() if one.get("name") == "field_key"]


def test_without_its_half_of_the_key_nothing_can_be_read(
    round_page: Page, homes: list[HardshipFile], browser_site: str
) -> None:
    round_page.context.clear_cookies(name="field_key")
    round_page.reload()
    expect(round_page.get_by_text("手机上的核查资料已经清除")).to_be_visible()
    assert [len(rows) for rows in round_page.evaluate(STORED).values()] == [0, 0, 0, 0]


def test_another_account_is_asked_and_sees_nothing(
    round_page: Page, homes: list[HardshipFile], browser_site: str, path: Path, calendar: Calendar
) -> None:
    with calendar.here():
        user = a_user("韩若谷")
        a_post(VISITOR, path.unit, user)
        other = Actor.of(user)
    enter(round_page, browser_site, other)
    round_page.goto(f"{browser_site}/field/visits/")
    expect(round_page.get_by_text("另一个账号的核查资料")).to_be_visible()
    expect(round_page.get_by_text(homes[0].number)).to_have_count(0)
    round_page.get_by_role("button", name="清除另一个账号的资料").click()
    expect(round_page.get_by_role("button", name="下载我的核查")).to_be_visible()


def test_without_script_the_page_says_where_to_go(
    browser: Browser, browser_site: str, path: Path, homes: list[HardshipFile], said: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN", **TOUCH)
    page = context.new_page()
    enter(page, browser_site, path.visitor)
    page.goto(f"{browser_site}/field/visits/")
    expect(page.get_by_text("请联网用在线表单登记")).to_be_visible()
    page.get_by_role("link", name="在线登记").click()
    expect(page.get_by_text(homes[0].number)).to_be_visible()
    context.close()
