"""What pages and API accept about notices and objections."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.kernel.errors import Invalid
from niangjia.kernel.workflow import ReasonForm, RemarkForm
from niangjia.notices import queries
from niangjia.notices.models import PublicNotice
from niangjia.organisation.phones import check_phone

SHORTEST_REASON = 10


class OpenListForm(RemarkForm):
    """Filled by `actions.post` alone, so there is nothing to read from text."""

    kind = forms.CharField()
    unit = forms.Field()


class ObjectionForm(RemarkForm):
    """异议: what anybody says, with or without their name."""

    remark = None  # type: ignore[assignment]
    reason = forms.CharField(
        label=gettext_lazy("异议理由"),
        min_length=SHORTEST_REASON,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("说清哪里不符、怎么知道的，至少 10 个字。当事人看不到是谁说的。"),
        error_messages={
            "required": gettext_lazy("请写明理由，工会要据此核实。"),
            "min_length": gettext_lazy("请再多写几句，至少 10 个字，工会才好核实。"),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("您的姓名"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("可以不留。留了姓名和电话，工会核实时能找到您。"),
    )
    phone = forms.CharField(label=gettext_lazy("您的手机号"), max_length=20, required=False)

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        if not text:
            return ""
        try:
            return check_phone(text)
        except Invalid as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "phone" in found and bool(found.get("name")) != bool(found["phone"]):
            missing = "phone" if found.get("name") else "name"
            self.add_error(missing, _("姓名和手机号请一起留；不想留的，两样都空着。"))
        return found


class LodgeForm(ObjectionForm):
    """From the public page, which knows the notice and has made the choice of a line into its place on the list."""

    notice = forms.Field()
    line = forms.IntegerField(required=False, min_value=1)
    receipt = forms.CharField(required=False)


class PageForm(ObjectionForm):
    """As the public page shows it: what it is about comes first."""

    about = forms.ChoiceField(label=gettext_lazy("对什么有异议"))
    field_order = ("about", "reason", "name", "phone")

    def __init__(self, *args: Any, lines: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [
            (str(line.position), f"{line.position}. {line.shown_name} {line.shown_unit}") for line in lines
        ]
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", _("请选择")), *shown, ("list", _("公示的程序，涉及整张名单"))]


class RecordForm(ObjectionForm):
    """登记异议: a clerk writes down what somebody came to say."""

    notice = forms.ChoiceField(label=gettext_lazy("哪一次公示"))
    line = forms.IntegerField(
        label=gettext_lazy("名单序号"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("对公示程序有异议的，不填。"),
    )
    field_order = ("notice", "line", "reason", "name", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        self._running = {row.number: row for row in queries.open_notices(self.actor)} if self.actor else {}
        notice = self.fields["notice"]
        assert isinstance(notice, forms.ChoiceField)
        notice.choices = [
            ("", _("请选择")),
            *((number, f"{number} {row.title} {row.unit}") for number, row in self._running.items()),
        ]

    def clean_notice(self) -> PublicNotice:
        return self._running[self.cleaned_data["notice"]]


class AnswerForm(ReasonForm):
    """答复."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remark = self.fields["remark"]
        remark.help_text = _(
            "写清核实了什么、结论凭什么。异议成立的会转给经办人和当事人看，不要写异议人是谁。"
        )
        remark.error_messages |= {
            "required": _("请写明核实的情况和结论。"),
            "min_length": _("太短了，请写清核实了什么、结论凭什么。"),
        }
