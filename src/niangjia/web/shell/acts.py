"""One page, one form, one action: shown, sent once, refused beside the field. For what is done outside a workflow."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, ChoiceField, DateField, DateInput, Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing, NotAllowed, Refused
from niangjia.kernel.once import fingerprint_of, once
from niangjia.web.shell.middleware import ActorRequest


@dataclass(frozen=True)
class Act:
    """What such a page says. `back` is the page one comes from; `done` is said after it is done."""

    title: str
    label: str
    done: str
    back: str
    back_label: str
    help: str = ""
    is_danger: bool = False
    template: str = "web/act.html"


# Makes the page's form from what was sent, or empty.
Make = Callable[[Mapping[str, Any] | None], BaseForm]
# Does it, and answers the page to go on to.
Run = Callable[[dict[str, Any]], str]


def act_page(
    request: ActorRequest, act: Act, make: Make, run: Run, more: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page, or after a good POST the way on. What was typed comes back with every refusal."""
    form, status = make(None), 200
    if request.method == "POST":
        try:
            url = do_once(request, lambda: {"url": run(sent(request, form))})["url"]
        except (Missing, NotAllowed):
            raise
        except Refused as refusal:
            form, status = explained(make(request.POST), refusal), refusal.status
        else:
            messages.success(request, act.done)
            return redirect(url)
    context = {
        "act": act,
        "form": dressed(form),
        "key": request.POST.get("key") or uuid.uuid4(),
        **(more or {}),
    }
    return render(request, act.template, context, status=status)


def do_once(request: HttpRequest, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Carry out what a form asks, once per hidden key however often it is sent."""
    key = request.POST.get("key", "")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not key:
        return run()
    # The file contents are left out: a browser resends the same ones, and they may be large.
    content = sorted((name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken")
    return once(key, actor, fingerprint_of(request.path, repr(content)), run)


def sent(request: HttpRequest, form: BaseForm) -> dict[str, Any]:
    return {name: request.POST[name] for name in form.fields if name in request.POST}


def explained(form: BaseForm, refusal: Refused) -> BaseForm:
    """The form as it was sent, with what is wrong beside each field."""
    if not form.is_valid():
        return form
    problems = refusal.problems if isinstance(refusal, Invalid) else {}
    for name, sentences in problems.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
    if not form.errors:
        form.add_error(None, str(refusal))
    return form


def dressed(form: BaseForm) -> BaseForm:
    """Browsers show a calendar for dates, which they want written as ISO does; no choice is made for the reader."""
    for name, field in form.fields.items():
        if isinstance(field, DateField):
            field.widget = DateInput(format="%Y-%m-%d", attrs={**field.widget.attrs, "type": "date"})
            field.widget.is_required = field.required
        elif type(field) is ChoiceField and isinstance(field.widget, Select) and name not in form.initial:
            field.choices = [("", _("请选择")), *field.choices]  # type: ignore[misc]
    return form


def quoted(row: Any, code: str) -> str:
    """A row as a box for typing shows it: the name, and behind it the code that it is found by."""
    return f"{row.name} {code}"


# Who suggests rows while one types, by the kind of row a field takes.
SUGGESTIONS = {
    "unionbody": "unions_suggested",
    "region": "regions_suggested",
    "employer": "employers_suggested",
}


def suggesting(form: BaseForm) -> BaseForm:
    """Every field that takes a union, a region or an employer offers them."""
    for name, field in form.fields.items():
        model = getattr(getattr(field, "queryset", None), "model", None)
        if model is not None and (route := SUGGESTIONS.get(model._meta.model_name)):
            suggested(form, name, reverse(route))
    return form


def suggested(form: BaseForm, name: str, url: str) -> None:
    """Offers rows while one types; without script the number or the whole name is typed."""
    field = form.fields[name]
    field.widget.attrs |= {
        "list": f"{name}-options",
        "autocomplete": "off",
        "hx-get": url,
        "hx-trigger": "input changed delay:250ms",
        "hx-target": f"#{name}-options",
        "hx-swap": "innerHTML",
    }
