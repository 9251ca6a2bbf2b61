"""The OpenAPI document says what the endpoints really do, and the page says it to people."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from niangjia.kernel.workflow import WORKFLOWS
from tests.families import Path
from tests.web.api.conftest import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client: Client) -> dict[str, Any]:
    answer = client.get(f"{ROOT}/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, given)
        for path, methods in schema["paths"].items()
        for method, given in methods.items()
    ]


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(references(value) for value in part.values()))
    if isinstance(part, list):
        return set().union(*(references(value) for value in part))
    return set()


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    for reference in references(schema):
        found: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_every_operation_is_named_once_secured_and_refuses_in_one_shape(schema: dict[str, Any]) -> None:
    found = operations(schema)
    names = [given["operationId"] for _path, _method, given in found]
    assert len(names) == len(set(names)) > 30
    schemes = schema["components"]["securitySchemes"]
    for path, _method, given in found:
        is_public = path.startswith("/api/v1/public/")
        assert is_public == ("security" not in given), path
        if is_public:
            continue
        assert {name for one in given["security"] for name in one} == set(schemes), path
        assert {"401", "403", "404", "409", "422", "429"} <= set(given["responses"])
        assert given["summary"] and given["tags"]
    assert {(scheme["type"], scheme.get("in")) for scheme in schemes.values()} == {
        ("http", None),
        ("apiKey", "cookie"),
    }


def test_every_address_declares_what_stands_in_its_braces(schema: dict[str, Any]) -> None:
    for path, _method, given in operations(schema):
        declared = {one["name"] for one in given["parameters"] if one.get("in") == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))


def test_every_step_that_a_person_takes_has_its_endpoint_with_its_fields(schema: dict[str, Any]) -> None:
    for workflow in WORKFLOWS.values():
        if workflow.name != "hardship-file":
            continue
        for step in [*workflow.openings.values(), *workflow.transitions.values()]:
            if not step.is_offered:
                continue
            begin = "" if step in workflow.openings.values() else "{public_id}/"
            given = schema["paths"][f"{ROOT}/{workflow.name}/{begin}{step.slug}/"]["post"]
            body = given["requestBody"]["content"]["application/json"]["schema"]
            assert set(body["properties"]) - {"version"} == set(step.form.base_fields)
            assert body["additionalProperties"] is False
            assert given["summary"] == str(step.label)
            assert "IdempotencyKey" in str(given["parameters"])


def test_money_is_text(schema: dict[str, Any]) -> None:
    whole = schema["components"]["schemas"]["WholeHardshipFile"]["properties"]
    assert whole["yearly_income_amount"]["type"] == "string"


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "补正后重新提交"), ("en", "Resubmit")])
def test_the_page_reads_in_both_languages_without_an_account(
    client: Client, language: str, said: str
) -> None:
    client.cookies["django_language"] = language
    answer = client.get(f"{ROOT}/docs/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert said in page
    assert "/hardship-file/{public_id}/resubmit/" in page
    assert "http://" not in page and "https://" not in page
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_document_matches_an_answer(path: Path, calling: Any, schema: dict[str, Any]) -> None:
    file = path.apply()
    answer = calling(path.reviewer).get(f"{ROOT}/hardship-file/{file.public_id}/").json()
    assert set(answer) == set(schema["components"]["schemas"]["WholeHardshipFile"]["required"])
