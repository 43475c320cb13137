"""What machines proposed to somebody, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from assistant.models import Suggestion
from assistant.models.consent import PROVIDER_CHARS
from assistant.models.run import MODEL_CHARS, VERSION_CHARS
from assistant.suggestions.checking import FROM
from config.lib.archive import ID, TIME, many, maybe, moment, one_of, row, text
from config.lib.kept import Section, register_section
from tracks.models import Track

VALUE = {"anyOf": [text(20_000), many(text(200))]}
SCHEMA = row(
    "What a machine proposed to say of a piece of yours",
    id=ID,
    track=ID,
    kind=one_of(*Suggestion.Kind.values),
    value=VALUE,
    taken=maybe(VALUE),
    state=one_of(*Suggestion.State.values),
    came_from=many(one_of(*FROM)),
    provider=text(PROVIDER_CHARS),
    model=text(MODEL_CHARS),
    version=text(VERSION_CHARS),
    made_at=TIME,
    decided_at=maybe(TIME),
)
SAME = ("kind", "value", "taken", "state", "came_from")


def _rows(person: Any) -> Iterator[dict[str, Any]]:
    tracks = Track.everything.filter(owner=person)
    rows = Suggestion.objects.filter(track__in=tracks).select_related("run").order_by("pk")
    for each in rows.iterator():
        of_run = {name: getattr(each.run, name) for name in ("provider", "model", "version")}
        times = {name: moment(getattr(each, name)) for name in ("made_at", "decided_at")}
        ids = {"id": str(each.pk), "track": str(each.track_id)}
        yield ids | {name: getattr(each, name) for name in SAME} | of_run | times


def register_all() -> None:
    """Say what goes along of them."""
    sentence = "What a machine proposed to say of your pieces, and what you took of it."
    register_section(Section("suggestions", sentence, SCHEMA, _rows))
