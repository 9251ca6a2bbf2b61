"""一户一档: the whole file as one PDF. What it says, what each reader's copy leaves out, who may print it."""

import io
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from niangjia.assistance.access import CENTRE_CLERK, REVIEWER
from niangjia.assistance.circumstances.actions import state as tell
from niangjia.assistance.kinds import State
from niangjia.assistance.models import Attachment, HardshipFile
from niangjia.assistance.pairing import workflow as pairings
from niangjia.assistance.papers import DOSSIER
from niangjia.benefits.access import CONFIRMER
from niangjia.benefits.kinds import State as BenefitState
from niangjia.kernel import audit, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import Copy, Form, print_out, templates_for
from niangjia.kernel.errors import Invalid, Missing, NotAllowed
from niangjia.kernel.files import vault
from niangjia.membership.models import Member
from tests.benefits.people import Way
from tests.cast import Tree, a_post, who
from tests.families import APPLICATION, VISIT, a_worker
from tests.plans import GOAL, PairPath
from tests.printed import fonts_of, pages_of, text_of_pdf
from tests.web.api.test_bring_papers import a_photo

FULL = {"copy": Copy(in_full=True), "reason": "存入纸质档案"}


@pytest.fixture
def way(tree: Tree) -> PairPath:
    return PairPath(tree)


@pytest.fixture
def file(way: PairPath) -> HardshipFile:
    """Filed and helped, with a plan and three papers, one of them medical."""
    file = way.filed()
    plan = way.draft(file)
    way.ready(plan)
    for kind, colour in (("medical", "red"), ("income", "green"), ("register", "blue")):
        papers.attach(Attachment, file, actor=way.clerk, kind=kind, upload=a_photo(f"{kind}.png", colour))
    return file


def printed(file: HardshipFile, actor: Actor, **given: Any) -> bytes:
    found = DOSSIER.find(file.public_id, actor)
    return print_out(DOSSIER, found, Form.PDF, actor=actor, **{"copy": Copy(), **given}).content


def colours(content: bytes) -> set[str]:
    """Which of the photos are in it, by the colour that leads."""
    found = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        for image in page.images:
            pixel = Image.open(io.BytesIO(image.data)).convert("RGB").getpixel((5, 5))
            found.add(("red", "green", "blue")[pixel.index(max(pixel))])  # type: ignore[arg-type, union-attr]
    return found


def test_it_tells_the_whole_file(way: PairPath, file: HardshipFile) -> None:
    call = way.visit()
    pairings.record_visit(way.pair(file), actor=way.cadre, **call)
    made = printed(file, way.clerk, **FULL)
    text, person = text_of_pdf(made), file.person
    for said in (
        call["discussed"],
        *(file.number, file.unit.name, "完整版", "A-01", person.id_number, person.phone, "¥24,000.50"),
        *(APPLICATION["statement"], VISIT["findings"], VISIT["companion"], "¥35,800.00", "¥2,600.00"),
        *("公示无异议", "公示工作日", GOAL, "职业介绍", "medical.jpg", "深度困难", "建档"),
    ):
        assert said in text, said
    assert "None" not in text
    assert b"pdfaid:part" in made
    assert all(fonts_of(made).values())


def test_the_cover_reconciles_with_the_bound_paper(way: PairPath, file: HardshipFile) -> None:
    file.page_count = 37
    file.save(update_fields=["page_count"])
    made = printed(file, way.clerk)
    cover = "".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    assert "档案盒号A-01" in cover
    assert "纸质页数37页" in cover
    assert f"电子件页数{pages_of(made)}页" in cover


def test_the_index_names_the_pages_of_each_part(way: PairPath, file: HardshipFile) -> None:
    pages = PdfReader(io.BytesIO(printed(file, way.clerk, **FULL))).pages
    index = "".join(pages[1].extract_text().split())
    starts = [
        number for number, page in enumerate(pages, 1) if number > 2 and "6\u3000材料" in page.extract_text()
    ]
    assert len(starts) == 1
    books = [index.index(book) for book in ("原始档案", "财务档案", "日常帮扶档案", "收入变化")]
    assert books == sorted(books)
    # The list and a page for each of three photos.
    assert f"材料{starts[0]}–{starts[0] + 3}4" in index
    assert f"办理经过{starts[0] + 4}" in index


def test_pictures_come_in_full_and_medical_ones_only_to_whom_may_know(
    way: PairPath, file: HardshipFile
) -> None:
    assert colours(printed(file, way.clerk, **FULL)) == {"red", "green", "blue"}
    made = printed(file, way.reviewer, **FULL)
    assert colours(made) == {"green", "blue"}
    assert "medical." not in text_of_pdf(made)


def test_the_masked_copy_asks_nothing_and_gives_nothing_away(way: PairPath, file: HardshipFile) -> None:
    made = printed(file, way.clerk)
    text, person = text_of_pdf(made), file.person
    assert "掩码版" in text
    assert person.id_number not in text
    assert person.phone not in text
    assert f"{person.id_number[:6]}********{person.id_number[-4:]}" in text
    assert "medical.jpg" in text
    assert colours(made) == set()
    assert not audit.history(file).filter(action="print").exists()


def test_everything_takes_a_reason_that_is_kept(way: PairPath, file: HardshipFile) -> None:
    with pytest.raises(Invalid, match="至少 4 个字"):
        printed(file, way.clerk, copy=Copy(in_full=True), reason="看看")
    printed(file, way.clerk, **FULL)
    entry = audit.history(file).get(action="print")
    assert (entry.actor, entry.remark.text) == (way.clerk.account, "一户一档：存入纸质档案")


def test_the_workers_own_is_masked_and_without_what_is_the_unions(way: PairPath, file: HardshipFile) -> None:
    made = printed(file, way.worker)
    text = text_of_pdf(made)
    assert APPLICATION["statement"] in text
    assert text.count("由工会留存，不印入本人的一份。") == 3
    for left_out in (file.person.id_number, file.person.phone, VISIT["findings"], "¥2,600.00", GOAL):
        assert left_out not in text
    assert colours(made) == set()
    assert not audit.history(file).filter(action="print").exists()


def test_what_the_family_said_of_illness_stays_with_those_who_may_know(way: PairPath) -> None:
    file = way.to(State.VISITED)
    tell(file, actor=way.clerk, health="cancer")
    assert "癌症" in text_of_pdf(printed(file, way.clerk))
    assert "癌症" not in text_of_pdf(printed(file, way.reviewer, **FULL))


def test_benefits_are_told_with_their_steps_to_whom_may_see_them(
    tree: Tree, way: PairPath, file: HardshipFile
) -> None:
    Member.objects.filter(person=file.person).update(is_migrant=True)
    row = Way(tree, worker=way.worker).to(BenefitState.GRANTED)
    a_post(CONFIRMER, tree.city, way.clerk.account)
    both = Actor.of(way.clerk.account)
    for actor in (way.worker, both):
        text = text_of_pdf(printed(file, actor))
        assert row.number in text
        assert row.grants.get().number in text
        assert "¥4,500.00" in text
    assert row.number not in text_of_pdf(printed(file, way.reviewer, **FULL))


def test_a_damaged_paper_costs_only_its_own_page(way: PairPath, file: HardshipFile) -> None:
    lost = file.attachments.get(kind="income").stored.address
    vault.path(lost).write_bytes(b"no longer what it was")
    made = printed(file, way.clerk, **FULL)
    assert colours(made) == {"red", "blue"}
    assert "文件内容与保存时不一致" in text_of_pdf(made)


def test_strangers_find_nothing_and_it_is_no_word_file(tree: Tree, way: PairPath, file: HardshipFile) -> None:
    for stranger in (a_worker(tree.willow), who(CENTRE_CLERK, tree.west), who(REVIEWER, tree.spring)):
        with pytest.raises(Missing):
            printed(file, stranger)
    with pytest.raises(NotAllowed, match="一户一档"):
        print_out(DOSSIER, file, Form.PDF, actor=way.cadre, copy=Copy())
    assert DOSSIER not in templates_for(file, way.cadre)
    with pytest.raises(Missing, match="只有 PDF"):
        print_out(DOSSIER, file, Form.WORD, actor=way.clerk, copy=Copy())


def test_a_file_just_begun_has_all_parts_and_says_what_is_not_there(way: PairPath) -> None:
    text = text_of_pdf(printed(way.apply(), way.clerk))
    assert text.count("没有记录。") == 8
    assert "None" not in text
