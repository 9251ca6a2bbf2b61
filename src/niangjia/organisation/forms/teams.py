"""Teams of union workers: forming, disbanding, engaging, posting."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.organisation import queries
from niangjia.organisation.forms.fields import ActionForm, in_order, not_later_than_today, unions
from niangjia.organisation.forms.seats import SeatForm
from niangjia.organisation.kinds import EngagementBasis, Specialty, TeamKind
from niangjia.organisation.models import Team


class TeamForm(ActionForm):
    """`row` is the union that forms it."""

    name = forms.CharField(label=_("队伍名称"), min_length=2, max_length=60)
    kind = forms.ChoiceField(label=_("队伍类型"), choices=TeamKind.choices)
    from_on = forms.DateField(label=_("组建日期"))

    def clean_from_on(self) -> date:
        return not_later_than_today(self.cleaned_data["from_on"])

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Team.objects.filter(unit=self.row, name=name).exists():
            raise forms.ValidationError(_("这个工会已有同名的队伍，请换一个名称。"))
        return name


class TeamMemberForm(SeatForm):
    """`row` is the team. A specialist names a specialty; whoever is posted, where to."""

    specialty = forms.ChoiceField(label=_("专长"), choices=Specialty.choices)
    basis = forms.ChoiceField(label=_("用工方式"), choices=EngagementBasis.choices)
    contract_until = forms.DateField(label=_("合同到期"), required=False)
    posted_to = unions(_("派驻工会"), required=False)
    title = forms.CharField(
        label=_("派驻职务"), max_length=60, required=False, help_text=_("例如“街道总工会副主席”。")
    )
    field_order = [
        "name", "specialty", "basis", "from_on", "contract_until", "posted_to", "title", "phone", "user",
    ]  # fmt: skip

    def limit_choices(self) -> None:
        visible = queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
        self.choose_among("posted_to", visible)

    def clean_specialty(self) -> str:
        specialty: str = self.cleaned_data["specialty"]
        if self.row.kind == TeamKind.SPECIALISTS and specialty == Specialty.GENERAL:
            raise forms.ValidationError(_("专业指导员要写明专长，请选择。"))
        return specialty

    def clean(self) -> dict[str, Any]:
        in_order(self, "from_on", "contract_until")
        given = self.cleaned_data
        if given.get("basis") == EngagementBasis.CONTRACT and not given.get("contract_until"):
            self.add_error("contract_until", _("合同聘用的请填写合同到期日。"))
        if given.get("title") and not given.get("posted_to"):
            self.add_error("posted_to", _("有派驻职务的请填写派驻工会。"))
        return given
