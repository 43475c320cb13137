"""An owner changes the words of a piece, by hand, by file and by program."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assistant.models import NoTranscript, Transcript
from assistant.transcripts import selectors
from assistant.transcripts.passages import text_of
from assistant.transcripts.services import asking
from media_pipeline.events.services import was_told
from tests.factories.assistant import transcribe
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db


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
