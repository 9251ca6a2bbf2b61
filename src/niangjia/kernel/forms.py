"""Checking input: the one place where a form's errors become a refusal."""

from typing import Any

from django.forms import BaseForm

from niangjia.kernel.errors import Invalid


def cleaned(form: BaseForm) -> dict[str, Any]:
    """The cleaned input; Invalid with a sentence for each field that does not hold (`""`: for the whole)."""
    if form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        return data
    problems = {
        "" if name == "__all__" else name: [str(sentence) for sentence in sentences]
        for name, sentences in form.errors.items()
    }
    raise Invalid(next(iter(problems.values()))[0], problems)
