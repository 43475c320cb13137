"""An artist's upload over the API, up to the call that ends it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from social.models import User
from tests.factories.social import UserFactory, bearer

SONG = b"RIFF, or so it says"
Post = Callable[..., Any]


@pytest.fixture
def artist() -> User:
    """Who uploads."""
    user: User = UserFactory.create(handle="artist")
    return user


@pytest.fixture
def post(client: Client, artist: User) -> Post:
    """A function: path below the API, body, `by` somebody else → the answer."""

    def post(path: str, body: Any, by: User = artist) -> Any:
        text = body if isinstance(body, str) else json.dumps(body)
        return client.post(f"/api/v1/{path}", text, "application/json", headers=bearer(by))

    return post


@pytest.fixture
def sent(client: Client, post: Post) -> Callable[..., tuple[str, dict[str, Any]]]:
    """A function: sends SONG → the upload's `complete` path, and the one part to name in it."""

    def send(filename: str = "02 first_light.wav", by: User | None = None) -> Any:
        person = {"by": by} if by else {}
        plan = post("uploads/", {"filename": filename, "size": len(SONG)}, **person).json()
        place = f"uploads/{plan['id']}/"
        signed = post(f"{place}parts/sign/", {"parts": [1]}, **person).json()[0]
        answer = client.put(signed["url"], SONG, "application/octet-stream")
        assert answer.status_code == 200, answer.content
        return f"{place}complete/", {"number": 1, "etag": answer.headers["ETag"]}

    return send
