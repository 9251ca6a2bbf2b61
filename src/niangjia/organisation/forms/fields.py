"""What all forms of the organisation share: who acts, rows named as people quote them, dates in order.

Rows are named as people quote them: a union by public id, a region by code, a user by login name.
A row out of the actor's sight is answered like one that does not exist.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.forms import cleaned
from niangjia.kernel.users import User
from niangjia.organisation import regions
from niangjia.organisation.models import UnionBody
from niangjia.organisation.phones import check_phone

NO_UNION = _("没有这个工会，或您的岗位看不到它。请从列表中选择。")
NO_REGION = _("没有这个现行区划代码，请从列表中选择。")
NO_ACCOUNT = _("没有这个账号，或它已停用。请先开通账号。")


class ActionForm(forms.Form):
    """Knows who acts, and on which row if there is one; limits the choices to what that actor sees."""

    def __init__(self, *args: Any, actor: Actor, row: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self.row = row
        self.limit_choices()

    def limit_choices(self) -> None:
        """Overridden where a field offers rows of the database."""

    def choose_among(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, RowField)
        field.queryset = rows


def checked(
    form: type[ActionForm], data: Mapping[str, Any], *, actor: Actor, row: Any = None, **options: Any
) -> dict[str, Any]:
    """The cleaned input, or Invalid with a sentence for each field that does not hold."""
    return cleaned(form(data=data, actor=actor, row=row, **options))


class Examiner:
    """Checks row after row of a list against one form: to make a form costs more than to fill it in."""

    def __init__(self, form: type[ActionForm], *, actor: Actor, row: Any = None, **options: Any) -> None:
        self._form = form(data={}, actor=actor, row=row, **options)

    def checked(self, data: Mapping[str, Any]) -> dict[str, Any]:
        self._form.data = data
        self._form._errors = None  # type: ignore[attr-defined]  # so that Django looks again
        return cleaned(self._form)


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row, given itself or as people quote it: the code, perhaps behind the name (`青禾纺织厂工会 GH-000012`).

    `known` answers long lists without asking the database.
    """

    known: Mapping[str, Model] | None = None

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        if self.known is not None:
            quoted = str(getattr(value, str(self.to_field_name), value))
            found = self.known.get(quoted)
        else:
            found = self._asked(value)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found

    def _asked(self, value: Any) -> Model | None:
        if isinstance(value, str):
            value = value.strip().rpartition(" ")[2]
        try:
            return super().to_python(value)
        except forms.ValidationError:
            return None


class UnionField(RowField):
    """A union by public id, number or, where only one bears it, name."""

    def _asked(self, value: Any) -> Model | None:
        if not isinstance(value, str) or is_uuid(value):
            return super()._asked(value)
        text = value.strip()
        assert self.queryset is not None
        found = list(self.queryset.filter(Q(number=text.rpartition(" ")[2]) | Q(name=text))[:2])
        return found[0] if len(found) == 1 else None


class PhoneField(forms.CharField):
    default_error_messages = {"required": _("请填写手机号，共 11 位。")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "maxlength": 20})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return check_phone(text)
        except Invalid as problem:
            raise forms.ValidationError(str(problem)) from None


def unions(label: Any, *, required: bool = True) -> UnionField:
    return UnionField(
        UnionBody.objects.none(),
        label=label,
        required=required,
        to_field_name="public_id",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_UNION},
    )


def places(label: Any, *, required: bool = True) -> RowField:
    return RowField(
        regions.current_regions(),
        label=label,
        required=required,
        to_field_name="code",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_REGION},
    )


def users(label: Any) -> RowField:
    return RowField(
        User.objects.filter(is_active=True),
        label=label,
        to_field_name="username",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_ACCOUNT},
    )


def account(label: Any) -> RowField:
    """An account that may be left out: most officers never sign in."""
    field = users(label)
    field.required = False
    field.help_text = _("有登录账号的填登录名，没有可不填。")
    return field


def not_later_than_today(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(_("日期不能晚于今天，请改正。"))
    return day


def offer_duties(form: ActionForm) -> None:
    duty = form.fields["duty"]
    assert isinstance(duty, forms.ChoiceField)
    duty.choices = [("", _("请选择")), *((known.name, known.label) for known in access.DUTIES.values())]


def in_order(form: ActionForm, first: str, last: str) -> None:
    begin, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if begin and end and end < begin:
        form.add_error(last, _("结束日期不能早于开始日期，请改正。"))


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
