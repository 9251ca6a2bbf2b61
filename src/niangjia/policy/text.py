"""Formula text as people type it: full-width signs become ASCII outside quotes, names are NFKC-normalised.

Every character of the result remembers the column it came from, so that an error points into the author's
own text.
"""

from __future__ import annotations

import ast
import keyword
import unicodedata
import warnings

from niangjia.policy.errors import Place, PolicyError
from niangjia.policy.records import Record

LONGEST = 2000
DEEPEST = 30
FUNCTIONS = frozenset(
    [
        "min",
        "max",
        "round",
        "floor",
        "ceil",
        "tier",
        "whole",
        "marginal",
        "lookup",
        "sum",
        "count",
        "any",
        "all",
        "date",
        "year",
        "month",
        "age",
        "years",
        "months",
        "days",
        "unit",
        "true",
        "false",
    ]
)
TODAY = "当日"
_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "。": ".", "、": ","}
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’", "”": "”", "＂": "＂"}

_REWRITTEN = frozenset((*_SIGNS, *_QUOTES, *"\\\t\n\r\v\f")) - {"'"}
"""Characters that a formula may hold but its normalised text does not."""


def name_of(raw: str) -> str:
    """The normalised name, or a refusal that says which character is in the way."""
    name = unicodedata.normalize("NFKC", raw)
    if name in FUNCTIONS or name == TODAY or keyword.iskeyword(name):
        raise PolicyError(
            f"“{raw}”是公式语言的保留字，请换一个名称。",
            f"'{raw}' is a word of the language; choose another name.",
        )
    if not name.isidentifier():
        raise PolicyError(
            f"名称“{raw}”只能由汉字、字母、数字和下划线组成，且不能以数字开头。",
            f"The name '{raw}' may only hold letters, digits and underscores, and not begin with a digit.",
        )
    return name


class Source(Record):
    """A parsed formula: its tree, its normalised text, and the way back to the author's columns."""

    written: str
    text: str
    tree: ast.expr
    _columns: tuple[int, ...]

    def offset(self, node: ast.AST) -> int:
        """Character position of a node's start in `text` (ast counts UTF-8 bytes)."""
        return _characters(self.text, getattr(node, "col_offset", 0))

    def end(self, node: ast.AST) -> int:
        return _characters(self.text, getattr(node, "end_col_offset", 0))

    def column(self, node: ast.AST) -> int:
        return self._columns[min(self.offset(node), len(self._columns) - 1)]

    def segment(self, node: ast.AST) -> str:
        return self.text[self.offset(node) : self.end(node)]

    def refuse(self, node: ast.AST, zh: str, en: str) -> PolicyError:
        return PolicyError(zh, en, Place(column=self.column(node)))


def _characters(text: str, at_byte: int) -> int:
    return len(text.encode()[:at_byte].decode())


def parse(written: str) -> Source:
    """Read one formula. Raises PolicyError with the column for anything that is not one expression."""
    if len(written) > LONGEST:
        raise PolicyError(
            f"公式超过 {LONGEST} 个字符，请拆成几个步骤。",
            f"The formula is longer than {LONGEST} characters; split it.",
        )
    text, columns = _normalise(written)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = getattr(error, "offset", None) or 0
        at = offset - 1 if offset and getattr(error, "lineno", 1) == 1 else len(columns) - 1
        raise PolicyError(
            "公式写法有误，请检查括号、运算符和逗号。",
            "The formula is not well formed; check brackets, operators and commas.",
            Place(column=columns[min(at, len(columns) - 1)]),
        ) from None
    source = Source(written, text, tree, columns)
    _measure(source, tree)
    return source


def _measure(source: Source, tree: ast.expr) -> None:
    if len(source.text) <= DEEPEST:
        return
    todo: list[tuple[ast.AST, int]] = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        if depth > DEEPEST:
            raise source.refuse(
                tree,
                f"公式嵌套超过 {DEEPEST} 层，请拆成几个步骤。",
                f"The formula nests deeper than {DEEPEST}.",
            )
        todo.extend((child, depth + 1) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))


def _normalise(written: str) -> tuple[str, tuple[int, ...]]:
    if _REWRITTEN.isdisjoint(written) and unicodedata.is_normalized("NFKC", written):
        return written.strip(), tuple(range(len(written) - len(written.lstrip()) + 1, len(written) + 2))
    pieces: list[str] = []
    columns: list[int] = []
    closing = ""
    for column, character in enumerate(written, 1):
        piece, closing = _piece(character, closing)
        pieces.append(piece)
        columns.extend([column] * len(piece))
    columns.append(len(written) + 1)
    text = "".join(pieces)
    return text.strip(), tuple(columns[len(text) - len(text.lstrip()) :])


def _piece(character: str, closing: str) -> tuple[str, str]:
    """One character rewritten, and the quote that will close the label we are in ("" = outside quotes)."""
    if closing:
        if character == closing:
            return "'", ""
        return (character if character not in "'\\" else f"\\{character}"), closing
    if character in _QUOTES:
        return "'", _QUOTES[character]
    if character.isspace():
        return " ", ""
    return _SIGNS.get(character) or unicodedata.normalize("NFKC", character), ""
