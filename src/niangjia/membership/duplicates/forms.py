"""What a merge is proposed with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.workflow import RemarkForm
from niangjia.membership.duplicates.kinds import GROUP_LABELS, Side


class ProposeForm(RemarkForm):
    """Which registration is kept, and for each group of data from which side it is taken; unsaid: the kept one's."""

    pair = forms.UUIDField(
        label=_("疑似重复"),
        help_text=_("“重复登记”列表中的一对。"),
        error_messages={"invalid": _("请从“重复登记”列表中选择一对。")},
    )
    keep = forms.ChoiceField(label=_("保留哪一条登记"), choices=Side.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].help_text = _(
            "凭什么认定是同一个人，例如“与本人核对过两张证件”。复核的同事会看到。"
        )


for _group, _label in GROUP_LABELS.items():
    ProposeForm.base_fields[_group] = forms.ChoiceField(
        label=_label, choices=[("", _("随保留的登记")), *Side.choices], required=False
    )


class DismissForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        min_length=4,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("为什么不是同一个人，例如“同名同日生，已与两人分别核对”。排除后不再提示。"),
        error_messages={
            "required": _("请写明为什么不是同一个人，排除以后不会再提示。"),
            "min_length": _("理由太短，请写清为什么不是同一个人。"),
        },
    )
