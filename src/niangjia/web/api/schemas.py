"""JSON schemas for OpenAPI 3.1, read off the Django forms that also validate the pages."""

from typing import Any

from django import forms

from niangjia.kernel.money import MoneyFormField

IDEMPOTENCY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 8, "maxLength": 100},
    "description": "A UUID per intention. Sending the same request again returns the first answer.",
}

REFUSAL = {
    "type": "object",
    "properties": {
        "sentence": {"type": "string", "description": "What went wrong and what to do now."},
        "problems": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
            "description": "Sentences by field.",
        },
    },
    "required": ["sentence", "problems"],
}

REFUSALS = {
    str(status): {"description": meaning, "content": {"application/json": {"schema": REFUSAL}}}
    for status, meaning in {
        401: "Sign in first.",
        403: "Your posts do not allow it.",
        404: "Not there, or out of sight.",
        409: "It has moved on since you looked.",
        422: "The input does not hold.",
    }.items()
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


def body(schema: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI parts of an operation that takes this JSON."""
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "parameters": [IDEMPOTENCY_HEADER],
        "responses": REFUSALS,
    }


def _of_field(field: forms.Field) -> dict[str, Any]:
    schema = _type_of(field)
    if field.label:
        schema["title"] = str(field.label)
    if field.help_text:
        schema["description"] = str(field.help_text)
    return schema


def _type_of(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, MoneyFormField):
        return {"type": "string", "pattern": r"^\d+(\.\d{1,2})?$", "examples": ["1234.50"]}
    if isinstance(field, forms.ModelChoiceField):
        return {"type": "string"}
    if isinstance(field, forms.ChoiceField):
        values = [value for value, _label in field.widget.choices if value != ""]
        return {"type": "string", "enum": values}
    if isinstance(field, forms.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.IntegerField):
        return _limits(field, {"type": "integer"}, minimum="min_value", maximum="max_value")
    return _limits(field, {"type": "string"}, minLength="min_length", maxLength="max_length")


def _limits(field: forms.Field, schema: dict[str, Any], **names: str) -> dict[str, Any]:
    found = {word: getattr(field, attribute, None) for word, attribute in names.items()}
    return schema | {word: limit for word, limit in found.items() if limit is not None}
