"""Forms for what is added to a case of union building, a row at a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.money import MoneyFormField
from niangjia.organisation import queries
from niangjia.organisation.building import acceptance
from niangjia.organisation.building import queries as building_queries
from niangjia.organisation.building.forms import choice, count, day, employer_field, not_later_than_today
from niangjia.organisation.building.kinds import (
    BODY_CHOICES,
    BY_ASSEMBLY,
    ROLE_CHOICES,
    BuildingPaperKind,
    Side,
    State,
)
from niangjia.organisation.containment import ROLES
from niangjia.organisation.forms import ActionForm, RowField
from niangjia.organisation.kinds import CommitteeKind, OfficerRole
from niangjia.organisation.models import BuildingPaper


class EmployerForm(ActionForm):
    """加入单位."""

    employer = employer_field(_("单位"), help_text=_("18 位统一社会信用代码。"))

    def limit_choices(self) -> None:
        self.choose_among("employer", queries.employers_visible_to(self.actor).order_by())


class ResultForm(ActionForm):
    """选举结果: one person in one body."""

    body = choice(_("机构"), BODY_CHOICES)
    role = choice(_("职务"), ROLE_CHOICES)
    name = forms.CharField(label=_("姓名"), min_length=2, max_length=50)
    vote_count = count(
        _("得票"), required=False, help_text=_("由会员选举的填得票数；由委员会推选或聘任的不填。")
    )

    def clean(self) -> dict[str, Any]:
        body, role = self.cleaned_data.get("body"), self.cleaned_data.get("role")
        votes = self.cleaned_data.get("vote_count")
        if body and role and role not in _roles(body):
            self.add_error(
                "role", _("工会委员会设主席、副主席、委员或组织员，其他机构设主任、副主任、委员。")
            )
        is_preparing = self.row is not None and self.row.state == State.PREPARING
        if body in BY_ASSEMBLY and votes is None and is_preparing and "vote_count" not in self.errors:
            self.add_error("vote_count", _("工会委员会和经费审查委员会由会员选举，请填得票数。"))
        if not is_preparing and (votes is not None or body == CommitteeKind.UNION_COMMITTEE):
            self.add_error(None, _("选举已经结束。批复后只登记由委员会推选或聘任的人，不填得票。"))
        return self.cleaned_data


def _roles(body: str) -> tuple[str, ...]:
    """Who sits in it; in place of a whole committee a small union has one organiser."""
    alone = (OfficerRole.ORGANISER,) if body == CommitteeKind.UNION_COMMITTEE else ()
    return (*ROLES[body], *alone)


class TickForm(ActionForm):
    """验收项: one item of the region's list, with a paper or a word as evidence."""

    item = choice(_("验收项"), [])
    paper = RowField(
        BuildingPaper.objects.none(),
        label=_("证明材料"),
        required=False,
        to_field_name="public_id",
        empty_label=_("没有，见说明"),
        error_messages={"invalid_choice": _("这份材料不在本件中，请从列表中选择。")},
    )
    note = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("没有材料的，写明在哪里看到什么。")
    )

    def limit_choices(self) -> None:
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        if self.row is not None:
            missing = [item for item in acceptance.to_tick(self.row) if not item.is_met]
            field.choices = [("", _("请选择")), *((item.text, item.label) for item in missing)]
            self.choose_among("paper", building_queries.papers(self.row))

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("paper") and not self.cleaned_data.get("note") and not self.errors:
            self.add_error("note", _("请选一份材料，或写一句说明，作为验收依据。"))
        return self.cleaned_data


class ContributionForm(ActionForm):
    """五个一点: what one side gave."""

    side = choice(_("哪一方"), Side.choices)
    amount = MoneyFormField(label=_("金额或折价"), min_value=0, help_text=_("单位：元；实物按估价。"))
    is_in_kind = forms.BooleanField(label=_("是实物"), required=False)
    given_on = day(_("日期"))
    note = forms.CharField(label=_("说明"), min_length=2, max_length=200, help_text=_("例如：图书 200 册。"))

    def clean_given_on(self) -> Any:
        return not_later_than_today(self.cleaned_data["given_on"])

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(_("金额要大于零，请改正。"))
        return amount


class PaperForm(forms.Form):
    """材料: one photo or document."""

    kind = choice(_("材料类别"), BuildingPaperKind.choices)
    upload = forms.FileField(label=_("照片或文件"), help_text=_("照片、PDF、Word 或 Excel，不超过 10 MB。"))
