"""A case about what nobody reported; and what its owner sees of a decision on the thing's page."""

import pytest
from django.core.cache import cache

from media_pipeline.models import SealedEntry
from moderation.models import Case, Decision
from tests.factories.moderation import decide, moderator
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import QUEUE, page_of, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_what_nobody_reported_is_decided_too() -> None:
    track, by = PublicTrackFactory.create(), moderator()
    client = signed_in(by)
    wrong = client.post(f"{QUEUE}open/", {"about": "track:nothing", "reason": "hate"}, follow=True)
    assert "Write a kind and an id" in wrong.text
    gone = {"about": f"track:{by.pk}", "reason": "hate"}
    assert "no such thing here" in client.post(f"{QUEUE}open/", gone, follow=True).text
    assert not Case.objects.exists()
    client.post(f"{QUEUE}open/", {"about": f"track:{track.pk}", "reason": "hate"})
    case = Case.objects.get()
    assert "Nobody reported it." in client.get(page_of(case)).text
    client.post(page_of(case), words(track) | {"source": "own"})
    assert Decision.objects.get().source == "own"
    assert SealedEntry.objects.filter(kind="case.opened", actor=str(by.pk)).exists()


def test_its_owner_reads_on_its_page_that_it_is_closed() -> None:
    track = PublicTrackFactory.create()
    owner = signed_in(track.owner)
    assert "Moderators have closed this" not in owner.get(track.get_absolute_url()).text
    made = decide(track.primary_version, "hide", "version")
    page = owner.get(track.get_absolute_url()).text
    assert "Moderators have closed this" in page
    assert made.get_absolute_url() in page
