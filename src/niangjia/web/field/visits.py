"""入户核查 on the visitor's phone: a page without anybody's data, half a key, and the worker that keeps it.

Whatever is personal comes over the API into the phone's sealed store; the page itself may lie in a cache.
"""

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from niangjia.assistance.visits import queries
from niangjia.assistance.visits.forms import VisitForm
from niangjia.web.field.words import words
from niangjia.web.shell.accounts import FIELD_KEY, FIELD_PATH
from niangjia.web.shell.middleware import ActorRequest

MODULES = ("store", "signature", "sync", "form", "conflict")
STYLES = ("base", "parts", "shell", "print", "field")
# What the phone says of a visit by itself.
SAID_BY_PHONE = ("came_by", "client_key", "remark")


@require_safe
@ensure_csrf_cookie
def visits(request: ActorRequest) -> HttpResponse:
    assert request.actor is not None
    form = VisitForm(auto_id="visit_%s")
    for name in SAID_BY_PHONE:
        del form.fields[name]
    context = {"form": form, "words": words(), "days": queries.days_kept(request.actor)}
    response = render(request, "field/visits.html", context)
    # The worker keeps it for reading without network; nobody's data stand on it.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_POST
def key(request: ActorRequest) -> HttpResponse:
    """Half of the key to what the phone keeps, dropped by the browser when the time is over. Never stored here."""
    assert request.actor is not None
    kept = timedelta(days=queries.days_kept(request.actor))
    response = HttpResponse(status=204)
    response.set_cookie(
        FIELD_KEY,
        request.COOKIES.get(FIELD_KEY) or secrets.token_urlsafe(32),
        max_age=kept,
        path=FIELD_PATH,
        secure=settings.HTTPS,
        httponly=False,  # the page's own script makes the key of it
        samesite="Strict",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of files that belong together."""
    files = _files()
    facts: dict[str, Any] = {
        "name": "field-" + hashlib.sha256("".join(files).encode()).hexdigest()[:12],
        "page": reverse("field_visits"),
        "files": files,
    }
    context = {"facts": json.dumps(facts)}
    response = render(request, "field/worker.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _files() -> list[str]:
    """Modules are imported by their plain names, beside the one page script with a hashed name."""
    plain = [f"{settings.STATIC_URL}web/js/field/{name}.js" for name in MODULES]
    hashed = [static(f"web/css/{name}.css") for name in STYLES]
    more = ("web/js/page.js", "web/js/field/visits.js", "web/logo.svg", "web/icons.svg")
    return [*hashed, *map(static, more), *plain, f"{settings.STATIC_URL}web/js/shrink.js"]
