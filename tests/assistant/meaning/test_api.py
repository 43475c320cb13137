"""Questions of programs: by words, by meaning, or both."""

from typing import Any

import pytest
from django.test import Client

from assistant.chunks import services
from tests.assistant.passages import JFK, read_all, say
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


def ask(client: Client, **body: Any) -> Any:
    return client.post("/api/v1/search/", body, content_type="application/json")


def test_a_passage_is_told_with_its_moment(client: Client) -> None:
    track = PublicTrackFactory(title="Inaugural")
    say(track, JFK)
    read_all()
    (row,) = ask(client, query="what your country can do").json()["results"]
    assert row["track"] == str(track.pk)
    assert row["title"] == "Inaugural"
    assert row["at_ms"] == JFK.split().index("country") * 500
    assert "country can do for you" in row["passage"]
    assert {"text": "country", "asked": True} in row["parts"]
    assert row["url"].endswith("#t=4.5")
    assert row["version"] is None


@pytest.mark.parametrize("mode", ["words", "meaning", "both"])
def test_each_mode_finds(client: Client, mode: str) -> None:
    track = PublicTrackFactory(title="Rain", description_md="Slow piano over rain on a roof.")
    PublicTrackFactory(title="Other", description_md="A march of trumpets.")
    read_all()
    told = ask(client, query="piano rain roof", mode=mode).json()["results"]
    assert [row["track"] for row in told] == [str(track.pk)]


def test_typing_errors_are_found_by_letters_and_not_by_words(client: Client) -> None:
    PublicTrackFactory(title="Weather", description_md="Thunderstorms over Copenhagen.")
    read_all()
    assert ask(client, query="thunderstroms copenhagn", mode="words").json()["results"] == []
    assert len(ask(client, query="thunderstroms copenhagen", mode="meaning").json()["results"]) == 1


def test_a_sentence_is_told_as_conditions(client: Client) -> None:
    told = ask(client, query="slow songs in A minor with trumpet").json()
    assert {(row["facet"], row["value"]) for row in told["understood"]} == {
        ("key", "8A"),
        ("bpm", "..90"),
        ("tag", "trumpet"),
    }


@pytest.mark.parametrize(
    "body",
    [{}, {"query": ""}, {"query": "x", "mode": "magic"}, {"query": "x", "limit": 51}],
)
def test_what_cannot_be_asked_is_refused(client: Client, body: dict[str, Any]) -> None:
    answer = ask(client, **body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["'", "\\", "%s", "a:* | b", "\u0000x", "((", "💥", "x" * 500])
def test_whatever_is_asked_is_answered(client: Client, text: str) -> None:
    assert ask(client, query=text).status_code in {200, 400}


def test_the_same_question_is_answered_from_what_was_kept(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    PublicTrackFactory(title="Rain", description_md="Slow piano over rain on a roof.")
    read_all()
    with django_assert_max_num_queries(10):
        first = ask(client, query="piano rain").json()
    with django_assert_max_num_queries(6):
        assert ask(client, query="piano  rain ").json() == first


def test_an_answer_is_forgotten_when_something_is_added(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    PublicTrackFactory(title="Rain", description_md="Slow piano over rain.")
    read_all()
    assert len(ask(client, query="piano rain").json()["results"]) == 1
    other = PublicTrackFactory(title="More", description_md="More piano, more rain.")
    services.mark([other.pk])
    assert len(ask(client, query="piano rain").json()["results"]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.work_off()
    assert len(ask(client, query="piano rain").json()["results"]) == 2
