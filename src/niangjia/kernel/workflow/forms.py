"""The forms that transitions start from. A domain's form adds its own fields."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RemarkForm(forms.Form):
    """Any step may be accompanied by a word. `row` is the case; None when it is only about to begin."""

    remark = forms.CharField(
        label=_("意见"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, row: Any = None, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        self.actor = actor
        # The word comes last, whatever fields a subclass adds.
        self.order_fields([name for name in self.fields if name != "remark"])


class ReasonForm(RemarkForm):
    """Sending something back, or refusing it, needs a reason that the other side can act on."""

    remark = forms.CharField(
        label=_("理由"),
        min_length=4,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清缺什么、怎么补，对方会原样看到。"),
        error_messages={
            "required": _("请写明理由，对方要据此补正。"),
            "min_length": _("理由太短，请写清缺什么、怎么补。"),
        },
    )
