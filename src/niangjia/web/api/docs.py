"""接口说明: the OpenAPI document as a page one can read, in the reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.web.api.door import api

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    """One field of a body, an answer or an address."""

    name: str
    kind: str
    is_required: bool
    title: str
    description: str


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    name: str
    summary: str
    description: str
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]
    is_list: bool


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                found = _operation(schema, method, path, operations[method])
                groups.setdefault(str(operations[method]["tags"][0]), []).append(found)
    refusals = schema["components"]["responses"]
    context = {"info": schema["info"], "groups": list(groups.items()), "refusals": list(refusals.items())}
    return render(request, "web/api_docs.html", context)


def _operation(schema: Mapping[str, Any], method: str, path: str, given: Mapping[str, Any]) -> Operation:
    answer = _content(schema, given["responses"].get("200", {}))
    is_list = "rows" in answer.get("properties", {})
    if is_list:
        answer = _resolved(schema, answer["properties"]["rows"]["items"])
    return Operation(
        method=method.upper(),
        path=path,
        name=given["operationId"],
        summary=given["summary"],
        description=given.get("description", ""),
        parameters=[_parameter(schema, one) for one in given["parameters"]],
        body=list(_fields(schema, _content(schema, given.get("requestBody", {})))),
        answer=list(_fields(schema, answer)),
        is_list=is_list,
    )


def _content(schema: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    for content in given.get("content", {}).values():
        return _resolved(schema, content["schema"])
    return {}


def _parameter(schema: Mapping[str, Any], given: Mapping[str, Any]) -> Field:
    found = _resolved(schema, given)
    kind = _kind(schema, found["schema"])
    return Field(found["name"], kind, found["required"], "", found.get("description", ""))


def _fields(schema: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[Field]:
    required = given.get("required", ())
    for name, one in given.get("properties", {}).items():
        title, description = one.get("title", ""), one.get("description", "")
        yield Field(name, _kind(schema, one), name in required, title, description)


def _resolved(schema: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in given:
        return given
    found: Any = schema
    for step in given["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    resolved: Mapping[str, Any] = found
    return resolved


def _kind(schema: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """The type in a word or two, choices spelled out."""
    if "anyOf" in given:
        return " | ".join(_kind(schema, one) for one in given["anyOf"])
    if "$ref" in given:
        return str(given["$ref"]).rpartition("/")[2]
    if "enum" in given:
        return " | ".join(map(str, given["enum"]))
    if given.get("type") == "array":
        return _("若干 %s") % _kind(schema, given["items"])
    kind = given.get("type", "")
    words = " | ".join(kind) if isinstance(kind, list) else kind
    return f"{words} ({given['format']})" if "format" in given else words
