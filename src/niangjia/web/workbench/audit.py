"""审计: who did what, within the auditor's subtree; one object's chain proved on the spot."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from niangjia.assistance import queries as assistance
from niangjia.benefits import queries as benefits
from niangjia.kernel import audit as trail
from niangjia.kernel.access import Actor
from niangjia.kernel.audit import queries
from niangjia.kernel.audit.verify import verify_object
from niangjia.membership import queries as membership
from niangjia.notices import queries as notices
from niangjia.organisation import paths
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import AUDIT
from niangjia.organisation.building import queries as buildings
from niangjia.web.shell import keyset
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened
from niangjia.web.workbench.happenings import kind_words, moment


class TrailForm(forms.Form):
    number = forms.CharField(label=_("对象编号"), max_length=30, required=False)
    who = forms.CharField(label=_("办理人姓名或登录名"), max_length=150, required=False)
    first = forms.DateField(
        label=_("自"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("至"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@require_safe
def audit(request: ActorRequest) -> HttpResponse:
    actor = opened(request, AUDIT)
    form = TrailForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    objects = _asked(actor, request.GET.get("object", ""), given.get("number", ""))
    rows = _entries(actor, given, objects)
    page = keyset.page(rows, after=request.GET.get("after", "")) if rows is not None else None
    shown: Any = page.rows if page else ()
    numbers = queries.numbers_of(shown)
    for entry in shown:
        entry.moment, entry.kind = moment(entry), kind_words(entry.object_type)
        entry.object = f"{entry.object_type}:{entry.object_id}"
        entry.number = numbers.get((entry.object_type, entry.object_id), "")
    context = {
        "form": form,
        "page": page,
        "is_filtered": any(given.values()) or objects is not None,
        "sees_everything": _sees_everything(actor),
        "proofs": [(kind_words(kind), verify_object(kind, pk)) for kind, pk in objects or ()],
        "anchor": queries.last_anchor(),
        "unanchored": queries.unanchored_count(),
    }
    return render(request, "workbench/audit.html", context, status=422 if form.errors else 200)


def _entries(
    actor: Actor, given: dict[str, Any], objects: Collection[tuple[str, int]] | None
) -> "QuerySet[trail.AuditEntry] | None":
    """The entries asked for; None where an auditor of a part of the tree has not said of what or of whom."""
    rows = queries.entries_between(given.get("first"), given.get("last"))
    if objects is not None:
        rows = rows.filter(queries.concerning(objects))
    if who := given.get("who", "").strip():
        staff = organisation.staff_within(actor, AUDIT).filter(Q(username=who) | Q(name=who))
        return rows.filter(actor__in=list(staff.values_list("pk", flat=True)))
    return rows if _sees_everything(actor) or objects is not None else None


def _asked(actor: Actor, named: str, number: str) -> list[tuple[str, int]] | None:
    """The objects asked for, by number or straight from a line of the list; None: not by object."""
    kind, _colon, object_id = named.partition(":")
    if object_id.isdigit() and _sees_everything(actor):
        return [(kind, int(object_id))]
    number = number.strip().upper()
    return _objects(actor, number) if number else None


def _sees_everything(actor: Actor) -> bool:
    return paths.ROOT in actor.scopes(AUDIT)


def _objects(actor: Actor, number: str) -> list[tuple[str, int]]:
    """What bears the number, within the auditor's subtree."""
    found: list[Any] = [
        *assistance.traced(actor, number),
        *benefits.traced(actor, number),
        *membership.traced(actor, number),
        *notices.traced(actor, number),
        *organisation.traced(actor, number),
        *buildings.traced(actor, number),
    ]
    return [(trail.object_type(row), row.pk) for row in found]
