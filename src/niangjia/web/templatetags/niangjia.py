"""The components pages are made of. `/style/` shows each; `web/README.md` says how to use them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.template.loader import get_template
from django.templatetags.i18n import do_translate
from django.templatetags.static import static
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.kernel import calendar, clock
from niangjia.kernel.money import in_words
from niangjia.kernel.workflow import Workflow
from niangjia.web.shell import documents, formats
from niangjia.web.shell.cases import arrival
from niangjia.web.shell.charts import Chart
from niangjia.web.shell.keyset import Page
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Choice, Moment, Step, Tone

register = template.Library()

Context = dict[str, Any]
# So many entries of a history stand open.
LATEST = 12


# Words and figures


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Django's own, but a plain word is looked up at once, not through a lazy proxy; a page has thirty."""
    node = do_translate(parser, token)
    word = getattr(node.filter_expression.var, "literal", None)
    if not isinstance(word, str) or node.filter_expression.filters or node.noop or node.message_context:
        return node
    return Word(word, node.asvar)


class Word(template.Node):
    def __init__(self, word: str, name: str | None) -> None:
        # Catalogues hold percent signs doubled, as Django writes them there.
        self.word = str(word).replace("%", "%%")
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        said = mark_safe(_(self.word).replace("%%", "%"))
        if self.name is None:
            return said
        context[self.name] = said
        return SafeString()


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Django's own, but the address of a row is written into the pattern of its route; a page has twenty."""
    node = django_url(parser, token)
    return node if node.kwargs else RowAddress(node.view_name, node.args, {}, node.asvar)


class RowAddress(URLNode):
    def render(self, context: template.Context) -> str:
        given = [one.resolve(context) for one in self.args]
        places = [place for place, one in enumerate(given) if isinstance(one, UUID)]
        words = tuple(one for one in given if isinstance(one, str))
        if len(places) != 1 or len(words) != len(given) - 1:
            return super().render(context)
        try:
            address = row_address(self.view_name.resolve(context), given[places[0]], words, places[0])
        except NoReverseMatch:
            return super().render(context)
        if self.asvar is None:
            return conditional_escape(address) if context.autoescape else address
        context[self.asvar] = address
        return ""


@register.filter
def date_zh(moment: date | datetime | str | None) -> str:
    """Also of a day that is kept in writing, as the facts of a decision are."""
    day = date.fromisoformat(moment) if isinstance(moment, str) and moment else moment
    return formats.write_day(day) if day else "—"


@register.filter
def moment_zh(moment: datetime | None) -> str:
    return formats.write_moment(moment) if moment else "—"


@register.filter
def time_zh(moment: datetime) -> str:
    return formats.write_time(moment)


@register.filter
def moment_seconds(moment: datetime) -> str:
    """To the second, where seconds count."""
    return f"{formats.write_day(moment)} {formats.write_time(moment)}"


@register.filter
def yes_no(truth: bool | None) -> str:
    return "" if truth is None else _("是") if truth else _("否")


@register.filter
def money(amount: Decimal | int | str | None) -> str:
    return "—" if amount is None or amount == "" else formats.write_money(amount)


@register.filter
def money_words(amount: Decimal | int | None) -> str:
    """大写, as cheques and payment lists want it."""
    return "" if amount is None else in_words(amount)


@register.filter
def ten_thousands(amount: Decimal | int | str | None) -> str:
    return "—" if amount is None or amount == "" else formats.write_ten_thousands(amount)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Decoration beside a word; the word says it, so readers skip the picture."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("web/icons.svg"),
        name,
    )


# Marks


@register.simple_tag
def badge(label: object, tone: Tone = "") -> SafeString:
    """A state: shape and word, never the colour alone."""
    return _badge(str(label), tone)


# A list shows the same few states over and over.
@lru_cache(maxsize=512)
def _badge(label: str, tone: Tone) -> SafeString:
    return format_html('<span class="badge {}">{}</span>', tone, label)


@register.simple_tag
def deadline(due_on: date | None) -> SafeString:
    """How many working days are left; today and overdue stand out in words, mark and colour."""
    if due_on is None:
        return mark_safe('<span class="deadline soft">—</span>')
    return _deadline(due_on, formats.write_day(due_on), *_how_long(due_on, clock.today()))


# Few days stand in one list.
@lru_cache(maxsize=512)
def _deadline(due_on: date, day: str, kind: str, words: str) -> SafeString:
    mark = icon("alert" if kind == "overdue" else "clock") if kind else ""
    return format_html(
        '<span class="deadline {}">{}<time datetime="{}" title="{}">{}</time></span>',
        kind,
        mark,
        due_on.isoformat(),
        day,
        words,
    )


def _how_long(due_on: date, today: date) -> tuple[str, str]:
    if due_on == today:
        return "today", _("今天到期")
    if due_on < today:
        days = max(calendar.working_days_between(due_on, today), 1)
        return "overdue", ngettext("已超期 %(days)d 个工作日", "已超期 %(days)d 个工作日", days) % {
            "days": days
        }
    days = calendar.working_days_between(today, due_on)
    if days == 0:
        return "today", _("下一个工作日前")
    return "", ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", days) % {"days": days}


@register.inclusion_tag("web/parts/masked.html")
def masked(text: str, reveal_url: str = "") -> Context:
    """A masked value; with `reveal_url`, the way to the full one, which asks a reason and is logged."""
    return {"text": text, "reveal_url": reveal_url}


@register.inclusion_tag("web/parts/masknote.html")
def mask_note() -> Context:
    """Once a page: what the asterisks mean."""
    return {}


@register.inclusion_tag("web/parts/progress.html")
def progress(done: int, total: int, label: object = "", remaining: object = "") -> Context:
    share = 100 * done // total if total else 0
    return {"done": done, "total": total, "label": label, "remaining": remaining, "share": share}


# Forms


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, label: object = None, help: object = None, kind: str = "") -> Context:
    """One field: label, required mark, help, control, and the sentence when it is wrong.

    `label` and `help` replace what the form says, for forms that are not ours; `kind` is a CSS class.
    """
    if label is not None:
        bound.label = str(label)
        bound.field.widget.attrs.pop("placeholder", None)
    if help is not None:
        bound.help_text = str(help)
    widget = bound.field.widget
    is_tickbox = getattr(widget, "input_type", "") == "checkbox" and not bound.use_fieldset
    return {"bound": bound, "kind": kind, "is_tickbox": is_tickbox}


@register.inclusion_tag("web/parts/problems.html")
def problems(form: BaseForm) -> Context:
    """What is wrong, on top of the form, each linked to its field."""
    wrong = [(bound, error) for bound in form for error in bound.errors if not bound.is_hidden]
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    whole = [*form.non_field_errors(), *hidden]
    return {"wrong": wrong, "whole": whole, "count": len(wrong) + len(whole)}


@register.inclusion_tag("web/parts/fields.html")
def fields(form: BaseForm) -> Context:
    """Error summary and all fields in the form's order."""
    return {"form": form}


@cache
def _blank(form: Callable[[], BaseForm], language: str | None) -> SafeString:
    return mark_safe(get_template("web/parts/fields.html").render({"form": form()}))


def blank_fields(form: Callable[[], BaseForm]) -> SafeString:
    """The fields of a form that nobody has begun, drawn once a language: the same for everybody on every day."""
    return _blank(form, get_language())


# Blocks


@register.simple_block_tag
def card(content: str, title: object = "", more: object = "", more_url: str = "", kind: str = "") -> str:
    """A sheet of paper on the desk. `kind`: `next` for the next step, `flush` for lists to the edge."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    link = format_html('<a href="{}">{}</a>', more_url, more) if more_url else ""
    top = format_html('<div class="head">{}{}</div>', head, link) if head or link else ""
    body = "body flush" if "flush" in kind else "body"
    return format_html(
        '<section class="card {}">{}<div class="{}">{}</div></section>',
        kind.replace("flush", "").strip(),
        top,
        body,
        mark_safe(content),
    )


@register.simple_block_tag
def notice(content: str, tone: Tone = "", role: str = "") -> str:
    mark = {"good": "check", "bad": "alert", "waiting": "clock"}.get(tone, "info")
    said = format_html(' role="{}"', role) if role else ""
    return format_html(
        '<div class="notice {}"{}>{}<div>{}</div></div>', tone, said, icon(mark), mark_safe(content)
    )


@register.simple_block_tag
def empty(content: str, title: object) -> str:
    """An empty list teaches: what belongs here and how it gets here."""
    return format_html(
        '<div class="empty">{}<h2>{}</h2><div class="teach">{}</div></div>',
        icon("empty"),
        title,
        mark_safe(content),
    )


@register.simple_block_tag
def confirm(content: str, label: object, kind: str = "danger") -> str:
    """A button that first opens its question; the content is the sentence and the form that does it."""
    return format_html(
        '<details class="confirm"><summary class="button {}">{}</summary><div class="ask">{}</div></details>',
        kind,
        label,
        mark_safe(content),
    )


@register.simple_block_tag
def facts(content: str, title: object = "") -> str:
    """A group of facts as on the paper form; fill it with `{% fact label value %}`."""
    head = format_html("<h3>{}</h3>", title) if title else ""
    return format_html('{}<dl class="facts">{}</dl>', head, mark_safe(content))


@register.simple_tag
def fact(label: Any, value: Any, kind: str = "") -> SafeString:
    """`kind`: `wide` over the whole row, `number` for figures that must not wrap."""
    shown = "—" if value is None or value == "" else conditional_escape(value)
    wide = "wide" if "wide" in kind else ""
    return mark_safe(
        f'<div class="{wide}"><dt>{conditional_escape(label)}</dt><dd class="{escape(kind)}">{shown}</dd></div>'
    )


# Lists and ways


@register.inclusion_tag("web/parts/choices.html")
def chips(choices: Sequence[Choice], label: object = "") -> Context:
    """Filters as links: the address is the filter."""
    return {"choices": choices, "kind": "chips", "label": label or _("筛选")}


@register.inclusion_tag("web/parts/choices.html")
def tabs(choices: Sequence[Choice], label: object = "") -> Context:
    return {"choices": choices, "kind": "tabs", "label": label or _("分栏")}


@register.inclusion_tag("web/parts/more.html", takes_context=True)
def more(context: template.Context, page: Page[Any], columns: int = 1) -> Context:
    """The last row of a keyset list: fetches the next rows in place, or follows the link without script.

    The list's `<tbody>` has `id="rows"`; the view shows the page that `?after=` asks for, filters kept.
    """
    if not page.after:
        return {"next_url": ""}
    query = context["request"].GET.copy()
    query["after"] = page.after
    return {"next_url": f"?{query.urlencode()}", "columns": columns}


@register.inclusion_tag("web/parts/documents.html", takes_context=True)
def official_forms(
    context: template.Context,
    row: Any,
    is_own: bool = False,
    title: object = "",
    also: Sequence[Any] | None = None,
) -> Context:
    """What the reader may print of a row, issue about it, or find issued; nothing where there is none of it.

    `is_own`: on the worker's own page. With a `title` it is a card. `also`: rows whose forms belong on the page too,
    if the page has read them.
    """
    return {
        "all_offered": documents.offered(row, context["actor"], alone=is_own, also=also),
        "is_own": is_own,
        "title": title,
    }


@register.inclusion_tag("web/parts/chart.html", takes_context=True)
def chart(context: template.Context, drawn: Chart, has_sheet: bool = True) -> Context:
    """Numbers as a table, which a browser with script draws too; `charts.js` does it."""
    query = context["request"].GET.copy()
    query["chart"] = drawn.slug
    return {"chart": drawn, "body": drawn.body, "sheet_url": f"?{query.urlencode()}" if has_sheet else ""}


@register.inclusion_tag("web/parts/parcel.html")
def parcel(steps: Iterable[Step]) -> Context:
    return {"steps": steps}


@register.inclusion_tag("web/parts/arrival.html")
def arrived(workflow: Workflow, row: Any) -> Context:
    """Why the case stands where it stands: what was written when it was sent here; nothing where nothing was."""
    return {"moment": arrival(workflow, row)}


@register.inclusion_tag("web/parts/timeline.html")
def timeline(moments: Iterable[Moment]) -> Context:
    """The latest stand open, the earlier ones are folded away: a notice of forty lines has eighty entries."""
    latest = list(moments)
    return {"latest": latest[:LATEST], "earlier": latest[LATEST:]}
