"""The forms of a hardship file: everything comes out as it was written, masked or for a reason."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path as FilePath

import docx
import pytest
from jinja2.exceptions import SecurityError

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.circumstances import actions as circumstances
from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.papers import APPLICATION, AUTHORISATION, HOME_VISIT
from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.documents import BadTemplate, Copy, Form, Printed, pdf, print_out, word
from niangjia.kernel.errors import Invalid, Missing, NotAllowed
from niangjia.membership.identity import parse
from niangjia.membership.models import HouseholdMembership
from tests.cast import Tree, a_user, who
from tests.families import DAY, Path, a_person, a_worker, an_id_number
from tests.printed import fonts_of, pages_of, text_of_pdf, text_of_word

pytestmark = pytest.mark.django_db

FULL = Copy(in_full=True)
HOSTILE = (
    '他说"苦"<b>&amp;#eval(1) \\ #sys.inputs $x^2$ *粗* _斜_ `码` @某 =标题 -项 /项: //注 {{ 7*7 }} {% x %} '
    "䶮𬭎㛃𫖯 ☐ ’‘ — … ﹏ [x](http://a.b) \t制表"
)


@pytest.fixture
def way(tree: Tree) -> Path:
    return Path(tree)


@pytest.fixture
def file(way: Path) -> HardshipFile:
    with clock.at(DAY):
        return way.to(State.VISITED)


def printed(file: HardshipFile, actor: Actor, form: Form = Form.PDF, **given: object) -> Printed:
    return print_out(APPLICATION, file, form, actor=actor, **{"copy": Copy(), **given})  # type: ignore[arg-type]


@pytest.mark.parametrize("form", list(Form))
def test_the_form_says_what_the_file_says(way: Path, file: HardshipFile, form: Form) -> None:
    made = printed(file, way.worker, form)
    text = (text_of_pdf if form is Form.PDF else text_of_word)(made.content)
    person = file.person
    for said in (
        person.name,
        person.id_number,
        person.phone,
        file.number,
        "¥36,000.00",
        "¥24,000.50",
        "¥1,000.00",
    ):
        assert said in text
    assert "爱人患病两年，孩子读高中，家里只有我一人上班。" in text
    assert "1980年5月17日" in text
    assert "2026年3月2日" in text
    assert made.name == f"困难职工申请表.{form.suffix}"


def test_the_chinese_type_travels_with_the_pdf(way: Path, file: HardshipFile) -> None:
    fonts = fonts_of(printed(file, way.worker).content)
    assert fonts
    assert all(fonts.values())
    assert {name.partition("+")[2].partition("-")[0] for name in fonts} == {"NotoSerifSC", "NotoSansSC"}


def test_it_is_pdf_a_and_fits_a_sheet_of_paper(way: Path, file: HardshipFile) -> None:
    made = printed(file, way.worker).content
    assert b"pdfaid:part" in made
    assert pages_of(made) == 1
    # Everything told, and a story of a few sentences.
    topics = [
        replace(one, text="住房类型：租房；住房面积：50—70 平方米；" * 3)
        for one in APPLICATION.facts(file, FULL).topics
    ]  # type: ignore[attr-defined]
    whole = replace(APPLICATION.facts(file, FULL), topics=topics, statement="家里的情况很难。" * 15)  # type: ignore[type-var]
    assert pages_of(pdf(APPLICATION.typst, whole)) == 1
    assert pages_of(print_out(HOME_VISIT, file, Form.PDF, actor=way.clerk, copy=Copy()).content) == 1


def test_a_long_story_goes_on_over_numbered_pages(way: Path, file: HardshipFile) -> None:
    facts = replace(APPLICATION.facts(file, FULL), statement="家里的情况很难。" * 250)  # type: ignore[type-var]
    made = pdf(APPLICATION.typst, facts)
    assert pages_of(made) > 1
    assert f"共{pages_of(made)}页" in text_of_pdf(made)


def test_what_people_wrote_is_never_read_as_markup(file: HardshipFile) -> None:
    facts = replace(APPLICATION.facts(file, FULL), statement=HOSTILE, employer=HOSTILE[:40])  # type: ignore[type-var]
    made = pdf(APPLICATION.typst, facts)
    on_paper = text_of_pdf(made)
    for said in HOSTILE.split():
        assert said in on_paper or said == "☐", said  # drawn, for the font has none
    assert b"pdfaid:part" in made
    assert HOSTILE in text_of_word(word(APPLICATION.word, facts)).replace("\n", "\t")


def test_what_no_reader_can_show_is_left_out_and_lines_are_kept(file: HardshipFile) -> None:
    facts = replace(APPLICATION.facts(file, FULL), statement="第一行\r\n第二行\x07\x0c\x1b\ufffe尾")  # type: ignore[type-var]
    assert "第一行第二行尾" in text_of_pdf(pdf(APPLICATION.typst, facts))
    assert "第一行\n第二行尾" in text_of_word(word(APPLICATION.word, facts))


def test_a_sign_that_the_font_lacks_costs_the_archive_mark_only(file: HardshipFile) -> None:
    facts = replace(APPLICATION.facts(file, FULL), statement="谢谢🙂工会")  # type: ignore[type-var]
    made = pdf(APPLICATION.typst, facts)
    assert b"pdfaid:part" not in made
    assert "谢谢" in text_of_pdf(made)
    assert "谢谢🙂工会" in text_of_word(word(APPLICATION.word, facts))


def test_empty_facts_leave_room_to_write(file: HardshipFile) -> None:
    facts = replace(APPLICATION.facts(file, FULL), employer="", address="", joined_on=None)  # type: ignore[type-var]
    text = text_of_pdf(pdf(APPLICATION.typst, facts))
    assert "None" not in text
    assert "None" not in text_of_word(word(APPLICATION.word, facts))


def test_a_colleague_gets_masks_without_giving_a_reason(way: Path, file: HardshipFile) -> None:
    text = text_of_pdf(printed(file, way.clerk).content)
    person = file.person
    assert person.id_number not in text
    assert person.phone not in text
    assert f"{person.id_number[:6]}********{person.id_number[-4:]}" in text
    assert not audit.history(file).filter(action="print").exists()


def test_everything_is_printed_for_a_reason_that_is_kept(way: Path, file: HardshipFile) -> None:
    text = text_of_pdf(printed(file, way.clerk, copy=FULL, reason=" 存入纸质档案 ").content)
    assert file.person.id_number in text
    entry = audit.history(file).get(action="print")
    assert entry.actor == way.clerk.user
    assert entry.remark.text == "困难职工申请表：存入纸质档案"
    assert file.person.id_number not in str(entry.changes)


@pytest.mark.parametrize("reason", ["", "  ", "看看"])
def test_without_a_reason_nothing_is_printed_in_full(way: Path, file: HardshipFile, reason: str) -> None:
    with pytest.raises(Invalid, match="至少 4 个字") as refusal:
        printed(file, way.clerk, copy=FULL, reason=reason)
    assert set(refusal.value.problems) == {"reason"}
    assert not audit.history(file).filter(action="print").exists()


def test_strangers_find_nothing_and_the_worker_prints_no_visit(
    tree: Tree, way: Path, file: HardshipFile
) -> None:
    for stranger in (a_worker(tree.willow), who(CENTRE_CLERK, tree.west), Actor(a_user())):
        with pytest.raises(Missing):
            APPLICATION.find(file.public_id, stranger)
    with pytest.raises(NotAllowed, match="入户核查表"):
        print_out(HOME_VISIT, file, Form.PDF, actor=way.worker, copy=Copy())


def test_the_visit_form_is_empty_before_and_filled_after_the_visit(tree: Tree) -> None:
    way = Path(tree)
    with clock.at(DAY):
        file = way.to(State.REVIEWED)
        before = text_of_word(print_out(HOME_VISIT, file, Form.WORD, actor=way.clerk, copy=Copy()).content)
        assert "房屋租住" not in before
        after = Path(tree).to(State.VISITED)
        filled = text_of_word(print_out(HOME_VISIT, after, Form.WORD, actor=way.clerk, copy=Copy()).content)
    assert "房屋租住，家具简单" in filled
    assert "¥35,500.00" in filled


def test_a_field_that_is_not_there_is_named_with_those_that_are(
    tmp_path: FilePath, file: HardshipFile
) -> None:
    facts = APPLICATION.facts(file, FULL)
    with pytest.raises(BadTemplate, match=r"字段“found_size”不存在.*statement"):
        pdf(HOME_VISIT.typst, facts)
    with pytest.raises(BadTemplate, match=r"字段“salary”不存在.*statement"):
        word(own_template(tmp_path, "{{ salary }}"), facts)


@pytest.mark.parametrize(
    "words",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ name.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ lipsum.__globals__['os'] }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    ],
)
def test_a_hostile_word_template_gets_nothing(tmp_path: FilePath, file: HardshipFile, words: str) -> None:
    with pytest.raises(BadTemplate, match="打印模板") as refusal:
        word(own_template(tmp_path, words), APPLICATION.facts(file, FULL))
    assert isinstance(refusal.value.__cause__, SecurityError) or "不存在" in str(refusal.value)


def own_template(folder: FilePath, words: str) -> FilePath:
    document = docx.Document()
    document.add_paragraph(words)
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_the_authorisation_lists_every_adult_for_signature_and_children_apart(
    way: Path, file: HardshipFile
) -> None:
    add = partial(circumstances.add_member, file, actor=way.worker, monthly_amount="0", school="")
    with clock.at(DAY):
        grown, child = an_id_number(born_on=date(1982, 4, 1)), an_id_number(born_on=date(2008, 3, 3))
        add(name="方沐晴", relation="spouse", identity="jobless", id_number=parse(grown))
        add(name="柳青禾", relation="child", identity="student", id_number=parse(child))
        add(name="沈老太", relation="parent", identity="retired")
        facts = AUTHORISATION.facts(file, FULL)
        made = print_out(AUTHORISATION, file, Form.PDF, actor=way.worker, copy=Copy()).content
    signers = [(one.name, one.relation) for one in facts.signers if one.name]  # type: ignore[attr-defined]
    assert signers == [(file.person.name, "本人"), ("方沐晴", "配偶"), ("沈老太", "父母")]
    text = text_of_pdf(made)
    assert "未成年家庭成员：柳青禾" in text and grown in text and child not in text
    assert pages_of(made) == 1 and b"pdfaid:part" in made
    assert "申请人已于2026年3月2日在网上本人授权" in text.replace(" ", "")


def test_the_authorisation_lists_the_registered_household_where_the_application_names_nobody(
    tree: Tree, way: Path, file: HardshipFile
) -> None:
    HouseholdMembership.objects.create(
        household=file.household, person=a_person(tree.willow, "白知遥"), relation="spouse", from_on=DAY
    )
    with clock.at(DAY):
        masked = text_of_pdf(print_out(AUTHORISATION, file, Form.PDF, actor=way.clerk, copy=Copy()).content)
    assert "白知遥" in masked and file.person.id_number not in masked
