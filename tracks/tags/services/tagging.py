"""Tags on tracks, as their owners say and machines suggest."""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from tracks.access import Person
from tracks.models import Tag, Track, TrackTag
from tracks.models.slugs import new_slug_of
from tracks.tags.rules import MOST, checked, kind_of, tag_key, tag_name, too_many
from tracks.tags.services.counting import recount
from tracks.visibility.services.closing import draw_anew

ACCEPTED, SUGGESTED, REFUSED = TrackTag.State
TRIES = 4


def tags_for(names: Iterable[str], *, kind: str = "") -> list[Tag]:
    """Return the tags of these names, made where there were none; merged ones as what they are now.

    `kind` is for what is made; without one the word itself may tell.
    """
    wanted = {tag_key(name): name for name in names}
    found = {
        tag.key: tag for tag in Tag.objects.filter(key__in=wanted).select_related("merged_into")
    }
    # In one order, so that two who make the same tags at once do not wait for each other for ever.
    for key in sorted(wanted.keys() - found.keys()):
        found[key] = _made(key, wanted[key], kind)
    tags = [found[key] for key in wanted]
    return list({tag.pk: tag for tag in (each.merged_into or each for each in tags)}.values())


def _made(key: str, name: str, kind: str) -> Tag:
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                words = {"name": name, "slug": new_slug_of(Tag, key, blank="tag")}
                words["kind"] = kind_of(key, kind)
                return Tag.objects.get_or_create(key=key, defaults=words)[0]
        except IntegrityError:  # somebody took the slug in between
            continue
    raise Problem("busy", "Too many use this tag at once. Try again.", status=503)


@transaction.atomic
def add_tags(*, tracks: Sequence[Track], names: Iterable[str], by: Person, kind: str = "") -> int:
    """Put tags on tracks of one's own; returns how many were new there. Raises Problem."""
    tags, added = tags_for(checked(names), kind=kind), 0
    for track in sorted(tracks, key=lambda each: each.pk):
        _lock(track, by)
        there = {row.tag_id: row for row in track.track_tags.select_related("tag")}
        new = [tag for tag in tags if tag.pk not in there]
        said = [there[tag.pk] for tag in tags if tag.pk in there]
        _refuse_too_many(track, there.values(), said, new)
        turned = [row.pk for row in said if row.state != ACCEPTED]
        TrackTag.objects.filter(pk__in=turned).update(state=ACCEPTED)
        TrackTag.objects.bulk_create(TrackTag(track=track, tag=tag) for tag in new)
        added += len(new) + len(turned)
    _changed(tracks, tags)
    return added


@transaction.atomic
def set_tags(*, track: Track, names: Iterable[str], by: Person) -> None:
    """Let a track have these tags and no others; what waits for an answer goes on waiting."""
    _lock(track, by)
    tags = tags_for(checked(names))
    wanted = {tag.pk for tag in tags}
    gone = [row for row in _accepted(track) if row.tag_id not in wanted]
    # They are counted in two steps: without their locks, taken in one order, two tracks that change
    # the same tags the other way round could wait for each other for ever.
    touched = wanted | {row.tag_id for row in gone}
    list(Tag.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk"))
    for row in gone:
        _take_away(row)
    add_tags(tracks=[track], names=[tag.name for tag in tags], by=by)
    _changed([track], [row.tag for row in gone])


@transaction.atomic
def remove_tag(*, row: TrackTag, by: Person) -> None:
    """Take a tag off a track of one's own; a machine's is not suggested again."""
    _lock(row.track, by)
    _take_away(row)
    _changed([row.track], [row.tag])


@transaction.atomic
def decide(*, row: TrackTag, is_right: bool, by: Person) -> None:
    """Accept or refuse what a machine suggests for a track of one's own. Raises Problem."""
    _lock(row.track, by)
    if is_right and row.state != ACCEPTED and len(_accepted(row.track)) >= MOST:
        raise too_many(row.track.title)
    TrackTag.objects.filter(pk=row.pk).update(state=ACCEPTED if is_right else REFUSED)
    _changed([row.track], [row.tag])


@transaction.atomic
def suggest(
    *, track: Track, tag: str, confidence: float | None, by_machine: str, kind: str = ""
) -> TrackTag | None:
    """Suggest a tag to a track's owner; None where it stands there already or was refused.

    `confidence` is from 0 to 1, None where nobody measured it. Raises Problem for no tag at all.
    """
    found = tags_for([tag_name(tag)], kind=kind)[0]
    sure = None if confidence is None else min(1.0, max(0.0, confidence))
    words = {
        "source": TrackTag.Source.MACHINE,
        "state": SUGGESTED,
        "confidence": sure,
        "by_machine": by_machine[:60],
    }
    if TrackTag.objects.filter(track=track).exclude(state=REFUSED).count() >= MOST:
        return None
    row, is_new = TrackTag.objects.get_or_create(track=track, tag=found, defaults=words)
    if is_new:
        draw_anew([track.pk])
    return row if is_new else None


def _accepted(track: Track) -> list[TrackTag]:
    return list(track.track_tags.filter(state=ACCEPTED).select_related("tag"))


def _take_away(row: TrackTag) -> None:
    if row.source == TrackTag.Source.MACHINE:
        TrackTag.objects.filter(pk=row.pk).update(state=REFUSED)
    else:
        TrackTag.objects.filter(pk=row.pk).delete()


def _refuse_too_many(
    track: Track, there: Iterable[TrackTag], said: Iterable[TrackTag], new: Sequence[Tag]
) -> None:
    accepted = {row.pk for row in there if row.state == ACCEPTED} | {row.pk for row in said}
    if len(accepted) + len(new) > MOST:
        raise too_many(track.title)


def _lock(track: Track, by: Person) -> None:
    if track.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner says what a track is.", status=403)
    Track.objects.locked(track.pk)


def _changed(tracks: Iterable[Track], tags: Sequence[Tag]) -> None:
    recount(tag.pk for tag in tags)
    draw_anew([track.pk for track in tracks])
    kept_pages.forget("tags", *(f"tag:{tag.pk}" for tag in tags))
