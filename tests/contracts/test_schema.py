"""The API's own description is valid and complete."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema

from tests.contracts.test_permissions import routes

WANTED = {
    ("/api/v1/uploads/", "post"),
    ("/api/v1/uploads/{id}/", "get"),
    ("/api/v1/uploads/{id}/", "patch"),
    ("/api/v1/uploads/{id}/", "delete"),
    ("/api/v1/uploads/{id}/parts/sign/", "post"),
    ("/api/v1/uploads/{id}/complete/", "post"),
    ("/api/v1/limits/", "get"),
    ("/api/v1/versions/{id}/", "get"),
    ("/api/v1/versions/{id}/", "patch"),
    ("/api/v1/versions/{id}/", "delete"),
    ("/api/v1/versions/{id}/primary/", "post"),
    ("/api/v1/versions/{id}/hiding/", "post"),
    ("/api/v1/versions/{id}/hiding/", "delete"),
    ("/api/v1/tracks/{id}/versions/", "get"),
    ("/api/v1/tracks/{id}/notes/", "get"),
    ("/api/v1/tracks/{id}/notes/", "post"),
    ("/api/v1/notes/{id}/", "get"),
    ("/api/v1/notes/{id}/", "patch"),
    ("/api/v1/notes/{id}/", "delete"),
    ("/api/v1/notes/{id}/resolution/", "post"),
    ("/api/v1/notes/{id}/resolution/", "delete"),
    ("/api/v1/notes/{id}/assignee/", "put"),
    ("/api/v1/jobs/{id}/retry/", "post"),
    ("/api/v1/me/exports/", "get"),
    ("/api/v1/me/exports/", "post"),
    ("/api/v1/me/exports/{id}/", "get"),
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema as programs read it."""
    from drf_spectacular.generators import SchemaGenerator

    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


def test_it_is_valid_openapi(schema: dict[str, Any]) -> None:
    validate_schema(schema)


def test_nothing_had_to_be_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")
    assert "rror" not in capsys.readouterr().err


def test_every_operation_is_described(schema: dict[str, Any]) -> None:
    found = {(path, method) for path, item in schema["paths"].items() for method in item}
    assert found >= WANTED
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            assert operation.get("description") or operation.get("summary"), (path, method)


def test_every_route_of_the_api_is_in_it(schema: dict[str, Any]) -> None:
    described = set(schema["paths"])
    for name, pattern in routes():
        if pattern.startswith("api/v1/") and name != "api-schema":
            assert "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", pattern) in described


@pytest.mark.django_db
def test_it_is_served() -> None:
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 200
    assert b"openapi" in answer.content[:40]
