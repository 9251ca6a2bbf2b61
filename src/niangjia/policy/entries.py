"""Writes, once per program and language, the Python that turns a traced run into JSON entries.

One function per step with its formula cut at the values: filling a hundred numbers in costs microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from niangjia.policy import convert, ir, units
from niangjia.policy.layout import UNIT
from niangjia.policy.notes import LimitNote, StepNote, Written
from niangjia.policy.python import Emitter
from niangjia.policy.typed import Typed, flags

Entry = Callable[[Mapping[str, int]], dict[str, Any]]
ShapeOf = Callable[[Typed, str], ir.Shape]


class _Columns(dict[str, str]):
    """Every column is read from the mapping `c` that an entry function is given."""

    def __missing__(self, name: str) -> str:
        return f"c[{name!r}]"


class EntryWriter:
    def __init__(self, program: ir.Program, shape_of: ShapeOf, language: str) -> None:
        self.emitter = Emitter(program)
        self.emitter.unit = _Columns()
        self.shape_of = shape_of
        self.language = language
        self.globals: dict[str, Any] = {
            **self.emitter.globals,
            "digits": convert.digits,
            "plain": convert.plain,
        }
        self.lines: list[str] = []

    def functions(self, notes: Sequence[StepNote]) -> tuple[Entry, ...]:
        for number, note in enumerate(notes):
            self._function(number, note)
        exec(compile("\n".join(self.lines), "<entries>", "exec"), self.globals)
        return tuple(self.globals[f"entry{number}"] for number in range(len(notes)))

    def _code(self, expr: ir.Expr) -> str:
        return self.emitter.expr(expr, UNIT)

    def _const(self, value: object) -> str:
        name = f"k{len(self.globals)}"
        self.globals[name] = value
        return name

    def _function(self, number: int, note: StepNote) -> None:
        add = self.lines.append
        add(f"def entry{number}(c):")
        known = self._code(flags(note.known)) if note.known else ""
        fixed = self._fixed(note)
        if known:
            add(f" if not {known}:")
            silent = (
                fixed | {"expr": self._text(note), "with": "None"}
                if note.formulas and not note.row
                else fixed
            )
            add(f"  e = {_literal(silent | {'value': 'None'})}")
            self._limits(note, "  ")
            add("  return e")
        value = {"value": self._filled(*self._piece(ir.Ref(note.column), note.shape))}
        if note.row is None:
            self._plain(note, fixed | value)
        else:
            self._cases(note, fixed | value)
        self._marks(note)
        self._limits(note, " ")
        add(" return e")

    def _fixed(self, note: StepNote) -> dict[str, str]:
        said = {
            "name": note.alias + note.step.name,
            "label": note.step.label[self.language],
            "value": "",
            "unit": units.english(note.shape.unit) if self.language == "en" else note.shape.unit,
            "policy": note.policy.title[self.language],
            "version": note.policy.version,
            "origin": note.step.origin,
            "source": note.entry.source or note.step.source,
        }
        return {key: repr(value) for key, value in said.items()}

    def _text(self, note: StepNote) -> str:
        source = note.formulas[0].source
        return repr(source.text if source is not None else note.formulas[0].label)

    def _plain(self, note: StepNote, fixed: dict[str, str]) -> None:
        if note.formulas:
            fixed = fixed | {"expr": self._text(note), "with": self._with(note.formulas[0])}
        self.lines.append(f" e = {_literal(fixed)}")

    def _cases(self, note: StepNote, fixed: dict[str, str]) -> None:
        """Source, formula and condition of the line that applied."""
        assert note.row is not None and note.entry.value is not None
        rows, own = note.entry.value.cases, note.entry.source or note.step.source
        self.lines.append(f" r = {self._code(note.row)}")
        self.lines.append(f" e = {_literal(fixed)}")
        sources = self._const([row.source or own for row in rows])
        self.lines.append(f" e['row'] = r + 1; e['source'] = {sources}[r]")
        for at, formula in enumerate(note.formulas):
            text = formula.source.text if formula.source is not None else formula.label
            when = f"; e['when'] = {self._with(note.conditions[at])}" if at < len(note.conditions) else ""
            said = f"e['expr'] = {text!r}; e['with'] = {self._with(formula)}{when}"
            self.lines.append(f" {'if' if at == 0 else 'elif'} r == {at}: {said}")

    def _marks(self, note: StepNote) -> None:
        if note.marks:
            mark = note.marks[0]
            rules = self._const([rule[self.language == "en"] for rule in mark.rules])
            self.lines.append(f" a = {self._code(mark.row)}")
            self.lines.append(f" e['tier'] = {mark.name!r}; e['row'] = a + 1; e['rule'] = {rules}[a]")

    def _limits(self, note: StepNote, pad: str) -> None:
        if note.limits:
            made = ", ".join(self._limit(limit, note.shape) for limit in note.limits)
            self.lines.append(f"{pad}e['limits'] = [{made}]")

    def _limit(self, note: LimitNote, shape: ir.Shape) -> str:
        before, at = self._code(note.before), self._code(note.at)
        said = {
            "kind": repr(note.kind),
            "at": self._filled(*self._piece(note.at, shape)),
            "before": self._filled(*self._piece(note.before, shape)),
            "hit": f"bool({before} {'>' if note.kind == 'cap' else '<'} {at})",
            "in_principle": repr(note.limit.in_principle),
            "source": repr(note.limit.source),
        }
        return _literal(said | ({"lifted": repr(note.lifted)} if note.lifted else {}))

    # Formulas

    def _with(self, written: Written) -> str:
        """The code of the formula's text with the values of the case in their places."""
        if written.source is None:
            return repr(written.label)
        text, at, form, values = written.source.text, 0, "", list[str]()
        for slot in sorted(written.slots, key=lambda each: (each.start, -each.end)):
            if slot.start >= at:
                piece, codes = self._piece(slot.value.expr, self.shape_of(slot.value, slot.frame))
                form += text[at : slot.start].replace("%", "%%") + piece
                values += codes
                at = slot.end
        return self._filled(form + text[at:].replace("%", "%%"), values)

    def _filled(self, form: str, values: list[str]) -> str:
        return f"{form!r} % ({', '.join(values)},)" if values else repr(form.replace("%%", "%"))

    def _piece(self, expr: ir.Expr, shape: ir.Shape) -> tuple[str, list[str]]:
        """A %-form and the code of what goes into it, in the exact text of `convert.plain`."""
        if isinstance(expr, ir.Const | ir.Truth):
            return convert.plain(int(expr.value), shape).replace("%", "%%"), []
        code = self._code(expr)
        if shape.type == "bool":
            return "%s", [f"('true' if {code} else 'false')"]
        if shape.type == "choice":
            return "%s", [f"{self._const(shape.choices)}[{code}]"]
        if shape.type == "date":
            return "%s", [f"plain({code}, {self._const(shape)})"]
        if not shape.scale:
            return "%d", [code]
        if shape.low >= 0 and isinstance(expr, ir.Ref):
            power = 10**shape.scale
            return f"%d.%0{shape.scale}d", [f"{code} // {power}", f"{code} % {power}"]
        return "%s", [f"digits({code}, {shape.scale})"]


def _literal(said: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{key!r}: {code}" for key, code in said.items()) + "}"
