"""What a request may carry: one JSON object of plain text, its fields those of a Django form, typed as documented.

A form takes whatever a browser can send and makes the best of it; JSON has types, so `"no"` for a consent is refused
instead of read as yes.
"""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from niangjia.kernel.errors import Invalid
from niangjia.web.api import schemas
from niangjia.web.shell.plain import is_plain

TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool}


def json_body(request: HttpRequest) -> dict[str, Any]:
    if request.META.get("CONTENT_LENGTH") in ("", "0", None):
        return {}
    if request.content_type != schemas.JSON:
        raise Invalid(_("请求体应是 JSON，并写明 Content-Type: application/json。"))
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Invalid(_("请求体不是有效的 JSON。")) from None
    if not isinstance(data, dict):
        raise Invalid(_("请求体应是一个 JSON 对象。"))
    for name, value in data.items():
        if not is_plain(name) or (isinstance(value, str) and not is_plain(value)):
            raise Invalid(_("请求体里有无法保存的字符（NUL 或不成对的代理字符），请去掉后重发。"))
    return data


def fields_of(form: type[forms.Form], data: Mapping[str, Any]) -> dict[str, Any]:
    """The data for a form; a null is as good as absent."""
    wanted = schemas.of_form(form)["properties"]
    if unknown := sorted(set(data) - set(wanted)):
        raise Invalid(_("不认识这些字段：%s。可用的字段见接口说明。") % _("、").join(unknown)[:200])
    given = {name: value for name, value in data.items() if value is not None}
    problems = {
        name: [_words_for(wanted[name]["type"])]
        for name, value in given.items()
        if type(value) is not TYPES[wanted[name]["type"]]
    }
    if problems:
        raise Invalid(_("字段的类型不对：%s。") % _("、").join(problems), problems)
    return given


def take_version(data: dict[str, Any]) -> int | None:
    """The version of the row that the caller looked at, out of the body."""
    version = data.pop("version", None)
    if version is not None and type(version) is not int:
        raise Invalid(_("version 应为整数，取自您看到的详情。"))
    return version


def _words_for(kind: str) -> str:
    return {
        "string": _("应是字符串；金额和日期也写成字符串。"),
        "integer": _("应是整数，不加引号。"),
        "boolean": _("应是 true 或 false。"),
    }[kind]


def taken(request: HttpRequest, form: type[forms.Form]) -> dict[str, Any]:
    """The body of a request as the data for a form."""
    return fields_of(form, json_body(request))
