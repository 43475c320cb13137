"""How an original came here is kept with it."""

import json
from typing import Any

import pytest
from django.test import Client

from media_pipeline.models import Upload
from media_pipeline.uploads.services import completion
from tests.factories.social import UserFactory, bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client: Client) -> Any:
    """A function: method and body → the API's answer to an artist who begins an upload."""
    headers = bearer(UserFactory.create())

    def ask(method: str, *, body: Any) -> Any:
        sent = json.dumps(body)
        return client.generic(method, "/api/v1/uploads/", sent, "application/json", headers=headers)

    return ask


def test_it_is_kept_how_a_file_came(ask: Any) -> None:
    plan = ask("POST", body={"filename": "a.webm", "size": 9, "source_type": "microphone"}).json()
    assert Upload.objects.get(pk=plan["id"]).source_type == "microphone"
    where = {"source_type": "address", "source_url": "https://radio.example/a.mp3"}
    plan = ask("POST", body={"filename": "a.mp3", "size": 9} | where).json()
    upload = Upload.objects.get(pk=plan["id"])
    asset = completion.name(upload).asset
    assert (asset.source_type, asset.source_url) == tuple(where.values())
    asset.refresh_from_db()
    assert asset.imported_at is not None
    plan = ask("POST", body={"filename": "a.wav", "size": 9}).json()
    asset = completion.name(Upload.objects.get(pk=plan["id"])).asset
    asset.refresh_from_db()
    assert (asset.source_type, asset.imported_at) == ("file", None)


@pytest.mark.parametrize(
    "where",
    [
        {"source_type": "import"},
        {"source_type": "telepathy"},
        {"source_type": "address", "source_url": "javascript:alert(1)"},
    ],
)
def test_what_no_program_can_say_of_a_file_is_refused(ask: Any, where: dict[str, str]) -> None:
    assert ask("POST", body={"filename": "a.wav", "size": 9} | where).status_code == 400
    assert not Upload.objects.exists()
