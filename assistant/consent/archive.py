"""What machines have read and made of somebody's pieces, in the archive of their data."""

from collections.abc import Iterable, Iterator
from typing import Any

from assistant.models.consent import PROVIDER_CHARS, Mining, Where
from assistant.models.run import MODEL_CHARS, VERSION_CHARS
from config.lib.archive import (
    COUNT,
    ID,
    SHA256,
    TIME,
    many,
    maybe,
    moment,
    one_of,
    row,
    text,
    thing,
)
from config.lib.kept import Section, register_section
from tracks.access import Person
from tracks.models import Track

AT_ONCE = 200  # pieces whose rows are read together

ANY: dict[str, Any] = {}
SCHEMA = row(
    "Where machines may read a piece of yours, and what they have made of it",
    track=ID,
    where=one_of("", *Where.values),
    mining=one_of("", *Mining.values),
    set_at=maybe(TIME),
    providers=many(
        thing(provider=text(PROVIDER_CHARS), given_at=TIME, withdrawn_at=maybe(TIME)),
    ),
    transcripts=many(
        thing(
            version=ID,
            run=maybe(ID),
            language=text(12),
            segments=many({"type": "object"}),
            revision=COUNT,
            made_at=TIME,
            edited_at=maybe(TIME),
        )
    ),
    suggestions=many(
        thing(
            run=ID,
            kind=text(20),
            value=ANY,
            state=text(20),
            made_at=TIME,
            decided_at=maybe(TIME),
        )
    ),
    runs=many(
        thing(
            id=ID,
            task=text(20),
            provider=text(PROVIDER_CHARS),
            model=text(MODEL_CHARS),
            version=text(VERSION_CHARS),
            parameters={"type": "object"},
            input_sha256=SHA256,
            made_at=TIME,
            withdrawn_at=maybe(TIME),
        )
    ),
)


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    tracks = Track.everything.filter(owner=person).select_related("consent").order_by("pk")
    beside = ("provider_consents", "suggestions", "model_runs", "versions__transcript")
    for track in tracks.prefetch_related(*beside).iterator(chunk_size=AT_ONCE):
        said, found = getattr(track, "consent", None), _of(track)
        if said or any(found.values()):
            yield {
                "track": str(track.pk),
                "where": said.where if said else "",
                "mining": said.mining if said else "",
                "set_at": moment(said.set_at) if said else None,
                **found,
            }


def _of(track: Any) -> dict[str, list[dict[str, Any]]]:
    heard = [one.transcript for one in track.versions.all() if hasattr(one, "transcript")]
    texts = ("kind", "value", "state")
    made = ("task", "provider", "model", "version", "parameters", "input_sha256")
    return {
        "providers": [
            _one(one, ("provider",), ("given_at", "withdrawn_at"))
            for one in track.provider_consents.all()
        ],
        "transcripts": [
            {"version": str(one.version_id), "run": one.run_id and str(one.run_id)}
            | _one(one, ("language", "segments", "revision"), ("made_at", "edited_at"))
            for one in heard
        ],
        "suggestions": [
            {"run": str(one.run_id)} | _one(one, texts, ("made_at", "decided_at"))
            for one in track.suggestions.all()
        ],
        "runs": [
            {"id": str(one.pk)} | _one(one, made, ("made_at", "withdrawn_at"))
            for one in track.model_runs.all()
        ],
    }


def _one(row: Any, words: Iterable[str], times: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in words} | {
        name: moment(getattr(row, name)) for name in times
    }


def register_all() -> None:
    """Say what goes along of it."""
    sentence = "Where machines may read your pieces, and what they have made of them."
    register_section(Section("machines", sentence, SCHEMA, _rows))
