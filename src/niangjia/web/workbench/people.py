"""人员: one person with memberships, household and what happened; correcting; the full view with its reason."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.assistance import queries as assistance
from niangjia.benefits import queries as benefits
from niangjia.kernel import reveal as full_view
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership import actions, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.consents import queries as consents
from niangjia.membership.forms import CorrectPersonForm, HouseholdForm, HouseholdMemberForm
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.limits import spend_identity_check
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, staff
from niangjia.web.workbench.happenings import happenings
from niangjia.web.workbench.hardship import TONES
from niangjia.web.workbench.realname import may_check
from niangjia.web.workbench.stays import TONES as STAYS

SEALED = {"id_number": gettext_lazy("证件号码"), "phone": gettext_lazy("手机号")}


@require_safe
def person(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    found = queries.person_visible_to(actor, public_id)
    if found.merged_into is not None:
        messages.info(request, _("这条登记已并入下面这个人，原来的证件号码也能查到。"))
        return redirect("person", found.merged_into.public_id)
    household = queries.current_household(found)
    files = list(assistance.files_visible_to(actor).filter(person=found).order_by("-pk"))
    for file in files:
        file.tone = TONES[file.state]  # type: ignore[attr-defined]
    context = {
        "person": found,
        "id_number": mask_id_number(found.id_number),
        "phone": mask_phone(found.phone),
        "memberships": [
            (member, STAYS[member.state])
            for member in queries.members_visible_to(actor).filter(person=found).order_by("-joined_on", "-pk")
        ],
        "household": household,
        "housemates": queries.current_members(household) if household else [],
        "files": files,
        "consents": consents.answers(found),
        "may_record_consents": bool(actor.grants_for(MEMBERSHIP_CLERK, found.unit.path)),
        "received": benefits.history_visible_to(actor, found),
        "may_correct": bool(actor.grants_for(MEMBERSHIP_CLERK, found.unit.path)),
        "to_check": may_check(actor, queries.current_membership(found)),
        "may_keep_household": household is None or queries.keeps(actor, household),
        "story": happenings(found, *([household] if household else [])),
    }
    return render(request, "workbench/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_correct(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    found = queries.person_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = CorrectPersonForm(data, initial={"name": found.name})
        form.fields["phone"].help_text = _("现为 %s，不改请留空。") % (mask_phone(found.phone) or _("空"))
        return form

    def run(data: dict[str, Any]) -> str:
        # The full phone never stands in the form: seeing it asks a reason.
        actions.correct(found, actor=actor, **{**data, "phone": data.get("phone") or found.phone})
        return _page(found)

    act = _act(
        found,
        title=_("更正姓名、手机号"),
        label=_("更正"),
        done=_("已更正。"),
        help=_("证件号码不能更正：填错的号码请重新登记，旧记录留作备查。"),
    )
    return act_page(request, act, make, run)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("查看事由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“电话核实住址”。事由会记入审计记录。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_reveal(request: ActorRequest, public_id: uuid.UUID, field: str) -> HttpResponse:
    """One masked text in the clear, for a reason. Shown in the answer itself: no address leads back to it."""
    actor = staff(request)
    if field not in SEALED:
        raise Missing(_("没有这一页。"))
    found = _in_sight(actor, public_id)
    form, text = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            text = full_view.reveal(found, field, actor=actor, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error("reason", str(problem))
    context = {
        "person": found,
        "label": SEALED[field],
        "form": form,
        "text": text,
        "back": _came_from(actor, request.GET.get("file", "")) or _page(found),
    }
    response = render(request, "workbench/person_reveal.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def household_form(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    head = queries.person_visible_to(actor, public_id)

    def run(data: dict[str, Any]) -> str:
        actions.form_household(head, actor=actor, **data)
        return _page(head)

    act = _act(
        head,
        title=_("登记家庭"),
        label=_("登记"),
        done=_("家庭已登记，请接着增加家庭成员。"),
        help=_("以这个人为户主登记一个家庭，之后再增加共同生活的人。"),
    )
    return act_page(request, act, HouseholdForm, run)


@require_http_methods(["GET", "HEAD", "POST"])
def household_add(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    found = queries.person_visible_to(actor, public_id)
    household = queries.current_household(found)
    if household is None:
        return redirect("household_form", public_id)
    if request.method == "POST":
        spend_identity_check(actor)

    def run(data: dict[str, Any]) -> str:
        actions.add_to_household(household, actor=actor, **data)
        return _page(found)

    act = _act(
        found,
        title=_("增加家庭成员"),
        label=_("增加"),
        done=_("已增加。"),
        help=_("共同生活、收支在一起的人。没有登记过的人会同时登记。"),
    )
    return act_page(request, act, HouseholdMemberForm, run)


@require_POST
def household_leave(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """The person moves out of the household they live in."""
    actor = opened(request, queries.PURPOSE)
    found = queries.person_visible_to(actor, public_id)
    place = queries.current_place(found)
    if place is None:
        raise Missing(_("这个人没有登记在家庭中，请刷新页面看最新情况。"))
    actions.leave_household(place, actor=actor)
    messages.success(request, _("已迁出，记录保留。"))
    return redirect(_page(found))


def _act(found: Any, **words: str) -> Act:
    return Act(back=_page(found), back_label=found.name, **words)  # type: ignore[arg-type]


def _page(found: Any) -> str:
    return reverse("person", args=[found.public_id])


def _in_sight(actor: Actor, public_id: uuid.UUID) -> Any:
    """Seen as a member, or as the worker of a hardship file or an application within sight."""
    try:
        return queries.person_visible_to(actor, public_id)
    except Missing:
        file = assistance.files_visible_to(actor).filter(person__public_id=public_id).first()
        row = file or benefits.applications_visible_to(actor).filter(person__public_id=public_id).first()
        if row is None:
            raise
        return row.person


def _came_from(actor: Actor, number: str) -> str:
    """The hardship file or the application on whose page the full view was asked for."""
    if not number:
        return ""
    file = assistance.files_visible_to(actor).filter(number=number).first()
    if file is not None:
        return reverse("hardship_file", args=[file.public_id])
    row = benefits.applications_visible_to(actor).filter(number=number).first()
    return reverse("benefit", args=[row.public_id]) if row else ""
