"""Who is credited on a track or a release, as its owner says."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.credits.rules import (
    ARTISTS_MOST,
    CREDITS_MOST,
    Artist,
    Said,
    checked,
    checked_artists,
    checked_credits,
    flat,
    from_text,
)
from tracks.credits.services.names import names_for
from tracks.events import CREDIT_GIVEN
from tracks.keys_of_words import key_of
from tracks.models import Credit, Name, Release, Track
from tracks.visibility.services.closing import draw_anew

Thing = Track | Release
ARTIST = Credit.Role.ARTIST
COLUMNS = ["credited_as", "url", "join_phrase", "position", "name"]


def read_artists(text: str) -> list[Artist]:
    """Read “A feat. B & C” as artists; a name that the site knows stays whole."""
    parts = from_text(text)
    if not 1 < len(parts) <= ARTISTS_MOST:
        return parts
    runs = [
        "".join(f"{each.name}{each.join}" for each in parts[start:end]).removesuffix(
            parts[end - 1].join
        )
        for start in range(len(parts))
        for end in range(start + 2, len(parts) + 1)
    ]
    keys = {key_of(run) for run in runs}
    known = set(Name.objects.filter(key__in=keys).values_list("key", flat=True))
    return from_text(text, known=lambda name: key_of(name) in known)


@transaction.atomic
def set_artists(*, thing: Thing, artists: Iterable[Artist], by: Person) -> str:
    """Say who the artists of a track or release are, in order; returns the credit as one text.

    None at all means its owner's own name. Raises Problem.
    """
    row, kept = _locked(thing, by), checked_artists(artists)
    names = names_for([each.name for each in kept], by=by)
    _set(
        row,
        by,
        before=row.credits.filter(role=ARTIST),
        rows=[
            Credit(
                **_of(row),
                name=names[key_of(each.name)],
                role=ARTIST,
                credited_as=each.shown,
                join_phrase=each.join,
                position=place,
            )
            for place, each in enumerate(kept)
        ],
    )
    text = flat(kept)
    type(row)._default_manager.filter(pk=row.pk).update(artist_credit=text)
    thing.artist_credit = text
    return text


@transaction.atomic
def set_credits(*, thing: Thing, credits: Iterable[Said], by: Person) -> None:
    """Say who else made it, in order, instead of what was said before. Raises Problem."""
    row, kept = _locked(thing, by), checked_credits(credits)
    names = names_for([each.name for each in kept], by=by)
    rows = [
        _row(row, each, names[key_of(each.name)], place) for place, each in enumerate(kept, start=1)
    ]
    _set(row, by, before=row.credits.exclude(role=ARTIST), rows=rows)


@transaction.atomic
def set_all(
    *, thing: Thing, artists: Iterable[Artist], credits: Iterable[Said], by: Person
) -> None:
    """Say who the artists are and who else made it, both or nothing. Raises Problem."""
    set_artists(thing=thing, artists=artists, by=by)
    set_credits(thing=thing, credits=credits, by=by)


@transaction.atomic
def add_credit(*, tracks: Sequence[Track], credit: Said, by: Person) -> int:
    """Credit somebody on many tracks; returns on how many they were not yet. Raises Problem."""
    said, added = checked(credit), 0
    names = names_for([said.name], by=by)
    for track in sorted(tracks, key=lambda each: each.pk):
        row = _locked(track, by)
        beside = list(row.credits.exclude(role=ARTIST).select_related("name"))
        if said.same in {_same(each) for each in beside}:
            continue
        if len(beside) >= CREDITS_MOST:
            sentence = f"“{row.title}” has {CREDITS_MOST} credits, which is the most."
            raise Problem("too-many-credits", sentence)
        place = max((each.position for each in beside), default=0) + 1
        made = _row(row, said, names[key_of(said.name)], place)
        made.save()
        _changed(row, [made.name], [made], by)
        added += 1
    return added


def _row(thing: Thing, said: Said, name: Name, place: int) -> Credit:
    return Credit(
        **_of(thing),
        name=name,
        role=said.role,
        credited_as=said.shown,
        detail=said.detail,
        url=said.url,
        position=place,
    )


def _of(thing: Thing) -> dict[str, Any]:
    return {"track" if isinstance(thing, Track) else "release": thing}


def _same(credit: Credit) -> tuple[str, str, str]:
    return credit.name.key, credit.role, key_of(credit.detail)


def _set(thing: Thing, by: Person, *, before: Any, rows: list[Credit]) -> None:
    """Bring the rows in line: who stays keeps their row, and what they said about it."""
    there = {_same(row): row for row in before.select_related("name")}
    named = [row.name for row in there.values()] + [row.name for row in rows]
    new = []
    kept_keys = set()
    for row in rows:
        old = there.pop(_same(row), None)
        if old is None:
            row.save()
            new.append(row)
            kept_keys.add(row.pk)
            continue
        for column in COLUMNS:
            setattr(old, column, getattr(row, column))
        old.save(update_fields=COLUMNS)
        kept_keys.add(old.pk)
    before.exclude(pk__in=kept_keys).delete()
    _changed(thing, named, new, by)


def _changed(thing: Thing, names: Iterable[Name], new: Iterable[Credit], by: Person) -> None:
    """Draw anew what shows it, and tell whoever is credited under their own name."""
    for credit in new:
        if credit.name.account_id and credit.name.account_id != by.pk:
            person = credit.name.account_id
            tell(CREDIT_GIVEN, of=credit, by=by.pk, audience=OWNER, person=person)
    kept_pages.forget(*(f"name:{name.slug}" for name in names))
    if isinstance(thing, Track):
        draw_anew([thing.pk])
    else:
        kept_pages.forget(f"list:{thing.pk}", f"person:{thing.owner_id}")


def _locked(thing: Thing, by: Person) -> Thing:
    if thing.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner says who made it.", status=403)
    model: Any = type(thing)
    row: Thing | None = model.objects.select_for_update(of=("self",)).filter(pk=thing.pk).first()
    if row is None:
        raise Problem("not-found", "This has been deleted.", status=404)
    return row
