"""The catalogue of events, for whoever builds on them."""

import pytest
from django.test import Client

from media_pipeline.events.registry import KINDS

pytestmark = pytest.mark.django_db


def test_every_kind_is_listed_with_what_it_carries(client: Client) -> None:
    page = client.get("/docs/events/").text
    for kind in KINDS.values():
        assert f'id="{kind.name}"' in page
        assert kind.sentence in page
        assert all(f"<code>{name}</code>" in page for name in kind.data)
