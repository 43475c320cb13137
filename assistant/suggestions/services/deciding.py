"""Taking a suggestion, or not: what is taken is said by the services that the owner's form uses."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from assistant.events import SUGGESTION_DECIDED
from assistant.models import Suggestion
from assistant.suggestions.formats import Kind, Value
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.describing import services as describing
from tracks.describing.serializers import TrackWords
from tracks.models import Tag, Track
from tracks.tags.rules import checked, names_in
from tracks.tags.services import tagging

State = Suggestion.State
DECIDED = {
    State.ACCEPTED: "It was taken already.",
    State.DISMISSED: "It was put aside already.",
    State.WITHDRAWN: "Something newer was read since, or its model was withdrawn.",
}
FIELDS = {Kind.TITLE: "title", Kind.SUMMARY: "description", Kind.LANGUAGE: "language"}


@transaction.atomic
def accept(*, suggestion: Suggestion, by: Person, value: Any = None) -> Suggestion:
    """Say of a piece of one's own what was suggested, or a changed `value`; twice is as once.

    A title or a language takes the place of what stands there, a summary goes before the
    description, tags and moods join those there. Raises Problem: `not-found`, `not-the-owner`,
    `already-decided`, `invalid-value`, and what those services raise.
    """
    track, row = _locked(suggestion, by)
    if row.state == State.ACCEPTED and value is None:
        return row
    _refuse_decided(row)
    words = _words(row, row.value if value is None else value)
    _say(track, Kind(row.kind), words, by)
    row.taken = words if words != row.value else None
    return _decided(row, track, State.ACCEPTED, by)


@transaction.atomic
def dismiss(*, suggestion: Suggestion, by: Person) -> Suggestion:
    """Put a suggestion aside for good; twice is as once. Raises Problem as `accept` does."""
    track, row = _locked(suggestion, by)
    if row.state == State.DISMISSED:
        return row
    _refuse_decided(row)
    return _decided(row, track, State.DISMISSED, by)


def _locked(suggestion: Suggestion, by: Person) -> tuple[Track, Suggestion]:
    track = Track.objects.locked(suggestion.track_id)
    if track.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner says what a track is.", status=403)
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("run")
    row = rows.filter(pk=suggestion.pk).first()
    if row is None:
        raise Problem("not-found", "This suggestion is gone.", status=404)
    return track, row


def _refuse_decided(row: Suggestion) -> None:
    if row.state != State.OPEN:
        raise Problem("already-decided", DECIDED[State(row.state)], status=409)


def _decided(row: Suggestion, track: Track, state: State, by: Person) -> Suggestion:
    row.state, row.decided_by_id, row.decided_at = state, by.pk, timezone.now()
    row.save(update_fields=["state", "taken", "decided_by", "decided_at"])
    row.track = track
    tell(SUGGESTION_DECIDED, of=track, by=by.pk, audience=OWNER, suggestion=row.pk)
    return row


def _words(row: Suggestion, value: Any) -> Value:
    """Return what is to be said; a text of tags is parted as the form of tags does it."""
    if isinstance(row.value, str):
        if not isinstance(value, str) or not value.strip():
            raise Problem("invalid-value", "Say it in a text that is not empty.", status=422)
        return value
    if isinstance(value, str):
        found = names_in(value)
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        found = checked(value)
    else:
        raise Problem("invalid-value", "Send a list of texts.", status=422)
    if not found:
        raise Problem("invalid-value", "Name at least one of them.", status=422)
    return found


def _say(track: Track, kind: Kind, words: Value, by: Person) -> None:
    if isinstance(words, list):
        said_as = Tag.Kind.MOOD.value if kind == Kind.MOOD else ""
        tagging.add_tags(tracks=[track], names=words, by=by, kind=said_as)
        return
    if kind == Kind.SUMMARY and track.description_md:
        words = f"{words}\n\n{track.description_md}"
    form = TrackWords(data={FIELDS[kind]: words})
    if not form.is_valid():
        wrong = [str(each) for found in form.errors.values() for each in found]
        raise Problem("invalid-value", " ".join(wrong), status=422)
    describing.describe(track=track, by=by, **form.words)
