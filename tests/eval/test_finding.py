"""A slice of `make eval`: every question by words and letters, and 200 looks at what is foreign."""

import pytest

from tests.depth import depth
from tests.eval import corpus, leaks, recall, seams

pytestmark = [
    pytest.mark.skipif(not seams.CAN_FIND, reason=seams.NO_FINDING),
    pytest.mark.django_db(transaction=True),
]
# Of the first ten, by words and letters alone; paraphrases and other languages are for models.
LEAST = {"exact": 1.0, "inflected": 0.8, "misspelt": 0.5, "unanswerable": 1.0}


@pytest.mark.long("a whole corpus is described, and asked 69 questions")
def test_what_is_there_is_found_by_words_and_letters() -> None:
    tracks = corpus.build()
    with seams.embedder("lexical"):
        scores = recall.measure("lexical", tracks)
    missed = {kind: score.missed for kind, score in scores.items() if kind in LEAST}
    found = {kind: scores[kind].in_10 / scores[kind].asked for kind in LEAST}
    assert all(found[kind] >= least for kind, least in LEAST.items()), (found, missed)
    whole = recall.total(scores)
    assert whole.moments_right >= 0.9 * whole.moments


@pytest.mark.parametrize("seed", range(4))
def test_nothing_foreign_comes_out(seed: int) -> None:
    found = leaks.probe(depth(some=50, all_of_them=500), seed=seed)
    assert found.leaks == []
    assert found.answered > found.asked / 50  # it does find what is there to be found
