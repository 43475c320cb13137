"""Reading who the artists are from one line, and telling two spellings of a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.lib.problems import Problem
from tracks.credits.rules import (
    Artist,
    Said,
    as_line,
    checked_artists,
    checked_credits,
    flat,
    from_text,
)
from tracks.keys_of_words import key_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A", ["A"]),
        ("A feat. B & C", ["A", "B", "C"]),
        ("A ft B", ["A", "B"]),
        ("A FEATURING B", ["A", "B"]),
        ("A (feat. B)", ["A", "B"]),
        ("A [ft. B & C]", ["A", "B", "C"]),
        ("A, B and C", ["A", "B", "C"]),
        ("A, B, & C", ["A", "B", "C"]),
        ("A vs. B", ["A", "B"]),
        ("A x B × C", ["A", "B", "C"]),
        ("A with B", ["A", "B"]),
        ("A&B", ["A", "B"]),
        ("Malcolm X", ["Malcolm X"]),
        ("X x Y", ["X", "Y"]),
        ("AC/DC", ["AC/DC"]),
        ("Withered Hand", ["Withered Hand"]),
        ("Featherweight", ["Featherweight"]),
        ("Bo (Berlin) ft. Al", ["Bo (Berlin)", "Al"]),
        ("“Earth, Wind & Fire” feat. B", ["Earth, Wind & Fire", "B"]),
        ('B & "Tyler, The Creator"', ["B", "Tyler, The Creator"]),
        ("שרון feat. עידן", ["שרון", "עידן"]),
        ("فيروز، مارسيل", ["فيروز", "مارسيل"]),
        ("& Co", ["& Co"]),
        ("", []),
    ],
)
def test_names_are_found(text: str, names: list[str]) -> None:
    assert [artist.name for artist in from_text(text)] == names


@pytest.mark.parametrize(
    "text",
    ["A feat. B & C", "A, B and C", "Simon x Garfunkel", "A vs. B with C", "שרון feat. עידן"],
)
def test_what_is_read_is_written_again(text: str) -> None:
    assert flat(from_text(text)) == text


def test_a_line_keeps_names_whole_that_hold_such_a_word() -> None:
    said = [Artist("Earth, Wind & Fire", " feat. "), Artist("B")]
    assert as_line(said) == "“Earth, Wind & Fire” feat. B"
    assert from_text(as_line(said)) == said


def test_a_name_that_is_known_stays_whole() -> None:
    known = {"Earth, Wind & Fire"}
    found = from_text("Al & Earth, Wind & Fire feat. Bo", known=known.__contains__)
    assert found == [Artist("Al", " & "), Artist("Earth, Wind & Fire", " feat. "), Artist("Bo")]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    for artist in from_text(text):
        assert artist.name == artist.name.strip() != ""


@given(st.lists(st.from_regex(r"\A[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8})?\Z"), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_names_that_hold_no_such_word_come_back(names: list[str]) -> None:
    joined = [Artist(name, " feat. ") for name in names[:-1]] + [Artist(names[-1])]
    words = {"And", "With", "Vs", "Feat", "Ft", "Versus", "Featuring"}
    if not any(words & set(name.split()) for name in names):
        assert from_text(flat(joined)) == joined


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Björk", "bjork"),
        ("BEYONCÉ", "Beyonce"),
        ("Motörhead ", "motorhead"),
        ("Sigur  Rós", "sigur ros"),
        ("Guns N’ Roses", "Guns N' Roses"),
        ("Strauß", "STRAUSS"),
        ("Røyksopp", "royksopp"),
        ("Ελλάς", "ελλας"),
        ("\u200fشادية", "شادية"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), [("が", "か"), ("йод", "иод"), ("Al", "Ali")])
def test_other_letters_are_another_name(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("artists", "kind"),
    [
        ([Artist("A")] * 21, "too-many-artists"),
        ([Artist("x" * 121)], "name-too-long"),
        ([Artist("A", "x" * 30), Artist("B")], "join-too-long"),
        ([Artist("x" * 110)] * 4, "credit-too-long"),
        ([Artist("ﷺ" * 120)], "name-too-long"),
    ],
)
def test_what_cannot_be_kept_has_a_sentence(artists: list[Artist], kind: str) -> None:
    with pytest.raises(Problem) as refused:
        checked_artists(artists)
    assert refused.value.type == kind
    assert refused.value.detail.endswith(".")


def test_between_two_names_there_is_always_something() -> None:
    kept = checked_artists([Artist("A", "feat."), Artist("B"), Artist("\u202eC", "&")])
    assert flat(kept) == "A feat. B, C"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (Said("A", "artist"), "role-unknown"),
        (Said("A", "cook"), "role-unknown"),
        (Said("\u2800", "writer"), "name-missing"),
        (Said("A", "writer", "x" * 81), "detail-too-long"),
        (Said("A", "writer", "", "javascript:alert(1)"), "link-unreadable"),
        (Said("A", "writer", "", "https://"), "link-unreadable"),
        (Said("A", "writer", "", "http://[::1"), "link-unreadable"),
        (Said("A", "writer", "", "https://example.org/\nx"), "link-unreadable"),
    ],
)
def test_a_credit_that_cannot_be_kept_has_a_sentence(said: Said, kind: str) -> None:
    with pytest.raises(Problem) as refused:
        checked_credits([said])
    assert refused.value.type == kind


def test_the_same_is_said_once() -> None:
    said = [Said("Björk", "writer"), Said("bjork", "writer"), Said("Björk", "producer")]
    assert [each.role for each in checked_credits(said)] == ["writer", "producer"]
