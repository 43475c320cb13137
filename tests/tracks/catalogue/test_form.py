"""Speech is told from music by its file and its sound, until its owner says it better."""

from typing import Any

import pytest
from django.test import Client

from media_pipeline.models import Asset, AudioFacts, MusicFacts, Waveform
from media_pipeline.signals import asset_ready, music_measured
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index
from tracks.catalogue.services import editing
from tracks.models import Track

pytestmark = pytest.mark.django_db
# Where a second in two is quiet, and where hardly any is.
PAUSING, EVEN = [-8, 8, -90, 90] * 500, [-80, 80, -90, 90] * 500


def heard(track: Track, *, genre: str = "", key: float | None = None, wave: Any = EVEN) -> Track:
    """Return a track of which this is known and announced."""
    asset: Asset = track.primary_version.media.asset
    AudioFacts.objects.filter(asset=asset).update(tags={"genre": genre} if genre else {})
    Waveform.objects.filter(asset=asset).update(overview=wave)
    if key is not None:
        MusicFacts.objects.create(asset=asset, key="C", key_confidence=key)
    asset_ready.send(Asset, asset=Asset.objects.get(pk=asset.pk))
    music_measured.send(Asset, asset=Asset.objects.get(pk=asset.pk))
    track.refresh_from_db()
    return track


@pytest.mark.parametrize(
    ("words", "is_speech"),
    [
        ({"genre": "Podcast"}, True),
        ({"genre": "Spoken Word; Poetry"}, True),
        ({"genre": "(183)"}, True),
        ({"genre": "Rock", "key": 0.1, "wave": PAUSING}, False),
        ({"key": 0.3, "wave": PAUSING}, True),
        ({"key": 0.9, "wave": PAUSING}, False),
        ({"key": 0.3, "wave": EVEN}, False),
        ({"wave": PAUSING}, False),
        ({"key": 0.3, "wave": []}, False),
        ({"key": 0.3, "wave": [0, 0] * 1000}, False),
    ],
)
def test_it_is_guessed(words: dict[str, Any], is_speech: bool) -> None:
    assert heard(PublicTrackFactory.create(), **words).is_speech is is_speech


def test_its_owner_has_the_last_word(client: Client) -> None:
    track = heard(PublicTrackFactory.create(), genre="Podcast")
    client.force_login(track.owner)
    place = f"/api/v1/tracks/{track.pk}/"
    told = client.get(place).json()
    assert (told["form"], told["speech"]) == ("", True)
    told = client.patch(place, {"form": "audio"}, content_type="application/json").json()
    assert (told["form"], told["speech"]) == ("audio", False)
    assert heard(track, genre="Audiobook").is_speech is False
    sent = {"form": ""}
    assert client.post(f"/tracks/{track.slug}/edit/form/", sent).status_code == 302
    assert Track.objects.get(pk=track.pk).is_speech
    assert client.patch(place, {"form": "x"}, content_type="application/json").status_code == 400
    page = client.get(track.get_absolute_url()).text
    assert "(guessed)" in page
    assert "As it sounds: speech" in client.get(f"/tracks/{track.slug}/edit/").text


def test_it_is_shown_and_found(client: Client) -> None:
    spoken = PublicTrackFactory.create(title="Harbour talk")
    PublicTrackFactory.create(title="Harbour song")
    editing.edit(track=spoken, by=spoken.owner, form="speech")
    index()
    client.force_login(UserFactory.create())
    assert '<span class="badge">Speech</span>' in client.get(spoken.get_absolute_url()).text
    found = client.get("/api/v1/search/?q=harbour form:speech").json()
    assert [one["title"] for one in found["results"]] == ["Harbour talk"]
    page = client.get("/search/?q=harbour&form=speech").text
    assert "Harbour talk" in page
    assert "Harbour song" not in page


def test_its_owner_reads_how_it_came(client: Client) -> None:
    track = PublicTrackFactory.create()
    asset = track.primary_version.media.asset
    where = "https://radio.example/a.mp3"
    Asset.objects.filter(pk=asset.pk).update(source_type="address", source_url=where)
    place = f"/api/v1/versions/{track.primary_version_id}/"
    assert where not in client.get(track.get_absolute_url()).text
    assert client.get(place).json()["source"] is None
    client.force_login(track.owner)
    assert where in client.get(track.get_absolute_url()).text
    source = client.get(place).json()["source"]
    assert source == {"source_type": "address", "source_url": where, "imported_at": None}
