"""扫码入会: the door that a union's code opens, and the search for it by whoever has no code.

It says which union this is; everything else comes after the login.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from niangjia.membership.queries import cases

LONGEST = 60


@login_not_required
@require_safe
def join(request: HttpRequest, number: str) -> HttpResponse:
    return render(request, "public/join.html", {"union": cases.union_to_join(number)})


@login_not_required
@require_safe
def join_anywhere(request: HttpRequest) -> HttpResponse:
    """With a search for the union of one's work; a script asks for this very page while one types."""
    words = request.GET.get("q", "")[:LONGEST]
    found = cases.unions_to_join(words)
    context = {"words": words, "found": found, "is_cut": len(found) == cases.MOST_UNIONS}
    return render(request, "public/join_anywhere.html", context)
