"""What is kept of people, told to everybody."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from config.lib.kept import KEPT, RULES

pytestmark = pytest.mark.django_db


def test_everything_that_is_kept_is_told(client: Client) -> None:
    page = client.get("/docs/kept/").text
    for kept in KEPT.values():
        assert f'id="{kept.model}"' in page
        assert escape(kept.purpose) in page
        assert escape(kept.lives) in page
        assert escape(kept.words) in page
    assert all(escape(rule.sentence) in page for rule in RULES.values())


def test_it_asks_nothing_of_the_database(client: Client, django_assert_num_queries: object) -> None:
    client.get("/docs/kept/")
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.get("/docs/kept/")


def test_every_page_leads_there(client: Client) -> None:
    assert f'href="{reverse("docs-kept")}"' in client.get("/").text
