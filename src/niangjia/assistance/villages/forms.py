"""What pages and API accept about help for villages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.models import PairedVillage
from niangjia.assistance.plans.forms import text
from niangjia.assistance.villages import queries
from niangjia.assistance.villages.kinds import IndustryKind, PostingRole, VillageState, WorkRole
from niangjia.kernel import clock
from niangjia.kernel.access import within
from niangjia.kernel.money import MoneyFormField
from niangjia.kernel.workflow import RemarkForm
from niangjia.organisation import queries as organisation
from niangjia.organisation.building.forms import choice, count, day
from niangjia.organisation.forms import RowField
from niangjia.organisation.forms.fields import in_order, not_later_than_today, places, unions, users
from niangjia.organisation.kinds import RegionLevel

NO_VILLAGE = _("没有这个正在帮扶的村，或您的岗位看不到它。请填帮扶村编号，例如 FC2026000003。")
NO_NAMES = _("不要写村民的姓名和证件号。")
FIRST_YEAR = 2000


def basis(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, min_length=4, max_length=100, help_text=help_text)


class PairForm(RemarkForm):
    """结对帮扶村."""

    union = unions(_("帮扶工会"))
    town = places(_("所在乡镇"))
    name = forms.CharField(label=_("村名"), min_length=2, max_length=30)
    distance_km = count(_("距县城公里数"), required=False, max_value=1000)
    basis = basis(_("文件依据"), _("结对安排的文件名称和文号。"))
    from_on = day(_("帮扶开始"))
    until_on = day(_("帮扶到期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, help_text in (("union", _("填工会编号或全称。")), ("town", _("填 12 位乡级区划代码。"))):
            self.fields[name].help_text = help_text
        field = self.fields["union"]
        assert isinstance(field, RowField)
        field.queryset = organisation.unions_visible_to(self.actor).filter(dissolved_on=None)

    def clean_town(self) -> Any:
        town = self.cleaned_data["town"]
        if town.level != RegionLevel.TOWN:
            raise forms.ValidationError(_("请填到乡镇、街道一级，村名另填。"))
        return town

    def clean(self) -> dict[str, Any]:
        in_order(self, "from_on", "until_on")  # type: ignore[arg-type]
        return self.cleaned_data


class SurveyForm(RemarkForm):
    """登记调研."""

    surveyed_on = day(_("调研日期"))
    households = count(_("全村户数"), min_value=1, max_value=20_000)
    findings = text(_("调研情况"), rows=6, minimum=10, help_text=NO_NAMES)

    def clean_surveyed_on(self) -> date:
        return not_later_than_today(self.cleaned_data["surveyed_on"])


class IndustryForm(RemarkForm):
    """登记村产业: recorded again under the same name, it corrects."""

    remark = None  # type: ignore[assignment]
    name = forms.CharField(label=_("产业名称"), min_length=2, max_length=40)
    kind = choice(_("产业类别"), IndustryKind.choices)
    area_mu = count(_("面积（亩）"), max_value=1_000_000, help_text=_("取整到亩；不用地的填 0。"))
    households = count(_("受益户数"), max_value=20_000)
    started_on = day(_("投产日期"), required=False, help_text=_("还在筹备的不填。"))
    stopped_on = day(_("停办日期"), required=False, help_text=_("还在经营的不填。"))

    def clean_started_on(self) -> date | None:
        return _past(self.cleaned_data["started_on"])

    def clean_stopped_on(self) -> date | None:
        return _past(self.cleaned_data["stopped_on"])

    def clean(self) -> dict[str, Any]:
        started, stopped = (self.cleaned_data.get(name) for name in ("started_on", "stopped_on"))
        if stopped and not started and "started_on" not in self.errors:
            self.add_error("started_on", _("停办的产业请填投产日期。"))
        in_order(self, "started_on", "stopped_on")  # type: ignore[arg-type]
        return self.cleaned_data


class FundingForm(RemarkForm):
    """登记帮扶资金: recorded again for the same document, it corrects."""

    remark = None  # type: ignore[assignment]
    document = basis(_("拨付文件"), _("文件名称和文号，一份文件一笔。"))
    given_on = day(_("拨付日期"))
    amount = MoneyFormField(
        label=_("金额"), min_value=0, help_text=_("同一文件再登记一次就是更正；填 0 撤下这一笔。")
    )

    def clean_given_on(self) -> date:
        return not_later_than_today(self.cleaned_data["given_on"])


class VillageForm(RemarkForm):
    """Begins something for one village that the actor's union helps."""

    village = RowField(
        PairedVillage.objects.none(),
        label=_("帮扶村编号"),
        to_field_name="number",
        widget=forms.TextInput,
        error_messages={"invalid_choice": NO_VILLAGE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["village"]
        assert isinstance(field, RowField)
        seen = queries.villages_visible_to(self.actor).filter(state=VillageState.HELPED)
        field.queryset = seen.filter(within(self.actor.scopes(ASSISTANCE)))


class ProposeForm(VillageForm):
    """选派驻村干部."""

    officer = users(_("驻村干部"))
    role = choice(_("驻村职务"), PostingRole.choices)
    basis = basis(_("文件依据"), _("选派文件的名称和文号。"))
    from_on = day(_("任期开始"))
    until_on = day(_("任期届满"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].help_text = _("填同事的登录名。同事要在帮扶工会有“驻村干部”岗位。")

    def clean(self) -> dict[str, Any]:
        in_order(self, "from_on", "until_on")  # type: ignore[arg-type]
        return self.cleaned_data


class WorkForm(RemarkForm):
    """登记驻村工作."""

    remark = None  # type: ignore[assignment]
    done_on = day(_("工作日期"))
    role = choice(_("角色"), WorkRole.choices)
    detail = text(_("做了什么"), minimum=6, help_text=NO_NAMES)

    def clean_done_on(self) -> date:
        done_on = not_later_than_today(self.cleaned_data["done_on"])
        if self.row is not None and done_on < self.row.from_on:
            raise forms.ValidationError(_("工作日期不能早于任期开始，请改正。"))
        return done_on


class DividendForm(VillageForm):
    """登记集体分红."""

    year = count(_("分红年度"), min_value=FIRST_YEAR, max_value=9998)
    amount = MoneyFormField(label=_("分红金额"), min_value=Decimal("0.01"))
    households = count(_("分红户数"), min_value=1, max_value=20_000)
    evidence = basis(_("核对依据"), _("村里的分红方案、发放表放在哪里。"))

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > clock.today().year:
            raise forms.ValidationError(_("分红年度不能晚于今年，请改正。"))
        return year


def _past(given: date | None) -> date | None:
    return given and not_later_than_today(given)
