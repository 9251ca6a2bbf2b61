"""Who gains, who loses, what it costs: comparing versions, sweeping a parameter, the table and the picture."""

import json
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from niangjia.policy import command
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets import duck, picture, report, simulation
from tests.policy.sets import example
from tests.policy.sets.conftest import Compile

CHANGED = example.POLICY.replace("value = 0.5", "value = 0.6").replace("人均 <= 900", "人均 <= 899.99")


def compared(compiled: Compile, tmp_path: Path, after: str, **options: object) -> simulation.Comparison:
    before, changed = compiled(example.POLICY, example.ON), compiled(after, example.ON)
    with duck.session() as connection:
        opened = duck.sources(connection, changed, example.files(tmp_path))
        return simulation.compare(connection, before, changed, opened, **options)  # type: ignore[arg-type]


def test_a_household_that_loses_its_aid_is_counted_with_the_amount(compiled: Compile, tmp_path: Path) -> None:
    found = compared(compiled, tmp_path, CHANGED, by=["单位", "类别"])
    assert found.before.cost == example.PAID
    assert found.after.cost == 0
    assert found.lose == simulation.Change(1, -example.PAID)
    assert (found.gain.units, found.no_longer, found.newly) == (0, 1, 0)
    assert (found.same, found.undecided) == (2, 3)
    east = next(line for line in found.lines["单位"] if line.name == "东区")
    assert (east.units, east.before, east.after) == (2, example.PAID, 0)
    assert [(bucket.text, bucket.units) for bucket in found.buckets if bucket.units] == [
        ("-1,000 … -500", 1),
        ("", 2),
    ]


def test_a_higher_share_makes_a_gain_and_the_gap_is_need_less_own_money(
    compiled: Compile, tmp_path: Path
) -> None:
    after = example.POLICY.replace("value = 0.5", "value = 0.6")
    seen: list[tuple[int, int]] = []
    found = compared(
        compiled, tmp_path, after, own=Decimal(400), progress=lambda done, total: seen.append((done, total))
    )
    assert found.gain == simulation.Change(1, Decimal("100.00"))
    assert found.gap is not None
    assert found.gap.gap == Decimal("200.01")
    assert seen[-1][0] == seen[-1][1]


def test_a_doubled_household_is_refused_because_it_would_be_paid_twice(
    compiled: Compile, tmp_path: Path
) -> None:
    archive = example.files(tmp_path)
    assert isinstance(archive.units, Path)
    archive.units.write_text(example.UNITS + "1,5,true,,东区\n", encoding="utf-8")
    program = compiled(example.POLICY, example.ON)
    with duck.session() as connection, pytest.raises(PolicyError, match="1 个重复"):
        simulation.compare(connection, program, program, duck.sources(connection, program, archive))


def test_a_sweep_costs_each_value(compiled: Compile, tmp_path: Path) -> None:
    values = [Decimal("0.1"), Decimal("0.5"), Decimal("1")]
    programs = {value: compiled(example.POLICY, example.ON, settings={"比例": value}) for value in values}
    with duck.session() as connection:
        opened = duck.sources(connection, programs[values[0]], example.files(tmp_path))
        points = simulation.sweep(connection, programs, opened, own=Decimal(600))
    assert [point.side.cost for point in points] == [Decimal("100.00"), example.PAID, Decimal("1000.01")]
    assert "1,000.01" in report.sweep(points, "比例")
    drawing = ElementTree.fromstring(picture.sweep(points, "比例"))
    assert drawing.get("role") == "img"


def test_the_picture_can_be_read_aloud_and_needs_no_style_sheet(compiled: Compile, tmp_path: Path) -> None:
    found = compared(compiled, tmp_path, CHANGED)
    drawing = picture.comparison(found)
    root = ElementTree.fromstring(drawing)
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.find("s:title", space) is not None
    assert "减少 1" in (root.findtext("s:desc", "", space))
    assert "style" not in drawing and "script" not in drawing
    assert "▼" in drawing, "loss is marked by more than its colour"


def test_the_table_stands_in_columns_in_both_languages(compiled: Compile, tmp_path: Path) -> None:
    found = compared(compiled, tmp_path, CHANGED, by=["单位"])
    assert "缺资料" in report.comparison(found)
    english = report.comparison(found, "en")
    assert "no longer entitled" in english
    lines = report.table(["甲", "b"], [["一二三", "1"], ["x", "22"]]).splitlines()
    assert [report.width(line) for line in lines] == [10, 10, 10, 10]
    assert json.loads(json.dumps(simulation.facts(found)))["lose"]["amount"] == "-500.01"


def test_the_commands_run_and_compare_an_archive_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("one", example.POLICY), ("two", CHANGED)):
        file = tmp_path / name / "350600" / "random.toml"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    folder = tmp_path / "archive"
    folder.mkdir()
    example.files(folder)
    # As office programs save it.
    (folder / "units.csv").write_bytes(example.UNITS.encode("gb18030"))
    one, two = (str(tmp_path / name / "350600" / "random.toml") for name in ("one", "two"))
    output = tmp_path / "out.csv"
    on = ["--on", "2025-10-01", "--input", str(folder)]
    assert command.main(["run", one, "--output", str(output), *on]) == 0
    assert "已核定 2 · 排除 1 · 缺资料 3" in capsys.readouterr().out
    assert "500.01" in output.read_text(encoding="utf-8")
    drawing = tmp_path / "drawing.svg"
    assert command.main(["compare", one, two, "--by", "单位", "--picture", str(drawing), *on]) == 0
    assert "-500.01" in capsys.readouterr().out
    assert drawing.read_text(encoding="utf-8").startswith("<svg")
    assert command.main(["compare", one, "--sweep", "比例=0.1,0.2", "--json", *on]) == 0
    assert [point["side"]["cost"] for point in json.loads(capsys.readouterr().out)] == ["100.00", "200.00"]


def test_what_is_wrong_with_the_command_line_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "350600" / "random.toml"
    file.parent.mkdir()
    file.write_text(example.POLICY, encoding="utf-8")
    output = str(tmp_path / "out.csv")
    example.files(tmp_path)
    for arguments, said in (
        (["--input", str(tmp_path / "nothing")], "没有档案文件 nothing"),
        (["--input", str(tmp_path / "350600")], "没有 units.csv"),
        (["--input", str(tmp_path), "--memory", "lots"], "引擎无法完成"),
    ):
        assert command.main(["run", str(file), "--output", output, *arguments]) == 1
        assert said in capsys.readouterr().err


def test_a_wrong_day_or_one_outside_the_file_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "350600" / "random.toml"
    policy.parent.mkdir()
    policy.write_text(example.POLICY, encoding="utf-8")
    words = [str(policy), "--input", str(example.files(tmp_path).units)]
    run = ["run", *words, "--output", str(tmp_path / "out.csv")]
    for line in ([*run, "--on", "2025-02-30"], ["compare", *words, "--after-on", "昨天"]):
        with pytest.raises(SystemExit):
            command.main(line)
        assert "不是日期，请写成 2025-10-01" in capsys.readouterr().err
    for line in ([*run, "--on", "2023-12-31"], ["compare", str(policy), *words, "--on", "2023-12-31"]):
        assert command.main(line) == 1
        assert "2023-12-31 不在施行期内：这份政策自 2024-01-01 起施行。" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_what_is_spilled_goes_where_the_caller_says_and_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "350600" / "random.toml"
    policy.parent.mkdir()
    policy.write_text(example.POLICY, encoding="utf-8")
    archive, spool = tmp_path / "archive", tmp_path / "spool"
    archive.mkdir(), spool.mkdir()
    example.files(archive)
    seen: list[list[str]] = []
    real = duck.write
    monkeypatch.setattr(
        duck,
        "write",
        lambda *words, **more: seen.append(sorted(x.name for x in spool.iterdir())) or real(*words, **more),
    )
    words = ["--input", str(archive), "--output", str(tmp_path / "out.csv"), "--spool", str(spool)]
    assert command.main(["run", str(policy), *words]) == 0
    assert len(seen[0]) == 2
    assert list(spool.iterdir()) == []
