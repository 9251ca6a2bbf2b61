"""An application for a benefit as it is filled in, on the phone or at the desk: only what the system does not know."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.benefits import applying, asking, telling
from niangjia.benefits.decisions import Assessment
from niangjia.benefits.forms.applications import ApplyForm
from niangjia.benefits.kinds import Basis, PeriodRule
from niangjia.benefits.policies import language
from niangjia.benefits.telling import MASK
from niangjia.kernel import clock
from niangjia.kernel.errors import Missing, NotAllowed, Refused
from niangjia.kernel.workflow import Opening
from niangjia.membership import queries as membership
from niangjia.policy import rendering
from niangjia.web.shell.acts import do_once, explained
from niangjia.web.shell.middleware import ActorRequest


class DayForm(forms.Form):
    """What the rule counts from, and whom it is for, where the scheme asks."""

    on = forms.DateField(
        label=gettext_lazy("哪一天"),
        help_text=gettext_lazy("看病、取证等的日期。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    beneficiary = forms.ChoiceField(label=gettext_lazy("给哪个孩子申请"))

    def __init__(self, data: Mapping[str, Any] | None, scheme: Any, children: list[Any]) -> None:
        super().__init__(data)
        if scheme.period_rule != PeriodRule.EVENT:
            del self.fields["on"]
        if scheme.basis != Basis.CHILD:
            del self.fields["beneficiary"]
        else:
            field = self.fields["beneficiary"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("请选择")), *((str(one.public_id), one.name) for one in children)]

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return day


class ConsentForm(forms.Form):
    consents_to_decide = ApplyForm.base_fields["consents_to_decide"]
    consents_to_notice = ApplyForm.base_fields["consents_to_notice"]
    shares_with_unit = ApplyForm.base_fields["shares_with_unit"]

    def __init__(self, data: Mapping[str, Any] | None, scheme: Any) -> None:
        super().__init__(data)
        if not scheme.notice:
            del self.fields["consents_to_notice"]
        if not scheme.is_medical:
            del self.fields["shares_with_unit"]


class Asked:
    """First the day and the child, then what only people know; then what comes out of it, and the consents."""

    def __init__(
        self, data: Mapping[str, Any] | None, scheme: Any, person: Any, *, hides: bool = False
    ) -> None:
        """`hides`: what concerns health stays covered, and so does what comes out of it."""
        self.scheme, self.person, self.hides = scheme, person, hides
        self.household = membership.current_household(person)
        self.children = applying.children(self.household)
        self.first = DayForm(data, scheme, self.children)
        self.is_sent = data is not None and "send" in data
        self.consents = ConsentForm(data if self.is_sent else None, scheme)
        self.known = self._assessed({})
        self.questions = asking.Questions(data, self.known) if self.known else None
        self.outcome: Assessment | None = None
        self._refused = 0
        if data is not None and self.known and self.questions and self.questions.is_valid():
            self._look(data, self.known, self.questions)

    def _look(self, data: Mapping[str, Any], known: Assessment, questions: asking.Questions) -> None:
        """What comes out; or the questions that arise from the answers."""
        outcome = self._assessed(questions.said())
        assert outcome is not None
        inputs = {given.name for given in outcome.program.compiled.program.inputs}
        if set(outcome.missing) & inputs - set(questions.fields):
            answers = {**{name: data[name] for name in data}, **dict.fromkeys(outcome.missing, "")}
            self.questions = asking.Questions(answers, known)
        else:
            self.outcome = outcome

    def _assessed(self, said: Mapping[str, Any]) -> Assessment | None:
        """The case with these answers; None while the day or the child is not chosen."""
        day, about = clock.today(), self.person
        if self.first.fields:
            if not self.first.is_valid():
                return None
            day = self.first.cleaned_data.get("on") or day
            chosen = self.first.cleaned_data.get("beneficiary")
            about = next((one for one in self.children if str(one.public_id) == chosen), about)
        return asking.assess(self.scheme, day, about, self.household, said)

    def send(self, request: ActorRequest, opening: Opening, **more: Any) -> str:
        """The new application's public id; empty while something is missing or refused, which the page then says."""
        if not (self.is_sent and self.outcome and self.consents.is_valid()):
            return ""
        facts, actor = {**self._facts(), **more}, request.actor
        assert actor is not None

        def run() -> dict[str, Any]:
            return {"public_id": str(opening(actor=actor, **facts).public_id)}

        try:
            return str(do_once(request, run)["public_id"])
        except (Missing, NotAllowed):
            raise
        except Refused as refusal:
            explained(self.consents, refusal)
            self._refused = refusal.status
            return ""

    def _facts(self) -> dict[str, Any]:
        assert self.questions is not None
        given = {**getattr(self.first, "cleaned_data", {}), **self.consents.cleaned_data}
        day = given.get("on")
        said = self.questions.said()
        return {**given, "scheme": self.scheme.number, "on": day.isoformat() if day else "", "said": said}

    @property
    def status(self) -> int:
        asked = [form for form in (self.first, self.questions, self.consents) if form is not None]
        return self._refused or (422 if any(form.is_bound and form.errors for form in asked) else 200)

    def context(self) -> dict[str, Any]:
        outcome = self.outcome
        return {
            "scheme": self.scheme,
            "first": self.first if self.first.fields else None,
            "questions": self.questions,
            "known": _told(self.known, hides=self.hides) if self.known else [],
            "silent": asking.silent(outcome) if outcome and outcome.status == "incomplete" else [],
            "outcome": outcome,
            "explanation": mark_safe(rendering.html(outcome.explanation()))
            if outcome and not self.hides
            else "",
            "consents": self.consents,
            "childless": self.scheme.basis == Basis.CHILD and not self.children,
        }


def _told(assessment: Assessment, *, hides: bool) -> list[tuple[str, str, str]]:
    """What the system knows: label, value and where it is from."""
    notes = assessment.program.compiled.notes.inputs
    shapes = {given.name: given.shape for given in assessment.program.compiled.program.inputs}
    return [
        (
            notes[name].label[language()],
            MASK if hides and fact.is_sealed else telling.shown(fact.json()["value"], shapes[name]),
            _(fact.source),
        )
        for name, fact in assessment.facts.items()
        if name in notes
    ]
