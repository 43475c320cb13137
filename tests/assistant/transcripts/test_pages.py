"""The words of a piece: read by whoever opens it, changed by its owner, hidden where they must."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from assistant.models import Consent, NoTranscript, Transcript
from assistant.models.consent import Where
from assistant.transcripts import selectors
from assistant.transcripts.passages import row_of, text_of
from assistant.transcripts.services import asking
from media_pipeline.events.services import was_told
from media_pipeline.jobs.services import jobs
from media_pipeline.models import Job
from media_pipeline.processing.services import muting
from tests.factories import moderation as judges
from tests.factories.assistant import transcribe
from tests.factories.social import UserFactory
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


def words_of(track: Track) -> list[str]:
    return [text_of(row) for row in Transcript.objects.get(version__track=track).segments]


def as_owner(track: Track) -> Client:
    client = Client()
    client.force_login(track.owner)
    return client


def api(track: Track, ending: str = "/") -> str:
    return f"/api/v1/tracks/{track.pk}/transcript{ending}"


def sent(track: Track, *texts: str, **words: Any) -> dict[str, Any]:
    """Return the form as the page would send it, with these texts."""
    row = Transcript.objects.get(version__track=track)
    data: dict[str, Any] = {"revision": row.revision, "from": 0}
    for n, (segment, text) in enumerate(zip(row.segments, texts, strict=True)):
        data |= {f"key-{n}": f"{segment['begin_ms']}-{segment['end_ms']}", f"text-{n}": text}
    return data | words


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


def test_an_owner_changes_the_words_and_they_keep_their_times(spoken: Track) -> None:
    client, before = as_owner(spoken), Transcript.objects.get().segments
    page = client.get(f"/tracks/{spoken.pk}/transcript/edit/")
    assert page.status_code == 200
    data = sent(spoken, "Ask not what your town can do for you", "ask what\n\nyou can do")
    answer = client.post(f"/tracks/{spoken.pk}/transcript/edit/", data)
    assert answer.status_code == 302
    assert words_of(spoken) == ["Ask not what your town can do for you", "ask what", "you can do"]
    after = Transcript.objects.get()
    assert after.segments[0]["words"][3] == before[0]["words"][3]
    assert after.segments[0]["words"][4][:2] == before[0]["words"][4][:2]
    assert (after.revision, after.edited_by) == (1, spoken.owner)
    assert was_told("transcript.changed", spoken)


def test_passages_are_joined_taken_away_and_added(spoken: Track) -> None:
    client, url = as_owner(spoken), f"/tracks/{spoken.pk}/transcript/edit/"
    client.post(url, sent(spoken, "One", "two", **{"join-1": "on", "speaker-0": "Ann"}))
    assert words_of(spoken) == ["One two"]
    more = {"new_begin": "1:00", "new_end": "1:02.5", "new_text": "The end"}
    client.post(url, sent(spoken, "", **more))
    row = Transcript.objects.get()
    assert [(each["begin_ms"], each["end_ms"]) for each in row.segments] == [(60_000, 62_500)]
    wrong = client.post(url, sent(spoken, "x", new_begin="soon", new_text="y"))
    assert wrong.status_code == 422
    assert "Write a moment like this" in wrong.content.decode()


def test_of_two_who_save_the_second_is_asked_and_loses_nothing(spoken: Track) -> None:
    client, url = as_owner(spoken), f"/tracks/{spoken.pk}/transcript/edit/"
    mine = sent(spoken, "mine <b>", "second")
    client.post(url, sent(spoken, "theirs", "second"))
    answer = client.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "mine &lt;b&gt;</textarea>" in page
    assert "theirs</q>" in page
    assert words_of(spoken) == ["theirs", "second"]
    client.post(url, mine | {"revision": Transcript.objects.get().revision})
    assert words_of(spoken)[0] == "mine <b>"


def test_speakers_are_named_and_become_one(spoken: Track) -> None:
    row = Transcript.objects.get()
    for segment, name in zip(row.segments, ("A", "B"), strict=True):
        segment["speaker"] = name
    row.save()
    client, url = as_owner(spoken), f"/tracks/{spoken.pk}/transcript/speaker/"
    client.post(url, {"revision": 0, "speaker": "A", "name": "Ann"})
    client.post(url, {"revision": 0, "speaker": "B", "name": "lost"})
    client.post(url, {"revision": 1, "speaker": "B", "name": "Ann"})
    assert [segment["speaker"] for segment in Transcript.objects.get().segments] == ["Ann", "Ann"]


def test_a_file_is_taken_in_or_refused_with_a_sentence() -> None:
    track = PublicTrackFactory.create()
    client, url = as_owner(track), f"/tracks/{track.pk}/transcript/import/"
    vtt = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello &amp; goodbye</v>\n"
    file = SimpleUploadedFile("a.vtt", vtt)
    assert client.post(url, {"revision": 0, "file": file}).status_code == 302
    assert words_of(track) == ["Hello & goodbye"]
    refused = client.post(url, {"revision": 1, "file": SimpleUploadedFile("a.srt", b"\x00\xff")})
    assert refused.status_code == 422
    assert words_of(track) == ["Hello & goodbye"]


def test_programs_change_them_and_are_told_when_others_were_first(spoken: Track) -> None:
    client = as_owner(spoken)

    def patch(**words: Any) -> Any:
        return client.patch(api(spoken), json.dumps(words), content_type="application/json")

    first = client.get(api(spoken)).json()["segments"][0]
    text = {"begin_ms": 0, "end_ms": 3500, "text": "Ask not what the country can do"}
    answer = patch(revision=0, segments=[text])
    assert answer.status_code == 200, answer.content
    assert answer.json()["segments"][0]["words"][0] == first["words"][0]
    assert patch(revision=0, segments=[]).status_code == 409
    assert patch(revision=1, segments=[{"begin_ms": "x"}]).status_code == 422
    assert patch(revision=1, language="de-DE").json()["language"] == "de-DE"
    stranger = Client()
    stranger.force_login(UserFactory())
    words = json.dumps({"revision": 2, "segments": []})
    sent = stranger.patch(api(spoken), words, content_type="application/json")
    assert sent.status_code == 404


def test_an_owner_takes_them_away_and_nothing_brings_them_back(spoken: Track) -> None:
    client, url = as_owner(spoken), f"/tracks/{spoken.pk}/transcript/act/"
    client.post(url, {"do": "remove"})
    assert spoken.primary_version
    assert selectors.shown(spoken.primary_version) is None
    assert not asking._unheard().filter(track=spoken).exists()
    client.post(url, {"do": "never"})
    assert NoTranscript.objects.filter(track=spoken, set_by=spoken.owner).exists()
    client.post(url, {"do": "allow"})
    assert asking._unheard().filter(track=spoken).exists()
    assert client.post(url, {"do": "fly"}).status_code == 302


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
