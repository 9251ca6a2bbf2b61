"""任职与代办: appointing, ending, handing over in two clicks, and who acts for whom."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.organisation import actions, forms, queries
from niangjia.organisation.access import PURPOSE
from niangjia.web.shell.acts import Act, act_page, do_once, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, staff

A_WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """Give somebody a duty at one union."""
    actor = opened(request, PURPOSE)
    unit = queries.union_visible_to(actor, public_id=public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.AppointForm(data, actor=actor, initial={"from_on": clock.today()})
        del form.fields["unit"]
        suggested(form, "user", reverse("staff_suggested"))
        form.fields["user"].help_text = _("输入姓名从列表中选择；还没有任职的人请输入登录名。")
        form.fields["until_on"].help_text = _("没有期限请留空。")
        return form

    def run(data: dict[str, Any]) -> str:
        actions.appoint(actor=actor, **{**data, "unit": unit.public_id})
        return reverse("union", args=[unit.public_id])

    act = Act(
        title=_("任命"),
        label=_("任命"),
        done=_("已任命，即刻生效。"),
        help=_("任职决定能看到什么、能办什么，范围是这个工会和它的下级。"),
        back=reverse("union", args=[unit.public_id]),
        back_label=unit.name,
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def post_end(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    post = queries.post_visible_to(actor, public_id)
    back = reverse("union", args=[post.unit.public_id])

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.EndPostForm(data, actor=actor, row=post)

    def run(data: dict[str, Any]) -> str:
        actions.end_post(post, actor=actor, **data)
        return back

    act = Act(
        title=_("终止%(name)s的任职") % {"name": post.user.name},
        label=_("终止任职"),
        done=_("已登记任职止日。"),
        help=f"{post.unit} · {post.duty_label}",
        back=back,
        back_label=post.unit.name,
        is_danger=True,
    )
    return act_page(request, act, make, run)


@require_safe
def delegations(request: ActorRequest) -> HttpResponse:
    """My posts, who acts for me, and for whom I act."""
    actor = staff(request)
    today = clock.today()
    running = queries.delegations_visible_to(actor).filter(ended_at=None, until_on__gte=today)
    rows = list(running[:200])
    context = {
        "held": queries.posts_held_by(actor.account, today),
        "mine": [row for row in rows if row.post.user_id == actor.user_id],
        "for_others": [row for row in rows if row.delegate_id == actor.user_id],
        "others": [row for row in rows if actor.user_id not in {row.post.user_id, row.delegate_id}],
        "today": today,
    }
    return render(request, "workbench/delegations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def post_delegate(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """Dates and reason are filled in; each colleague is a button."""
    actor = staff(request)
    post = queries.post_visible_to(actor, public_id)
    colleagues = [one for one in queries.colleagues(actor, post.unit)[:40] if one.pk != post.user_id]

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        today = clock.today()
        last = min(today + A_WEEK, post.until_on or today + A_WEEK)
        form = forms.DelegateForm(
            data,
            actor=actor,
            row=post,
            initial={"from_on": today, "until_on": last, "reason": _("外出或休假")},
        )
        form.fields["delegate"].widget = django_forms.HiddenInput()
        return form

    def run(data: dict[str, Any]) -> str:
        actions.delegate(post, actor=actor, **data)
        return reverse("delegations")

    act = Act(
        title=_("交给同事代办"),
        label=_("交给同事代办"),
        done=_("已交代，期满自动收回，也可以随时收回。"),
        help=_("%(unit)s · %(duty)s。代办期间两个人都能办，所办事项同时记在两个人名下。")
        % {"unit": post.unit, "duty": post.duty_label},
        back=reverse("delegations"),
        back_label=_("代办"),
        template="workbench/post_delegate.html",
    )
    return act_page(request, act, make, run, {"colleagues": colleagues})


@require_POST
def delegation_end(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = staff(request)
    delegation = queries.delegation_visible_to(actor, public_id)

    def run() -> dict[str, Any]:
        actions.end_delegation(delegation, actor=actor)
        return {}

    do_once(request, run)
    messages.success(request, _("已收回，代办人即刻不能再办。"))
    return redirect("delegations")
