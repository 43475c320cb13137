"""A deed for each event of what machines propose, and of models that are withdrawn."""

from collections.abc import Callable

from assistant.runs import services as runs
from assistant.runs.selectors import Model
from assistant.suggestions.services import deciding, making
from tests.factories.assistant import make_run, make_suggestion
from tests.factories.tracks import ReadyTrackFactory


def suggest() -> None:
    making.make(ReadyTrackFactory.create(bpm=60, music_key="Am").pk)


def take() -> None:
    row = make_suggestion()
    deciding.accept(suggestion=row, by=row.track.owner)


def withdraw() -> None:
    run = make_run(ReadyTrackFactory.create())
    runs.withdraw(Model(run.provider, run.model, run.version))


DEEDS: dict[str, Callable[[], object]] = {
    "suggestions.made": suggest,
    "suggestion.decided": take,
    "model.withdrawn": withdraw,
}
