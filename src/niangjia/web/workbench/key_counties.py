"""重点县: who helps each key county, what reached it in a year, and where its project stands; the worst off first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.twinning import queries
from niangjia.assistance.twinning.projects import county_project
from niangjia.kernel import clock
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, place
from niangjia.web.workbench.twinnings import ways
from niangjia.web.workbench.union_cases import asked_of, years


@require_safe
def key_counties(request: ActorRequest) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    where = place(request, actor, ASSISTANCE)
    year = asked_of(request.GET, "", None).year or clock.today().year
    rows = queries.overview(actor, year, where.unit)
    context = {
        "title": _("重点县"),
        "ways": ways("key_counties"),
        "place": where,
        "year": year,
        "years": years(request, year),
        "rows": [(row, _project(row.project)) for row in rows],
        "purposes": queries.arrived_by_purpose(actor, rows, year),
        "alone": sum(not row.helpers for row in rows),
    }
    return render(request, "workbench/key_counties.html", context)


def _project(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "name": row.name,
        "url": CASES[county_project.name].url(row),
        "state": row.get_state_display(),
        "tone": CASES[county_project.name].tones[row.state],
        "due_on": row.due_on,
    }
