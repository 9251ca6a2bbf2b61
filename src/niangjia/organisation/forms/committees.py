"""Terms, officers and representatives: who may sit where, and what the law asks before they do."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.prepared import Children
from niangjia.organisation import parameters
from niangjia.organisation.containment import ROLES
from niangjia.organisation.forms.fields import ActionForm, not_later_than_today
from niangjia.organisation.forms.seats import EndSeatForm, SeatForm
from niangjia.organisation.kinds import CommitteeKind, OfficerRole, SeatEnd, SeatRoute, UnionLevel
from niangjia.organisation.models import Committee, Officer, UnionBody

# Of these bodies the head's near relatives stay out; in a federation there is no employer to be related to.
CLOSED_TO_RELATIVES = {CommitteeKind.UNION_COMMITTEE, CommitteeKind.AUDIT_COMMITTEE}

_bodies = Children(Committee, "unit", lambda rows: rows.filter(ended_on=None))
_heads = Children(Officer, "committee", lambda rows: rows.filter(until_on=None, role__in=OfficerRole.heads()))


def years_allowed(unit: UnionBody, on: date) -> list[int]:
    """How long a term may be: by law 3 or 5 years at the grassroots, 5 in a federation."""
    if unit.level != UnionLevel.GRASSROOTS:
        return [parameters.value("organisation.federation_term_years", unit, on)]
    both = {parameters.value(f"organisation.{length}_term_years", unit, on) for length in ("short", "long")}
    return sorted(both)


class TermForm(ActionForm):
    """`row` is the union, or the committee that is renewed."""

    from_on = forms.DateField(label=_("任期起"), help_text=_("选举产生之日。"))
    term_years = forms.IntegerField(label=_("任期（年）"), min_value=1, max_value=10)

    @property
    def unit(self) -> UnionBody:
        unit: UnionBody = self.row.unit if isinstance(self.row, Committee) else self.row
        return unit

    def clean_from_on(self) -> date:
        day = not_later_than_today(self.cleaned_data["from_on"])
        if day < self.unit.founded_on:
            raise forms.ValidationError(_("不能早于工会成立日期（%s），请改正。") % self.unit.founded_on)
        if isinstance(self.row, Committee) and day <= self.row.from_on:
            raise forms.ValidationError(_("新一届须晚于本届任期起（%s），请改正。") % self.row.from_on)
        return day

    def clean(self) -> dict[str, Any]:
        years, first = self.cleaned_data.get("term_years"), self.cleaned_data.get("from_on")
        if years and first and years not in (allowed := years_allowed(self.unit, first)):
            said = str(_("、")).join(map(str, allowed))
            self.add_error("term_years", _("这个工会的任期应为 %s 年（工会法第十六条），请改正。") % said)
        return self.cleaned_data


class EstablishForm(TermForm):
    kind = forms.ChoiceField(label=_("机构"), choices=CommitteeKind.choices)
    name = forms.CharField(
        label=_("名称"), max_length=60, required=False, help_text=_("工会小组填小组名称，其余不用填。")
    )
    number = forms.IntegerField(label=_("届次"), min_value=1, max_value=99)
    field_order = ["kind", "name", "number", "from_on", "term_years"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        kind, name = self.cleaned_data.get("kind"), self.cleaned_data.get("name", "")
        if kind == CommitteeKind.UNION_GROUP and not name:
            self.add_error("name", _("请填写小组名称，例如“一车间小组”。"))
        elif kind and kind != CommitteeKind.UNION_GROUP:
            self.cleaned_data["name"] = name = ""
        if any((one.kind, one.name) == (kind, name) for one in _bodies.of(self.unit.pk)):
            self.add_error("kind", _("这个机构已在任，到期请办理换届，不用另设。"))
        return self.cleaned_data


class CommitteeSeatForm(SeatForm):
    """`row` is the committee, or the union for an organiser."""

    @property
    def committee(self) -> Committee | None:
        return self.row if isinstance(self.row, Committee) else None

    def clean_from_on(self) -> date:
        day = not_later_than_today(self.cleaned_data["from_on"])
        if self.committee and day < self.committee.from_on:
            raise forms.ValidationError(_("不能早于本届任期起（%s），请改正。") % self.committee.from_on)
        return day


class RepresentativeForm(CommitteeSeatForm):
    constituency = forms.CharField(label=_("选区"), min_length=2, max_length=80)


class OfficerForm(CommitteeSeatForm):
    role = forms.ChoiceField(label=_("职务"), choices=OfficerRole.choices)
    route = forms.ChoiceField(label=_("产生方式"), choices=SeatRoute.choices)
    is_full_time = forms.BooleanField(label=_("专职"), required=False)
    declares_no_kinship = forms.BooleanField(
        label=_("本人声明：不是所在企业主要负责人的近亲属"),
        required=False,
        help_text=_("工会法第十条：企业主要负责人的近亲属不得作为本企业基层工会委员会成员的人选。"),
    )
    field_order = ["name", "role", "route", "is_full_time", "from_on", "phone", "user", "declares_no_kinship"]

    def limit_choices(self) -> None:
        super().limit_choices()
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        roles = ROLES[self.committee.kind] if self.committee else (OfficerRole.ORGANISER,)
        role.choices = [(one.value, one.label) for one in roles]

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        if self.committee is None:
            self._must_be_small(self.row)
        elif role in OfficerRole.heads():
            held = next((one for one in _heads.of(self.committee.pk) if one.role == role), None)
            if held:
                raise forms.ValidationError(
                    _("%(role)s现为“%(name)s”，请先登记离任，再登记接任。")
                    % {"role": OfficerRole(role).label, "name": held.name}
                )
        return role

    def clean(self) -> dict[str, Any]:
        asked = (
            self.committee is not None
            and self.committee.kind in CLOSED_TO_RELATIVES
            and self.committee.unit.level == UnionLevel.GRASSROOTS
        )
        if asked and not self.cleaned_data.get("declares_no_kinship"):
            self.add_error(
                "declares_no_kinship",
                _("没有这项声明不能登记：近亲属不得任职（工会法第十条）。请本人确认后勾选，或另选人选。"),
            )
        return self.cleaned_data

    def _must_be_small(self, unit: UnionBody) -> None:
        least = parameters.value("organisation.committee_members", unit, clock.today())
        if unit.member_count >= least:
            raise forms.ValidationError(
                _("会员满 %s 人应建立委员会（工会法第十一条），请设立工会委员会，不设组织员。") % least
            )
        if Officer.objects.filter(unit=unit, committee__isnull=True, until_on__isnull=True).exists():
            raise forms.ValidationError(_("这个工会已有组织员，请先登记离任。"))


class EndOfficerForm(EndSeatForm):
    votes_for = forms.IntegerField(
        label=_("赞成罢免票数"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("罢免主席、副主席时填。"),
    )
    votes_of = forms.IntegerField(
        label=_("全体会员或代表人数"), min_value=1, max_value=1_000_000, required=False
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        votes, everybody = self.cleaned_data.get("votes_for"), self.cleaned_data.get("votes_of")
        by_vote = self.row.role in (OfficerRole.CHAIR, OfficerRole.VICE_CHAIR)
        if self.cleaned_data.get("end_reason") == SeatEnd.REMOVED and by_vote:
            if votes is None or everybody is None:
                self.add_error("votes_for", _("罢免主席、副主席须经会员大会或代表大会表决，请填写票数。"))
            elif votes * 2 <= everybody:
                self.add_error(
                    "votes_for",
                    _("未经全体会员或代表过半数通过，不得罢免主席、副主席（工会法第十八条）。"),
                )
            elif votes > everybody:
                self.add_error("votes_for", _("赞成票数多于全体人数，请核对。"))
        return self.cleaned_data


class DisbandForm(ActionForm):
    ended_on = forms.DateField(label=_("撤销日期"))
    remark = forms.CharField(label=_("撤销理由"), min_length=4, max_length=500)

    def clean_ended_on(self) -> date:
        day = not_later_than_today(self.cleaned_data["ended_on"])
        if day < self.row.from_on:
            raise forms.ValidationError(_("不能早于本届任期起（%s），请改正。") % self.row.from_on)
        return day
