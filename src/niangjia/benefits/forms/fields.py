"""Fields of benefits: pairs that are written one a line, lists of known words, and a policy's own questions."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.policies import language
from niangjia.kernel.money import MoneyFormField
from niangjia.policy import ir
from niangjia.policy.convert import digits
from niangjia.policy.model import Input

TRUTHS = {"是": True, "true": True, "否": False, "false": False}


class PairsField(forms.CharField):
    """`名称=值`, one a line, or a JSON object; cleans to a dict of texts, and of truths where 是 or 否 stands."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return dict(value)
        text = super().to_python(value) or ""
        if text.startswith("{"):
            return self._from_json(text)
        pairs: dict[str, Any] = {}
        for line in text.splitlines():
            name, equals, given = (part.strip() for part in line.partition("="))
            if line.strip() and not (name and equals and given):
                raise forms.ValidationError(_("“%s”应写成 名称=值，一行一个。") % line.strip()[:40])
            if name:
                pairs[name] = TRUTHS.get(given.lower(), given)
        return pairs

    def _from_json(self, text: str) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise forms.ValidationError(_("内容不是有效的 JSON。请刷新页面后重填。")) from None
        plain = (str, int, bool)
        if not all(isinstance(value, plain) for value in found.values()):
            raise forms.ValidationError(_("每一项应是文字、整数或 true / false；金额和日期写成文字。"))
        return dict(found)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return "\n".join(f"{name}={_shown(given)}" for name, given in value.items())
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


def _shown(value: Any) -> Any:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else value


class WordsField(forms.CharField):
    """Known words separated by 、 or commas, by label or value; cleans to the list of values."""

    def __init__(self, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = list(choices)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        known = {str(label): word for word, label in self.words} | {word: word for word, _label in self.words}
        words = [
            word.strip()
            for word in (super().to_python(value) or "").replace("，", "、").replace(",", "、").split("、")
        ]
        if unknown := [word for word in words if word and word not in known]:
            raise forms.ValidationError(
                _("不认识“%(word)s”。可写：%(all)s。")
                % {"word": unknown[0][:20], "all": "、".join(str(label) for _word, label in self.words)}
            )
        return list(dict.fromkeys(known[word] for word in words if word))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            labels = dict(self.words)
            return str(_("、")).join(str(labels.get(word, word)) for word in value)
        return value


YES_OR_NO = [("", _("请选择")), ("true", _("是")), ("false", _("否"))]


def question(made: Input, given: ir.Input) -> forms.Field:
    """The field that asks for one input of a policy, in its own words and within its own limits."""
    shape, label = given.shape, made.label[language()]
    required = given.default is None
    limits = {"min_value": _number(shape.low, shape), "max_value": _number(shape.high, shape)}
    if shape.type == "bool":
        return forms.TypedChoiceField(
            label=label,
            choices=YES_OR_NO,
            coerce=lambda text: text == "true",
            empty_value=None,
            required=required,
        )
    if shape.type == "choice":
        return forms.ChoiceField(
            label=label, required=required, choices=[("", _("请选择")), *_labels(made, shape)]
        )
    if shape.type == "date":
        return forms.DateField(
            label=label,
            required=required,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        )
    if shape.type == "money":
        return MoneyFormField(label=label, required=required, help_text=_("单位：元。"), **limits)
    if shape.scale:
        return forms.DecimalField(label=label, required=required, decimal_places=shape.scale, **limits)
    unit = made.type.unit
    return forms.IntegerField(
        label=f"{label}（{unit}）" if unit and language() == "zh" else label, required=required, **limits
    )


def _number(code: int, shape: ir.Shape) -> Any:
    return Decimal(digits(code, shape.scale)) if shape.scale else code


def _labels(made: Input, shape: ir.Shape) -> list[tuple[str, str]]:
    return [(choice, choice) for choice in shape.choices]
