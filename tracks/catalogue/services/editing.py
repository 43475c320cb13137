"""What an artist says about a track."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from config.lib.archive import moment
from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from media_pipeline.models import Asset, AudioFacts
from tracks.access import Person
from tracks.catalogue.rules import LABELS
from tracks.events import TRACK_CLOSED, TRACK_EDITED
from tracks.lyrics import services as lyrics
from tracks.models import Revision, Track, slugs
from tracks.visibility.services import publication
from tracks.visibility.services.closing import draw_anew, end_signatures
from tracks.visibility.services.visibility import set_visibility

TITLE_MAX = 200


@transaction.atomic
def edit(*, track: Track, by: Person, undoes: Revision | None = None, **words: Any) -> Track:
    """Say something else of a track in some fields of `rules.LABELS`; returns it as it is now.

    The words are checked already. Each save in which something changes is a Revision. A former
    slug leads to the new one. Raises Problem: `slug-taken`, `lyrics-unreadable`, `not-found`; with
    the `field` that is refused.
    """
    row = Track.objects.locked(track.pk)
    before = {name: value_of(row, name) for name in words}
    changed = {name: word for name, word in words.items() if word != before[name]}
    if not changed:
        return _named(row, words)
    Revision.objects.create(
        track=row,
        by=by,
        before={name: as_json(before[name]) for name in changed},
        after={name: as_json(word) for name, word in changed.items()},
        undoes=undoes,
    )
    _write(row, changed)
    draw_anew([row.pk])
    tell(TRACK_EDITED, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    if "release_at" in changed:
        _set_hour(row, by)
    return set_visibility(track=row, visibility=words.get("visibility", row.visibility), by=by)


def value_of(track: Track, name: str) -> Any:
    """Return what a field says now."""
    if name not in LABELS:
        raise ValueError(f"Nobody edits {name!r}.")
    return lyrics.text_of(track) if name == "lyrics" else getattr(track, name)


def as_json(value: Any) -> Any:
    """Return a field's value as a revision keeps it."""
    return moment(value) if hasattr(value, "astimezone") else value


def _write(row: Track, changed: dict[str, Any]) -> None:
    if "lyrics" in changed:
        lyrics.write(track=row, text=changed["lyrics"])
    if "slug" in changed:
        slugs.give(row, changed["slug"])
    columns = changed.keys() - {"lyrics", "visibility"}
    for name in columns - {"slug"}:
        setattr(row, name, changed[name])
    row.title_guessed = row.title_guessed and "title" not in changed
    try:
        with transaction.atomic():
            row.save(update_fields=[*columns, "title_guessed", "updated_at"])
    except IntegrityError as error:  # somebody took the slug in between
        sentence = "Something else has this address."
        raise Problem("slug-taken", sentence, status=409, field="slug") from error


def _named(row: Track, words: dict[str, Any]) -> Track:
    """Keep a guessed title that its owner has confirmed: the file's own comes no more."""
    if row.title_guessed and "title" in words:
        row.title_guessed = False
        row.save(update_fields=["title_guessed"])
    return row


def _set_hour(row: Track, by: Person) -> None:
    """Close what is to open later, and look at it again at its hour."""
    if row.visibility != Track.Visibility.PUBLIC:
        return
    if row.release_at and row.release_at > timezone.now():
        end_signatures(row)
        tell(TRACK_CLOSED, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    publication.settle(track=row)


def take_title_of_file(*, asset: Asset) -> None:
    """Call a track what its file calls itself, where only the file's name was known until now.

    Its slug follows; the one that was made of the file's name leads on.
    """
    facts = AudioFacts.objects.filter(asset=asset).values_list("tags", flat=True).first() or {}
    title = one_line(str(facts.get("title", "")))[:TITLE_MAX].strip()
    tracks = Track.objects.filter(title_guessed=True, versions__media__asset=asset)
    if keys := list(tracks.values_list("pk", flat=True)):
        for key in keys:
            _call(key, title)
        draw_anew(keys)


@transaction.atomic
def _call(key: UUID, title: str) -> None:
    rows = Track.objects.select_for_update(of=("self",))
    row = rows.filter(pk=key, title_guessed=True).first()
    if row is None:
        return
    before, row.title, row.title_guessed = row.title, title or row.title, False
    slugs.follow_title(row, before=before)
    row.save(update_fields=["title", "slug", "title_guessed"])
