"""English is complete: every text marked for translation has one, with the same places to fill in.

Extraction is done here without gettext, so that the promise is checked on any machine.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "niangjia"
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# Which arguments of a marking function are texts; a context comes before the text.
MARKS = {
    "_": (0,),
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "ngettext": (0,),
    "ngettext_lazy": (0,),
    "pgettext": (1,),
    "pgettext_lazy": (1,),
    "npgettext": (1,),
    "npgettext_lazy": (1,),
}
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b({'|'.join(MARKS)})\((\s*{LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)
PLACES = re.compile(r"%\([a-z_0-9]+\)[sd]|%[sd]|\{[a-z_0-9]*\}")


def texts_of_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for position in MARKS.get(name, ()):
            argument = node.args[position] if len(node.args) > position else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def texts_of_template(path: Path) -> Iterator[str]:
    """Django itself turns a template into calls, as it does for gettext."""
    for name, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        literals = ast.literal_eval(f"({arguments},)")
        for position in MARKS[name]:
            yield literals[position]


@cache
def marked() -> dict[str, str]:
    """Each marked Chinese text, and the first file it stands in."""
    found: dict[str, str] = {}
    for suffix, texts in (
        (".py", texts_of_python),
        (".html", texts_of_template),
        (".txt", texts_of_template),
    ):
        for path in sorted(SOURCE.rglob(f"*{suffix}")):
            for text in texts(path):
                if CHINESE.search(text):
                    found.setdefault(text, path.relative_to(SOURCE).as_posix())
    return found


@cache
def entries() -> dict[str, polib.POEntry]:
    assert CATALOGUE.exists(), "no English catalogue yet: see CONTRIBUTING.md, Translations"
    return {entry.msgid: entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_extraction_finds_texts_of_both_kinds() -> None:
    kinds = {Path(name).suffix for name in marked().values()}
    assert {".py", ".html"} <= kinds


def test_every_text_has_an_english_one() -> None:
    translated = {text for text, entry in entries().items() if all(said(entry)) and not entry.fuzzy}
    assert {text: name for text, name in marked().items() if text not in translated} == {}


def test_texts_are_marked_where_gettext_finds_them() -> None:
    """It knows the marking functions by name only, and does not look into f-strings."""
    hidden = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            renamed = isinstance(node, ast.ImportFrom) and any(
                alias.name in MARKS and alias.asname not in {None, "_"} for alias in node.names
            )
            buried = isinstance(node, ast.JoinedStr) and any(
                isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in MARKS
                for inner in ast.walk(node)
            )
            if renamed or buried:
                hidden.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert hidden == []


def test_a_translation_keeps_the_places_to_fill_in() -> None:
    wrong = {
        text: said(entry)
        for text, entry in entries().items()
        for words in said(entry)
        if words and set(PLACES.findall(words)) != set(PLACES.findall(text))
    }
    assert wrong == {}


def test_no_translation_is_chinese() -> None:
    """Proper names keep their characters in brackets or beside an English word, never alone."""
    left = [text for text, entry in entries().items() if any(chinese_only(words) for words in said(entry))]
    assert left == []


def chinese_only(words: str) -> bool:
    return bool(CHINESE.search(words)) and not re.search(r"[A-Za-z]", words)
