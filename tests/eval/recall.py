"""How often what was meant is among the first that are found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.test import Client

from tests.eval.corpus import Question, questions
from tests.eval.seams import Answer, ask, know
from tracks.models import Track

NONE = "unanswerable"
EARLY_MS, LATE_MS = 1500, 9000  # of the second that was meant: the sentence may begin before it


@dataclass
class Score:
    """What became of the questions of one kind."""

    asked: int = 0
    in_3: int = 0
    in_10: int = 0
    moments: int = 0
    moments_right: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, question: Question, found: Sequence[str], at_ms: int | None) -> None:
        """Count one answer: the keys of what was found, and the moment of the right one."""
        self.asked += 1
        if question.kind == NONE:
            right = not found
            self.in_3 += right
            self.in_10 += right
        else:
            right = bool(set(question.answers) & set(found[:3]))
            self.in_3 += right
            self.in_10 += bool(set(question.answers) & set(found[:10]))
        if not right:
            self.missed.append(f"{question.text} → {', '.join(found[:3]) or 'nothing'}")
        if question.at is not None:
            self.moments += 1
            at = question.at * 1000
            self.moments_right += at_ms is not None and at - EARLY_MS <= at_ms <= at + LATE_MS


def measure(name: str, tracks: dict[str, Track], mode: str = "both") -> dict[str, Score]:
    """Ask every question of the file; return the scores by kind."""
    client, scores = Client(), dict[str, Score]()
    know(name, [question.text for question in questions()])
    keys = {track.pk: key for key, track in tracks.items()}
    for question in questions():
        answers = ask(client, question.text, mode)
        found = list(dict.fromkeys(keys.get(one.track, "?") for one in answers))
        score = scores.setdefault(question.kind, Score())
        score.add(question, found, _moment(question, answers, keys))
    return scores


def _moment(question: Question, answers: list[Answer], keys: dict[object, str]) -> int | None:
    right = (one.at_ms for one in answers if keys.get(one.track) in question.answers)
    return next(right, None)


def total(scores: dict[str, Score]) -> Score:
    """Return the sums over the kinds that have answers."""
    found = Score()
    for kind, score in scores.items():
        if kind != NONE:
            found.asked += score.asked
            found.in_3 += score.in_3
            found.in_10 += score.in_10
        found.moments += score.moments
        found.moments_right += score.moments_right
    return found
