"""Registering employers, one by one and in long lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.organisation import queries, regions, uscc
from niangjia.organisation.forms.fields import ActionForm, PhoneField, is_uuid, places, unions
from niangjia.organisation.kinds import EmployerKind, Industry
from niangjia.organisation.models import Region, UnionBody


@dataclass(frozen=True)
class Known:
    """Unions by public id and regions by code, read once for a list of rows."""

    unions: Mapping[str, UnionBody]
    regions: Mapping[str, Region]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], actor: Actor) -> "Known":
        def quoted(attribute: str, *names: str) -> set[str]:
            given = (row.get(name) for row in rows for name in names)
            return {str(getattr(value, attribute, value)) for value in given if value}

        ids = {text for text in quoted("public_id", "unit", "union") if is_uuid(text)}
        unions = queries.unions_visible_to(actor).filter(dissolved_on__isnull=True, public_id__in=ids)
        found = regions.current_regions().filter(code__in=quoted("code", "region"))
        return cls(
            {str(union.public_id): union for union in unions}, {region.code: region for region in found}
        )


class EmployerForm(ActionForm):
    name = forms.CharField(label=_("单位名称"), min_length=2, max_length=120)
    uscc = forms.CharField(label=_("统一社会信用代码"))
    unit = unions(_("归口工会"))
    union = unions(_("所建工会"), required=False)
    region = places(_("所在区划"))
    industry = forms.ChoiceField(label=_("行业"), choices=Industry.choices)
    kind = forms.ChoiceField(label=_("单位性质"), choices=EmployerKind.choices)
    staff_count = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=5_000_000)
    opened_on = forms.DateField(label=_("开业日期"), required=False)
    head = forms.CharField(label=_("负责人"), max_length=50, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=50, required=False)
    contact_phone = PhoneField(label=_("联系电话"), required=False)
    is_operating = forms.NullBooleanField(label=_("正常经营"), required=False, initial=True)

    def __init__(self, *args: Any, known: "Known | None" = None, **options: Any) -> None:
        self.known = known
        super().__init__(*args, **options)

    def limit_choices(self) -> None:
        if self.known is None:
            visible = queries.unions_visible_to(self.actor).filter(dissolved_on__isnull=True)
            self.choose_among("unit", visible)
            self.choose_among("union", visible)
        else:
            self.fields["unit"].known = self.fields["union"].known = self.known.unions  # type: ignore[attr-defined]
            self.fields["region"].known = self.known.regions  # type: ignore[attr-defined]

    def clean_is_operating(self) -> bool:
        """Who does not say otherwise reports a business in operation."""
        return self.cleaned_data["is_operating"] is not False

    def clean_uscc(self) -> str:
        try:
            code: str = uscc.check(self.cleaned_data["uscc"])
        except Invalid as error:
            raise forms.ValidationError(str(error)) from None
        return code
