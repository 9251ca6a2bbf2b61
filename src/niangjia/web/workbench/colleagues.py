"""同事账号: a new colleague, a forgotten password, an account that is no longer needed."""

import uuid

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.kernel.errors import Refused
from niangjia.organisation import actions, forms, queries
from niangjia.organisation.access import PURPOSE
from niangjia.web.shell.acts import explained, sent
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened


@require_http_methods(["GET", "HEAD", "POST"])
def engage(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """An account and its first post. The password is shown in this one answer and never again."""
    actor = opened(request, PURPOSE)
    unit = queries.union_visible_to(actor, public_id=public_id)
    form: BaseForm = forms.EngageForm(actor=actor)
    status = 200
    if request.method == "POST":
        try:
            user, password = actions.engage(actor=actor, **{**sent(request, form), "unit": unit.public_id})
        except Refused as refusal:
            data = {**request.POST.dict(), "unit": str(unit.public_id)}
            form, status = explained(forms.EngageForm(data, actor=actor), refusal), refusal.status
        else:
            return _shown(
                request, user.name, user.username, password, reverse("union", args=[unit.public_id])
            )
    del form.fields["unit"]
    return render(request, "workbench/engage.html", {"form": form, "union": unit}, status=status)


@require_POST
def password_reset(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """For a colleague who lost theirs; `public_id` is one of their posts."""
    actor = opened(request, PURPOSE)
    post = queries.post_visible_to(actor, public_id)
    password = actions.reset_password(post.user, actor=actor)
    return _shown(
        request, post.user.name, post.user.username, password, reverse("union", args=[post.unit.public_id])
    )


@require_POST
def account_close(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    post = queries.post_visible_to(actor, public_id)
    actions.close_account(post.user, actor=actor)
    messages.success(request, _("已停用%s的账号，其任职不再有效，经办记录不变。") % post.user.name)
    return redirect("union", post.unit.public_id)


def _shown(request: ActorRequest, name: str, username: str, password: str, back: str) -> HttpResponse:
    context = {"name": name, "username": username, "password": password, "back": back}
    response = render(request, "workbench/password.html", context)
    response["Cache-Control"] = "no-store"
    return response
