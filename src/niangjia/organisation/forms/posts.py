"""Accounts, posts and who acts for whom."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.users import User
from niangjia.organisation import parameters, queries
from niangjia.organisation.forms.fields import ActionForm, in_order, offer_duties, unions, users

LOGIN = RegexValidator(
    r"^[a-z][a-z0-9.-]{2,30}$", _("登录名以小写字母开头，用 3 至 31 位小写字母、数字、点或短横线。")
)


class AppointForm(ActionForm):
    user = users(_("账号"))
    unit = unions(_("任职工会"))
    duty = forms.ChoiceField(label=_("岗位职责"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    from_on = forms.DateField(label=_("任职起"))
    until_on = forms.DateField(label=_("任职止"), required=False)

    def limit_choices(self) -> None:
        self.choose_among("unit", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True))
        offer_duties(self)

    def clean(self) -> dict[str, Any]:
        in_order(self, "from_on", "until_on")
        return self.cleaned_data


class AccountForm(ActionForm):
    username = forms.CharField(
        label=_("登录名"), validators=[LOGIN], help_text=_("用小写字母和数字，例如姓名拼音。")
    )
    name = forms.CharField(label=_("姓名"), min_length=2, max_length=50)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("登录名“%s”已被使用，请换一个。") % username)
        return username


class EngageForm(AccountForm):
    unit = unions(_("任职工会"))
    duty = forms.ChoiceField(label=_("岗位职责"))
    title = forms.CharField(label=_("职务"), max_length=60, required=False)

    def limit_choices(self) -> None:
        self.choose_among("unit", queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True))
        offer_duties(self)


class EndPostForm(ActionForm):
    until_on = forms.DateField(label=_("任职止"), required=False, help_text=_("不填则立即终止。"))

    def clean_until_on(self) -> date | None:
        day: date | None = self.cleaned_data["until_on"]
        if day and day < self.row.from_on:
            raise forms.ValidationError(_("任职止不能早于任职起（%s），请改正。") % self.row.from_on)
        return day


class DelegateForm(ActionForm):
    delegate = users(_("代办人"))
    from_on = forms.DateField(label=_("代办起"))
    until_on = forms.DateField(label=_("代办止"))
    reason = forms.CharField(label=_("事由"), min_length=2, max_length=200)

    def clean_from_on(self) -> date:
        day: date = self.cleaned_data["from_on"]
        if day < clock.today():
            raise forms.ValidationError(_("代办不能从过去开始，请改为今天或以后。"))
        return day

    def clean(self) -> dict[str, Any]:
        in_order(self, "from_on", "until_on")
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("until_on")
        if first and last:
            longest = parameters.value("organisation.delegation_days", self.row.unit, first)
            if (last - first).days + 1 > longest:
                self.add_error("until_on", _("代办一次最长 %s 天，请缩短，到期可再设。") % longest)
        return self.cleaned_data
