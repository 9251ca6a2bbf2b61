"""OpenAPI 3.1: request bodies read off the Django forms that also validate the pages, and what all operations share."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy
from ninja.openapi.schema import OpenAPISchema

from niangjia.kernel.money import MoneyFormField

JSON = "application/json"


def _(message: str) -> str:
    """Translated whenever the document is written; the framework's types only know finished text."""
    return cast(str, gettext_lazy(message))


lazily = _

REFUSAL = {
    "type": "object",
    "properties": {
        "sentence": {"type": "string", "description": _("原因和下一步。")},
        "problems": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": _("按字段列出的问题。"),
        },
    },
    "required": ["sentence", "problems"],
}
REFUSALS = {
    "400": _("请求无法理解。"),
    "401": _("请先登录，或带上令牌。"),
    "403": _("您的岗位不能办，或缺少 CSRF 请求头。"),
    "404": _("不存在，或您看不到。"),
    "409": _("您看过之后情况变了，或规定不允许。"),
    "413": _("一次送来的内容太多。"),
    "422": _("内容需要更正。"),
    "429": _("太频繁，请稍后再试。"),
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 100, "pattern": "^[ -~]+$"},
    "description": _("每次打算办一件事用一个 UUID。同一请求重发不会再办，答复同一行。"),
}
VERSION = {
    "type": ["integer", "null"],
    "description": _("您看到的版本；之后有变动则以 409 拒绝。"),
}


def of_form(form: type[forms.Form]) -> dict[str, Any]:
    """The JSON object that fills a form. Uploads are sent to their own address, so file fields are left out."""
    fields = {
        name: field for name, field in form.base_fields.items() if not isinstance(field, forms.FileField)
    }
    return {
        "type": "object",
        "properties": {name: _of_field(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


# The OpenAPI parts of a write that has nothing to say beside its address.
NO_BODY: dict[str, Any] = {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}]}


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI parts of an operation that takes this JSON."""
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}} | NO_BODY


DOWNLOAD = {
    "responses": {
        "200": {
            "description": _("文件本身。"),
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


def completed(schema: OpenAPISchema) -> OpenAPISchema:
    """Every operation refuses in the same shape; said once under components."""
    parts = schema["components"]
    parts.setdefault("schemas", {})["Refusal"] = REFUSAL
    parts["parameters"] = {"IdempotencyKey": IDEMPOTENCY_KEY}
    content = {JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    parts["responses"] = {
        status: {"description": meaning, "content": content} for status, meaning in REFUSALS.items()
    }
    shared = {status: {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}
    for operations in schema["paths"].values():
        for operation in operations.values():
            given = {str(status): answer for status, answer in operation["responses"].items()}
            operation["responses"] = given | shared
    return schema


def _of_field(field: forms.Field) -> dict[str, Any]:
    schema = _type_of(field)
    if field.label:
        schema["title"] = field.label
    if field.help_text:
        schema["description"] = field.help_text
    return schema


def _type_of(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, MoneyFormField):
        return {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$", "examples": ["1234.50"]}
    if isinstance(field, forms.ModelChoiceField):
        return {"type": "string"}
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _label in field.widget.choices if value != ""]
        # Some forms know their choices only once they know who acts.
        return {"type": "string", "enum": values} if values else {"type": "string"}
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean", "const": True} if field.required else {"type": "boolean"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.DecimalField):
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    if isinstance(field, forms.IntegerField):
        return _limits(field, {"type": "integer"}, minimum="min_value", maximum="max_value")
    return _limits(field, {"type": "string"}, minLength="min_length", maxLength="max_length")


def _limits(field: forms.Field, schema: dict[str, Any], **names: str) -> dict[str, Any]:
    found = {word: getattr(field, attribute, None) for word, attribute in names.items()}
    return schema | {word: limit for word, limit in found.items() if limit is not None}
