"""An explanation as plain text for a terminal or a letter, and as an escaped HTML fragment for a page."""

from __future__ import annotations

from html import escape

from niangjia.policy.explanation import Explanation, Line

_HEADS = {
    "zh": {
        "verdict": "结论",
        "missing": "还缺什么",
        "steps": "怎样算出来的",
        "changes": "怎样会不同",
        "notes": "说明",
    },
    "en": {
        "verdict": "Result",
        "missing": "What is missing",
        "steps": "How it was worked out",
        "changes": "What would change it",
        "notes": "Notes",
    },
}
_SOURCE = {"zh": "依据：", "en": "Source: "}


def text(made: Explanation) -> str:
    heads = _HEADS[made.language]
    parts = [made.title, "", f"{heads['verdict']}：" if made.language == "zh" else f"{heads['verdict']}:"]
    parts += [f"  {line}" for line in made.verdict]
    for key, lines in (("missing", made.missing), ("steps", _steps(made)), ("changes", made.changes)):
        if lines:
            parts += ["", heads[key]] + [f"  {line}" for line in lines]
    if made.notes:
        parts += ["", heads["notes"], f"  {made.notes}"]
    return "\n".join(parts) + "\n"


def _steps(made: Explanation) -> list[str]:
    return [f"{number}. {sentence(line, made.language)}" for number, line in enumerate(made.steps, 1)]


def sentence(line: Line, language: str) -> str:
    """One step on one line: 人均月收入 = … = 750.00 元/人；因为…。依据：第二条"""
    row = f"[{line.row}]" if line.row else ""
    how = f" = {line.how}" if line.how and line.how != line.value else ""
    because = "".join(f"{'；' if language == 'zh' else '; '}{reason}" for reason in line.because)
    end = "。" if language == "zh" else ". "
    source = f"{end}{_source(line, language)}" if line.source else ""
    return f"{line.label}{row}{how} = {line.value}{because}{source}"


def _source(line: Line, language: str) -> str:
    """The article, and the policy of the region above if the rule comes from there."""
    origin = {"zh": f"，沿用{line.origin}", "en": f", from {line.origin}"}[language] if line.origin else ""
    return f"{_SOURCE[language]}{line.source}{origin}"


def html(made: Explanation) -> str:
    """A `<section>`; every text is escaped, no style or script inside."""
    heads, parts = _HEADS[made.language], [f"<h3>{escape(made.title)}</h3>"]
    parts += [f'<p class="verdict">{escape(line)}</p>' for line in made.verdict]
    if made.missing:
        parts.append(_list("missing", heads["missing"], made.missing))
    if made.steps:
        rows = "".join(_item(line, made.language) for line in made.steps)
        parts.append(f'<h4>{heads["steps"]}</h4><ol class="steps">{rows}</ol>')
    if made.changes:
        parts.append(_list("changes", heads["changes"], made.changes))
    if made.notes:
        parts.append(f'<p class="notes">{escape(made.notes)}</p>')
    return f'<section class="explanation {made.status}" lang="{made.language}">{"".join(parts)}</section>'


def _list(name: str, head: str, lines: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<h4>{head}</h4><ul class="{name}">{items}</ul>'


def _item(line: Line, language: str) -> str:
    row = f" [{line.row}]" if line.row else ""
    how = f' <span class="how">{escape(line.how)}</span>' if line.how else ""
    because = "".join(f' <span class="because">{escape(reason)}</span>' for reason in line.because)
    source = f" <small>{escape(_source(line, language))}</small>" if line.source else ""
    value = f"<strong>{escape(line.value)}</strong>"
    return f"<li><b>{escape(line.label)}{row}</b>{how} {value}{because}{source}</li>"
