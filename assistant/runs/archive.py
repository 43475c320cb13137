"""Which models have read somebody's pieces, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from assistant.models import ModelRun
from assistant.models.consent import PROVIDER_CHARS
from assistant.models.run import MODEL_CHARS, VERSION_CHARS
from config.lib.archive import ID, SHA256, TIME, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.models import Track

SCHEMA = row(
    "One run of a model over a piece of yours",
    id=ID,
    track=ID,
    task=one_of(*ModelRun.Task.values),
    provider=text(PROVIDER_CHARS),
    model=text(MODEL_CHARS),
    version=text(VERSION_CHARS),
    parameters={"type": "object"},
    input_sha256=SHA256,
    made_at=TIME,
    withdrawn_at=maybe(TIME),
)
SAME = ("task", "provider", "model", "version", "parameters", "input_sha256")


def _rows(person: Any) -> Iterator[dict[str, Any]]:
    tracks = Track.everything.filter(owner=person)
    for each in ModelRun.objects.filter(track__in=tracks).order_by("pk").iterator():
        times = {name: moment(getattr(each, name)) for name in ("made_at", "withdrawn_at")}
        ids = {"id": str(each.pk), "track": str(each.track_id)}
        yield ids | {name: getattr(each, name) for name in SAME} | times


def register_all() -> None:
    """Say what goes along of them."""
    sentence = "Which models have read your pieces, and when."
    register_section(Section("model-runs", sentence, SCHEMA, _rows))
