"""The card of a track is drawn once and shown often: never an old one, never another's."""

import re

import pytest
from django.conf import settings
from django.test import Client

from media_pipeline.models import Artwork, AudioFacts
from social.models import User
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track
from tracks.templatetags.cards import Words

pytestmark = pytest.mark.django_db


def test_a_card_follows_every_change(client: Client) -> None:
    track = PublicTrackFactory.create(title="One")
    assert "One" in client.get("/").text
    Track.objects.update(title="Two")
    User.objects.update(display_name="Somebody <Else>")
    AudioFacts.objects.update(duration_ms=65_000)
    Artwork.objects.update(accent="123456")
    page = client.get("/").text
    assert "One" not in page
    for words in ("Two", "Somebody &lt;Else&gt;", "1:05", "PT65S", "123456", str(track.pk)):
        assert words in page


def test_the_first_card_is_another_one_in_another_place(client: Client) -> None:
    tracks = [PublicTrackFactory.create() for _ in range(2)]
    home = client.get("/").text
    profile = client.get(tracks[1].owner.get_absolute_url()).text
    assert home.count("/cover.jpg") == 1
    assert "/cover.jpg" not in profile
    assert profile.count("/cover-thumb.jpg") == 1


def test_a_card_says_nothing_that_its_words_do_not_hold() -> None:
    folder = settings.BASE_DIR / "templates/components"
    said: set[str] = set()
    for name in ("track_card", "queue_menu"):
        source = (folder / f"{name}.html").read_text()
        said |= set(re.findall(r"{{\s*(\w+)", source)) | set(
            re.findall(r"{% if (?:not )?(\w+)", source)
        )
    assert said <= {*Words._fields, "is_card"}  # the card itself says the last one
    assert "{% csrf_token %}" not in source
