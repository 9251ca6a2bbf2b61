"""录入纸质申请: who brings the paper and for which scheme, the policy's own questions, the consents signed."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from niangjia.benefits import applying, queries
from niangjia.benefits.forms.applications import TakeInForm
from niangjia.benefits.workflow.applications import take_in
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow.engine import must_be_open_to
from niangjia.web.shell.asking import Asked
from niangjia.web.shell.limits import spend_identity_check
from niangjia.web.shell.middleware import ActorRequest


class PaperForm(forms.Form):
    """Who brings it, and for which of the schemes that are open where the clerk works."""

    scheme: Any = forms.ModelChoiceField(
        None, label=TakeInForm.base_fields["scheme"].label, to_field_name="number"
    )
    id_number = TakeInForm.base_fields["id_number"]

    def __init__(self, data: Mapping[str, Any] | None, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        scheme: Any = self.fields["scheme"]
        scheme.queryset, scheme.empty_label = queries.schemes_received_by(actor), _("请选择")

    def clean_id_number(self) -> Any:
        spend_identity_check(self.actor)
        try:
            self.person = applying.applicant(self.actor, self.cleaned_data["id_number"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return self.cleaned_data["id_number"]

    def clean(self) -> None:
        person, scheme = getattr(self, "person", None), self.cleaned_data.get("scheme")
        if person and scheme:
            try:
                applying.refuse_closed(scheme, person)
            except Refused as refusal:
                self.add_error("scheme", str(refusal))

    def settle(self) -> None:
        """From here on the paper stays one person's and one scheme's."""
        for field in self.fields.values():
            field.widget = forms.HiddenInput()


def taken_in(request: ActorRequest) -> HttpResponse:
    """Three looks at one page: who and what for; what the system does not know; what comes out, and the consents."""
    actor = request.actor
    assert actor is not None
    must_be_open_to(take_in, actor)
    data = request.POST if request.method == "POST" else None
    paper = PaperForm(data, actor)
    context = {"step": take_in, "paper": paper, "key": request.POST.get("key") or uuid.uuid4()}
    if not paper.is_valid():
        return render(request, "workbench/benefit_paper.html", context, status=422 if data else 200)
    paper.settle()
    scheme, person = paper.cleaned_data["scheme"], paper.person
    hides = scheme.is_medical and not queries.sees_health(actor, person.unit)
    asked = Asked(data if data and "find" not in data else None, scheme, person, hides=hides)
    if public_id := asked.send(request, take_in, id_number=paper["id_number"].value()):
        messages.success(request, _("已录入。请把签字的申请书和缺的材料扫描上传。"))
        return redirect("benefit", public_id)
    context |= {**asked.context(), "person": person, "hides": hides}
    return render(request, "workbench/benefit_paper.html", context, status=asked.status)


def to_own_schemes(request: ActorRequest) -> HttpResponse:
    """Workers begin on their own pages, which show what comes out before it is sent."""
    return redirect("portal_benefits")
