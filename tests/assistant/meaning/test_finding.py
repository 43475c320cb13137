"""Finding passages: their second, what is no evidence, and how a question is read."""

import pytest
from django.contrib.auth.models import AnonymousUser

from assistant.meaning import presenters
from tests.assistant.passages import JFK, read_all, say
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Lyrics
from tracks.search.registry import Found
from tracks.search.selectors import bounded

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def found(text: str, *, viewer: object = NOBODY, mode: str = "both") -> list[Found]:
    with bounded():
        return presenters.find(text, viewer, 20, mode)  # type: ignore[arg-type]


def test_a_phrase_that_is_said_is_found_at_its_second() -> None:
    track = PublicTrackFactory(title="Inaugural")
    say(track, JFK)
    PublicTrackFactory(title="Elsewhere", description_md="A country of its own.")
    read_all()
    first = found("what your country can do")[0]
    assert first.name == "Inaugural"
    assert first.at_ms == JFK.split().index("country") * 500
    assert ("country", True) in first.parts
    assert first.url_there == f"{first.url}#t=4.5"
    assert first.source == "Transcript"


def test_a_line_that_is_sung_is_found_at_its_second() -> None:
    track = PublicTrackFactory(title="Boat")
    text = "[00:01.00]Down by the river\n[00:12.50]There lies a silver anchor\n[00:20.00]Gone"
    Lyrics.objects.create(track=track, text=text, is_timed=True)
    read_all()
    (hit,) = found("silver anchors")
    assert (hit.name, hit.at_ms, hit.source) == ("Boat", 12_500, "Lyrics")


def test_typing_errors_and_other_forms_of_a_word_are_forgiven() -> None:
    track = PublicTrackFactory(title="Weather", description_md="Thunderstorms over the harbour.")
    read_all()
    for text in ("thunderstorm harbours", "thuderstorms harbour", "thunderstorms harbuor"):
        assert [one.pk for one in found(text)] == [track.pk], text


def test_a_question_about_nothing_here_finds_nothing() -> None:
    say(PublicTrackFactory(title="Inaugural"), JFK)
    PublicTrackFactory(title="Rain", description_md="Slow piano over rain on a tin roof.")
    read_all()
    for text in (
        "how do I renew my passport in Lisbon",
        "quantum chromodynamics lattice",
        "xyzzy",
        "the of and",
        "what is the price of copper futures",
    ):
        assert found(text) == [], text
        assert found(text, mode="meaning") == [], text
