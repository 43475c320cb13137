"""A folder that becomes a release: drafted at once, and filled in as its files are read.

Whatever the tags say is a guess, remembered as one: what no longer is as it was guessed, somebody
has changed by hand, and it stays.
"""

import logging
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from config.lib import kept_pages, live
from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline.models import Artwork, AudioFacts
from media_pipeline.storage import get_storage
from tracks.access import Person
from tracks.collections import services as collections
from tracks.covers import services as covers
from tracks.labels import services as labels
from tracks.models import Label, Release, ReleaseTrack, Track, TrackVersion, slugs
from tracks.releases import rules
from tracks.releases.rules import File, Told
from tracks.releases.services import artists, ordering
from tracks.visibility.services.closing import draw_anew

PATH_MAX = 400
FACTS = "track__primary_version__media__asset__facts"
UNTITLED = "New release"

logger = logging.getLogger(__name__)


def begin(*, owner: Person, title: str) -> Release:
    """Make the private draft of a release; its title is that of the folder till a tag says more."""
    guess = one_line(title)[: rules.TITLE_MAX].strip() or UNTITLED
    words = {"title": guess, "guessed": {"title": guess, "folder": guess, "kind": "album"}}
    return cast(Release, collections.create(kind="release", owner=owner, words=words))


@transaction.atomic
def add(*, release: Release, track: Track, path: str) -> ReleaseTrack:
    """Put a piece that is on its way at the end; `path` is where its file lay in the folder.

    One that is there stays. Raises Problem `not-own`, `list-full`.
    """
    if there := ReleaseTrack.objects.filter(release=release, track=track).first():
        return there
    item = cast(ReleaseTrack, collections.add(collection=release, track=track))
    last = release.items.exclude(pk=item.pk).order_by("position").last()
    item.path, item.disc = path[:PATH_MAX], last.disc if last else 1
    item.save(update_fields=["path", "disc"])
    changed(release.pk)
    return item


def settle_asset(asset_id: UUID) -> None:
    """Fill in the drafts in which a piece of this asset stands; nobody else's are looked at."""
    items = ReleaseTrack.objects.exclude(path="").filter(
        is_read=False, track__primary_version__media__asset=asset_id
    )
    drafts: Any = Release.objects.filter(pk__in=items.values("release"))
    for release in drafts:
        settle(release=release)


def settle_all() -> None:
    """Fill in what a lost call has left open; comes round."""
    known = AudioFacts.objects.filter(asset__media__version__track=OuterRef("track"))
    waiting = ReleaseTrack.objects.exclude(path="").filter(Exists(known), is_read=False)
    drafts: Any = Release.objects.filter(pk__in=waiting.values("release"))
    for release in drafts.order_by("pk"):
        try:
            settle(release=release)
        except Problem as refusal:  # deleted meanwhile; the next one's owner waits as well
            logger.info("The draft %s was not settled: %s", release.pk, refusal)


def settle(*, release: Release) -> Release:
    """Bring a draft in line with what its files say by now. Safe to call any number of times."""
    row = _settle(release)
    if row.cover_id is None and "cover" not in row.guessed:
        _take_cover(row)
    return row


@transaction.atomic
def _settle(release: Release) -> Release:
    row: Release = ordering.locked(release)
    items = list(row.items.select_related("track__owner", FACTS).order_by("position"))
    files = {item: _file(item) for item in items if item.path}
    _title(row, list(files.values()))
    _arrange(row, items, files)
    for item, file in files.items():
        _describe(row, item, file.told)
    read = [item.pk for item in files if _is_over(item)]
    ReleaseTrack.objects.filter(pk__in=read).update(is_read=True)
    kept_pages.forget(f"list:{row.pk}", f"person:{row.owner_id}")
    changed(row.pk)
    return row


def changed(release_id: UUID) -> None:
    """Let whoever watches the draft look again, on commit."""
    group = group_of(release_id)
    transaction.on_commit(lambda: live.announce(group, "asset.changed"), robust=True)


def group_of(release_id: UUID) -> str:
    """Return the group of every socket that watches this draft."""
    return f"release-{release_id}"


def _title(row: Release, files: list[File]) -> None:
    """Write what the files say of the release where it still is as it was guessed."""
    if not files:
        return
    folder = row.guessed.get("folder", row.title)
    words = asdict(rules.words_of(files, fallback=folder))
    label_name, before = words.pop("label"), row.title
    for name, value in words.items():
        if not _is_guess(row, name):
            continue
        if name == "artist_credit":
            artists.set_text(thing=row, text=value, by=row.owner)
        else:
            setattr(row, name, value)
        row.guessed[name] = getattr(row, name)
    if row.guessed.get("label", "") == str(row.label_id or "") and label_name:
        row.label = _label(label_name, row.owner)
        row.guessed["label"] = str(row.label_id or "")
    if row.title != before and row.visibility == Release.Visibility.PRIVATE:
        slugs.follow_title(row, before=before)
    row.save()


def _label(name: str, by: Person) -> Label | None:
    try:
        return labels.named(name=name, by=by)
    except Problem:  # no room for one more: the words of a file are not refused
        return None


def _is_guess(row: Release, name: str) -> bool:
    blank = "album" if name == "kind" else ""
    return bool((row.guessed.get(name) or blank) == getattr(row, name))


def _arrange(row: Release, items: list[ReleaseTrack], files: dict[ReleaseTrack, File]) -> None:
    """Put the files in their order, unless somebody has moved what was put in order before."""
    before = [tuple(pair) for pair in row.guessed.get("order", [])]
    now = [(str(item.track_id), item.disc) for item in items]
    if now[: len(before)] != before or len(files) != len(items):
        return
    by_key = {item.track_id: item for item in items}
    ordered = rules.in_order(files.values())
    ordering.write(row, [(by_key[key], disc) for key, disc in ordered])  # type: ignore[index]
    row.guessed["order"] = [[str(key), by_key[key].disc] for key, _ in ordered]  # type: ignore[index]
    Release.objects.filter(pk=row.pk).update(guessed=row.guessed)


def _describe(row: Release, item: ReleaseTrack, told: Told) -> None:
    """Give a track its code, and its artists where they are not its owner alone."""
    track = item.track
    common = row.artist_credit
    credit = common if told.artist.casefold() in {"", common.casefold()} else told.artist
    credit = "" if credit.casefold() == row.owner.name.casefold() else credit
    found = {"isrc": told.isrc, "artist_credit": credit}
    fresh = {
        name: value
        for name, value in found.items()
        if getattr(track, name) == item.guessed.get(name, "") != value
    }
    if not fresh:
        return
    if "artist_credit" in fresh:
        artists.set_text(thing=track, text=fresh["artist_credit"], by=row.owner)
    track.isrc = fresh.get("isrc", track.isrc)
    track.save(update_fields=["isrc", "artist_credit"])
    item.guessed |= {name: getattr(track, name) for name in fresh}
    item.save(update_fields=["guessed"])
    draw_anew([track.pk])


def _take_cover(row: Release) -> None:
    """Let the picture inside the first file that has one be the cover of the release."""
    inside = row.items.filter(
        track__primary_version__media__asset__artwork__origin=Artwork.Origin.EMBEDDED,
        track__primary_version__media__asset__ready_at__isnull=False,
    ).exclude(path="")
    artwork = "track__primary_version__media__asset__artwork__full_key"
    key = inside.order_by("position").values_list(artwork, flat=True).first()
    if key is None:
        return
    try:
        data = get_storage().read(key)
        covers.put(thing=row, data=data, filename="cover.jpg", by=row.owner)
    except (Problem, FileNotFoundError):
        logger.info("The cover inside the files of %s was not taken.", row.pk)
    row.refresh_from_db(fields=["cover", "guessed"])
    row.guessed["cover"] = str(row.cover_id or "")
    Release.objects.filter(pk=row.pk).update(guessed=row.guessed)
    changed(row.pk)


def _is_over(item: ReleaseTrack) -> bool:
    """Tell whether nothing more will be known of its file."""
    version = item.track.primary_version
    if version is None or version.status == TrackVersion.Status.FAILED:
        return True
    return _facts(item) is not None and version.media.asset.ready_at is not None


def _file(item: ReleaseTrack) -> File:
    facts = _facts(item)
    told = rules.told_by(facts.tags if facts else {})
    return File(item.track_id, item.path, told, facts.duration_ms if facts else 0)


def _facts(item: ReleaseTrack) -> AudioFacts | None:
    version = item.track.primary_version
    return getattr(version.media.asset, "facts", None) if version else None


def unread(release: Release) -> int:
    """Return how many of its files are still to be read."""
    waiting = Q(track__primary_version__media__asset__ready_at=None)
    failed = Q(track__primary_version__status=TrackVersion.Status.FAILED)
    return release.items.exclude(path="").filter(waiting).exclude(failed).count()


def state_of(release: Release) -> dict[str, Any]:
    """Return how many files are unread, and a stamp that changes when its page does."""
    playable = Q(track__primary_version__media__asset__playable_at__isnull=False)
    plays = release.items.filter(playable).count()
    moment = Release.everything.filter(pk=release.pk).values_list("updated_at", flat=True)[0]
    return {"unread": unread(release), "stamp": f"{moment.isoformat()} {plays}"}
