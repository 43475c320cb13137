"""The words of a piece: read by whoever opens it, changed by its owner, hidden where they must."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from assistant.models import Consent, Transcript
from assistant.models.consent import Where
from assistant.transcripts import selectors
from assistant.transcripts.passages import row_of, text_of
from media_pipeline.jobs.services import jobs
from media_pipeline.models import Job
from media_pipeline.processing.services import muting
from tests.factories import moderation as judges
from tests.factories.assistant import transcribe
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db
PHRASE = "what your country can do"


@pytest.fixture
def spoken() -> Track:
    track: Track = PublicTrackFactory.create(title="Speech")
    assert track.primary_version
    transcribe(track.primary_version)
    return track


def as_owner(track: Track) -> Client:
    client = Client()
    client.force_login(track.owner)
    return client


def api(track: Track, ending: str = "/") -> str:
    return f"/api/v1/tracks/{track.pk}/transcript{ending}"


def test_whoever_opens_a_piece_reads_its_words(spoken: Track, client: Client) -> None:
    page = client.get(spoken.get_absolute_url()).content.decode()
    assert PHRASE in page
    assert 'href="#t=4"' in page
    whole = client.get(f"/tracks/{spoken.pk}/transcript/")
    assert PHRASE in whole.content.decode()
    assert f'href="{spoken.get_absolute_url()}#t=4"' in whole.content.decode()
    told = client.get(api(spoken)).json()
    assert told["segments"][1]["words"][0][:3] == [4000, 4378, "ask"]
    assert told["made_by"]["model"] == "tiny.en"


@pytest.mark.parametrize("ending", ["vtt", "srt", "lrc", "txt"])
def test_the_words_are_files_too(spoken: Track, client: Client, ending: str) -> None:
    answer = client.get(api(spoken, f".{ending}"))
    assert answer.status_code == 200
    assert "country" in answer.content.decode()
    assert answer["Content-Disposition"].endswith(f'.{ending}"')
    assert client.get(api(spoken, ".exe")).status_code == 404


@pytest.mark.parametrize("kind", [ReadyTrackFactory, UnlistedTrackFactory])
def test_what_is_not_open_is_not_read(kind: Any, client: Client) -> None:
    track = kind.create()
    transcribe(track.primary_version)
    for address in (api(track), api(track, ".vtt"), f"/tracks/{track.pk}/transcript/"):
        assert client.get(address).status_code == 404
    if track.visibility == "unlisted":
        page = client.get(f"/tracks/{track.pk}/transcript/?token={track.token}")
        assert PHRASE in page.content.decode()
        assert page["X-Robots-Tag"] == "noindex"
        assert client.get(api(track, f".vtt?token={track.token}")).status_code == 200


def hide_words(track: Track, _monkeypatch: pytest.MonkeyPatch) -> None:
    judges.decide(track, "hide", "lyrics", case=judges.make_case(track))


def forbid(track: Track, _monkeypatch: pytest.MonkeyPatch) -> None:
    Consent.objects.create(track=track, where=Where.NOWHERE)


def take_back(track: Track, _monkeypatch: pytest.MonkeyPatch) -> None:
    track.model_runs.update(withdrawn_at=timezone.now())  # type: ignore[attr-defined]


def delete(track: Track, _monkeypatch: pytest.MonkeyPatch) -> None:
    Track.objects.filter(pk=track.pk).update(deleted_at=timezone.now())


def mute(track: Track, monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(_asset: UUID) -> list[tuple[int, int]]:
        return [(0, 60_000)]

    monkeypatch.setattr(muting, "_rules", [rule])


@pytest.mark.parametrize("close", [hide_words, forbid, take_back, delete, mute])
def test_what_is_closed_is_shown_to_nobody(
    spoken: Track,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    close: Callable[[Track, pytest.MonkeyPatch], None],
) -> None:
    close(spoken, monkeypatch)
    addresses = (spoken.get_absolute_url(), f"/tracks/{spoken.pk}/transcript/")
    for address in (*addresses, api(spoken), api(spoken, ".vtt")):
        assert "country" not in client.get(address).content.decode(), address


def test_a_muted_moment_takes_its_words_alone(
    spoken: Track, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(muting, "_rules", [lambda _asset: [(0, 3_600)]])
    assert spoken.primary_version
    found = selectors.shown(spoken.primary_version)
    assert found is not None
    assert [text_of(row) for row in found.segments] == ["ask what you can do for your country"]


def test_what_people_wrote_stays_where_no_machine_may_read(spoken: Track) -> None:
    Consent.objects.create(track=spoken, where=Where.NOWHERE)
    Transcript.objects.update(edited_at=timezone.now())
    assert spoken.primary_version
    assert selectors.shown(spoken.primary_version) is not None


def test_a_long_one_stays_a_light_page(client: Client) -> None:
    track = PublicTrackFactory.create()
    rows = [
        row_of(at * 4000, at * 4000 + 3900, "some words that go on and on") for at in range(900)
    ]
    transcribe(track.primary_version, segments=list(rows))
    page = client.get(track.get_absolute_url())
    assert len(page.content) < 45_000
    url, read = f"/tracks/{track.pk}/transcript/", 0
    while url:
        answer = client.get(url)
        assert len(answer.content) < 45_000
        read += answer.content.count(b"<li data-begin")
        url = answer.context["next_url"]
    assert read == 900
    assert client.get(f"/tracks/{track.pk}/transcript/?from=900").status_code == 404
    assert client.get(f"/tracks/{track.pk}/transcript/?from=x").status_code == 404
    edit = as_owner(track).get(f"/tracks/{track.pk}/transcript/edit/?from=20")
    assert len(edit.content) < 45_000


def test_an_owner_sees_how_far_it_is(spoken: Track) -> None:
    client, url = as_owner(spoken), f"/tracks/{spoken.pk}/transcript/state/"
    assert "It has been heard" in client.get(f"{url}?polled=1").content.decode()
    version = spoken.primary_version
    assert version
    job = jobs.enqueue(selectors.KIND, asset=version.media.asset, subject=version)
    assert "wait to be written down" in client.get(url).content.decode()
    Job.objects.filter(pk=job.pk).update(progress=43)
    assert "43 %" in client.get(url).content.decode()
    assert url in client.get(spoken.get_absolute_url()).content.decode()
    sentence = "This file could not be read."
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, error=sentence)
    assert sentence in client.get(url).content.decode()
    assert sentence not in Client().get(spoken.get_absolute_url()).content.decode()
