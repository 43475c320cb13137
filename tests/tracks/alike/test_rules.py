"""What goes with what, and in which words."""

from decimal import Decimal

import pytest

from tracks.alike.rules import Traits, are_harmonic, keys_fit, reason, sound_words, tempo_ratio


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("Am", "Am", True),
        ("Am", "C", True),
        ("Am", "Em", True),
        ("Am", "Dm", True),
        ("Am", "G", False),
        ("Am", "Bm", False),
        ("F#", "Gb", True),
        ("Abm", "G#m", True),
        ("", "Am", False),
        ("Am", "", False),
    ],
)
def test_keys_fit_as_on_the_wheel(one: str, other: str, fit: bool) -> None:
    assert keys_fit(one, other) is fit
    assert keys_fit(other, one) is fit


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("120", "127.2", True),
        ("120", "127.3", False),
        ("120", "112.8", True),
        ("120", "112.7", False),
        ("120", "60", True),
        ("120", "244", True),
        ("120", "90", False),
        (None, "120", False),
    ],
)
def test_tempi_are_near_up_to_six_percent_and_by_halves(
    one: str | None, other: str, near: bool
) -> None:
    found = tempo_ratio(Decimal(one) if one else None, Decimal(other))
    assert (found is not None) is near


def test_the_reason_names_sound_key_and_tempo() -> None:
    seed = Traits(Decimal(120), "Am")
    assert reason(seed, Traits(Decimal(120), "Am"), 0.05) == (
        "Almost the same sound, same key (A minor), same tempo"
    )
    assert reason(seed, Traits(Decimal("123.6"), "Em"), 0.6) == (
        "Alike, E minor goes with it, 3\u00a0% faster"
    )
    assert reason(seed, Traits(Decimal(60), "F#"), None) == "In F♯ major, half the tempo"
    assert reason(seed, Traits(Decimal(90), ""), 1.3) == "Another sound, 90 beats a minute"
    assert reason(seed, Traits(None, ""), None) == ""


def test_nearer_sounds_have_nearer_words() -> None:
    words = [sound_words(distance / 10) for distance in range(21)]
    assert len(set(words)) == 5
    assert words == sorted(words, key=words.index)


def test_who_knows_neither_key_nor_tempo_is_in_harmony_with_nobody() -> None:
    known = Traits(Decimal(120), "Am")
    assert are_harmonic(known, known)
    assert not are_harmonic(known, Traits(None, "Am"))
    assert not are_harmonic(Traits(Decimal(120), ""), known)
