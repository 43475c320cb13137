"""The questions are about the pieces, and the figures count what they say they count."""

from collections import Counter

import pytest

from tests.eval import corpus
from tests.eval.hearing import word_error
from tests.eval.recall import NONE, Score, total


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(question.kind for question in corpus.questions())
    assert len(corpus.pieces()) >= 40
    assert sum(kinds.values()) >= 60
    assert min(kinds.values()) >= 6
    assert set(kinds) == {
        *("exact", "inflected", "misspelt", "paraphrased", "german", "spanish", NONE)
    }


def test_every_answer_is_a_piece_and_every_moment_a_line_of_it() -> None:
    for question in corpus.questions():
        assert set(question.answers) <= set(corpus.pieces()), question.text
        assert bool(question.answers) == (question.kind != NONE), question.text
        if question.at is not None:
            (answer,) = question.answers
            lines = corpus.pieces()[answer]["transcript"]
            assert str(question.at) in [line.partition(" ")[0] for line in lines], question.text


@pytest.mark.parametrize(
    ("said", "heard", "error"),
    [
        ("Ask not, what!", "ask not what", 0),
        ("ask not what", "ask what", 1 / 3),
        ("ask not what", "ask not what now", 1 / 3),
        ("ask not what", "bask not what", 1 / 3),
        ("ask not what", "", 1),
        ("don\u2019t", "don't", 0),
    ],
)
def test_word_error_counts_words(said: str, heard: str, error: float) -> None:
    assert word_error(said, heard) == pytest.approx(error)


def test_scores_count_first_three_ten_and_moments() -> None:
    answer = corpus.Question("exact", "x", ("a",), 10)
    score = Score()
    score.add(answer, ["a"], 10_000)
    score.add(answer, ["b", "c", "d", "a"], 90_000)
    score.add(answer, ["b"], None)
    assert (score.asked, score.in_3, score.in_10) == (3, 1, 2)
    assert (score.moments, score.moments_right) == (3, 1)
    nothing = Score()
    nothing.add(corpus.Question(NONE, "x", ()), [], None)
    nothing.add(corpus.Question(NONE, "x", ()), ["a"], None)
    assert (nothing.in_3, len(nothing.missed)) == (1, 1)
    assert total({"exact": score, NONE: nothing}).asked == 3
