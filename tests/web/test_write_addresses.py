"""Addresses in templates: written into the pattern of their route, and the same as Django's own."""

import uuid

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse

ROW = uuid.UUID("0190c0de-0000-7000-8000-000000000001")


def written(tag: str) -> str:
    template = engines["django"].from_string("{% load niangjia %}{% " + tag + " %}")
    return template.render({"row": ROW, "word": "health"}).strip()


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("url 'home'", ["home"]),
        ("url 'hardship_file' row", ["hardship_file", ROW]),
        ("url 'hardship_topic' row word", ["hardship_topic", ROW, "health"]),
        ("url 'print_copy' 'hardship-dossier' row 'pdf'", ["print_copy", "hardship-dossier", ROW, "pdf"]),
    ],
)
def test_an_address_is_what_django_would_write(tag: str, address: list[object]) -> None:
    for _again in range(2):
        assert written(tag) == reverse(str(address[0]), args=address[1:])


def test_one_under_a_name_is_not_shown_yet() -> None:
    assert written("url 'hardship_file' row as there %}[{{ there }}]{% if 1 %}{% endif") == (
        f"[{reverse('hardship_file', args=[ROW])}]"
    )
    assert written("url 'nowhere' row as there %}[{{ there }}]{% if 1 %}{% endif") == "[]"


def test_a_route_there_is_not_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        written("url 'nowhere' row")
