"""What was opened by a review link’s key is reported by it, too: its page and small player."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from moderation.models import Report
from social.models import ReviewLink
from tests.factories.review import ReviewLinkFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def links_in(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="(/report/[^"]*)"', page)]


def link_to(visibility: str) -> ReviewLink:
    link: ReviewLink = ReviewLinkFactory.create(
        track=PublicTrackFactory.create(visibility=visibility)
    )
    return link


@pytest.mark.parametrize("visibility", ["private", "unlisted", "public"])
def test_each_report_link_of_a_reviewed_piece_leads_to_its_form(visibility: str) -> None:
    link, client = link_to(visibility), Client()
    client.post(f"/r/{link.token}/name/", {"name": "Ann"})
    found = links_in(client.get(f"/r/{link.token}/").text)
    assert any("about=track:" in one for one in found)
    for key in (link.token, link.track.token):
        found += links_in(client.get(f"/embed/track/{link.track.pk}?key={key}").text)
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(
        found, 200
    )


def test_what_a_review_link_opens_is_reported_by_its_key_and_by_no_other() -> None:
    link = link_to("private")
    version = link.track.primary_version_id
    form = {"kind": "hate", "description": "Listen."}
    address = f"/report/?about=version:{version}&token="
    assert Client().post(address + link.token, form).status_code == 302
    assert Report.objects.get().version_id == version
    other = link_to("private")
    assert Client().post(address + other.token, form).status_code == 404


def test_programs_report_by_the_key_too() -> None:
    link = link_to("private")
    body = {"target_type": "track", "target_id": str(link.track.pk), "kind": "hate"}
    answers = [
        Client().post("/api/v1/reports/", body | {"token": token}, "application/json").status_code
        for token in (link.token, link_to("private").token)
    ]
    assert answers == [201, 404]
