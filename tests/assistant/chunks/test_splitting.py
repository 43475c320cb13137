"""Texts as passages, words without their endings."""

import itertools

import pytest

from assistant.chunks import stems
from assistant.chunks.splitting import MOST, Bit, joined, of_text, of_words


def test_passages_are_whole_sentences_that_overlap() -> None:
    text = " ".join(f"Sentence number {n} is about a stone." for n in range(40))
    passages = [one.text for one in of_text(text)]
    assert all(200 <= len(one) <= MOST for one in passages[:-1])
    assert all(one.endswith(".") and one.startswith("Sentence") for one in passages)
    for before, after in itertools.pairwise(passages):
        assert before.rsplit(". ", 1)[-1].rstrip(".") in after, "one sentence stands in both"


def test_a_text_without_ends_is_cut_all_the_same() -> None:
    assert [len(one.text) for one in of_text("x" * 1_000)] == [400, 400, 200]
    assert "".join(one.text for one in of_text("一" * 900)) == "一" * 900
    assert of_text("") == of_text(" \n ") == []


def test_times_stand_beside_the_letters_that_begin_them() -> None:
    words = [Bit(f"word{n}{'.' if n % 9 == 8 else ''}", n * 100, n * 100 + 90) for n in range(200)]
    for passage in joined(of_words(words)):
        assert passage.at_ms == passage.times[0][1]
        for letter, at_ms in passage.times:
            assert passage.text[letter:].startswith(f"word{at_ms // 100}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("singing", "sings"),
        ("running", "run"),
        ("melodies", "melody"),
        ("stones", "stone"),
        ("taking", "take"),
        ("Kinder", "Kind"),
        ("corazones", "corazón"),
        ("Dvořák", "dvorak"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stems.asked(one) == stems.asked(other)


def test_words_that_say_nothing_are_not_asked_for() -> None:
    assert stems.asked("What is the song about a stone?") == ["ston"]
    assert stems.query_of("or not to be") == "'or' <-> 'not' <-> 'to' <-> 'be'"
