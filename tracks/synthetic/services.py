"""Making a library up: in transactions of a few thousand pieces, beside a site at work.

Every piece is a row of its own with a version, tags, credits and a place on a release; all share
the sound of one piece that was processed, or have descriptors of their own and nothing to hear.
Their documents are made as the search makes them.
"""

import random
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection, models, transaction

from config.lib.ids import uuid7
from media_pipeline.models import Asset, Media
from tracks.keys_of_words import key_of
from tracks.models import (
    Credit,
    Document,
    Name,
    Release,
    ReleaseTrack,
    Tag,
    Track,
    TrackTag,
    TrackVersion,
)
from tracks.models.described import Licence
from tracks.search import traits
from tracks.search.registry import KINDS, Entry
from tracks.search.services import indexing
from tracks.synthetic.copying import Table
from tracks.synthetic.sounds import Sounds
from tracks.synthetic.words import Words, tags

AT_ONCE = 5_000
PIECES_OF_ONE = 40  # of one artist
PIECES_OF_RELEASE = 10
HANDLE = "synthetic-"
FIRST = datetime(2005, 1, 1, tzinfo=UTC)
SPAN_S = 20 * 365 * 86_400
KEYS = ("C", "G", "D", "A", "E", "F", "Bb", "Eb", "Am", "Em", "Bm", "Dm", "Gm", "Cm", "F#m")


def made() -> int:
    """Return how many made-up pieces there are."""
    return Track.everything.filter(owner__handle__startswith=HANDLE).count()


def real() -> bool:
    """Tell whether there are pieces that somebody has made, beside those of the demonstration."""
    return Track.everything.exclude(owner__handle__startswith=HANDLE).count() > DEMONSTRATION


DEMONSTRATION = 3


def any_sound() -> Asset | None:
    """Return the original of some piece that has been processed to the end."""
    return (
        Asset.objects.filter(
            ready_at__isnull=False, facts__isnull=False, media__version__isnull=False
        )
        .order_by("pk")
        .first()
    )


class Library:
    """Makes pieces from one number to another."""

    def __init__(self, asset: Asset, began: int, *, sounds: Sounds | None = None) -> None:
        self.asset, self.began, self.sounds = asset, began, sounds
        self.words, self.tags = Words(), _tags()
        facts: Any = getattr(asset, "facts")  # noqa: B009
        self.seconds = facts.duration_ms / 1000
        self.codec = traits.codec(facts.codec, facts.container)
        self.owner: Any = None
        self.name: Any = None

    def fill(self, until: int, report: Callable[[int], None]) -> None:
        """Make pieces until there are so many."""
        for first in range(self.began, until, AT_ONCE):
            last = min(first + AT_ONCE, until)
            with transaction.atomic():
                self._make(first, last)
            report(last)

    def _make(self, first: int, last: int) -> None:
        tables = _tables()
        documents: list[tuple[Any, ...]] = []
        release: Any = None
        for number in range(first, last):
            chance = random.Random(number)  # noqa: S311 — the same pieces each time
            if self.owner is None or number % PIECES_OF_ONE == 0:
                self._artist(number, chance, tables, documents)
            if release is None or number % PIECES_OF_RELEASE == 0:
                release = self._release(chance, tables, documents)
            self._piece(number, chance, release, tables, documents)
        with connection.cursor() as cursor:
            if self.sounds:
                self.sounds.copy(cursor, first)
            for table in tables.values():
                table.copy(cursor)
            columns = ("id", "kind", "title_key", "standing", "names", "words", "bpm", "seconds")
            Table(Document, (*columns, "day"), documents).copy(cursor)
        Tag.objects.filter(pk__in=[tag for _, tag in self.tags.values()]).update(
            uses=models.F("uses") + (last - first) // 100
        )

    def _artist(self, number: int, chance: Any, tables: Any, documents: Any) -> None:
        made = self.words.name(chance)
        handle = f"{HANDLE}{number}"
        self.owner = (uuid7(), handle, made)
        tables["person"].rows.append((self.owner[0], handle, made, "!"))
        name = f"{made} {number}"
        self.name = (uuid7(), f"{handle}-{secrets.token_hex(3)}", name)
        tables["name"].rows.append((*self.name, key_of(name), self.owner[0]))
        person = Entry(
            self.owner[0], made, makers=[handle], standing=int(FIRST.timestamp()) + number
        )
        documents.append(
            indexing.row_of(KINDS["artist"], Entry(self.name[0], name, said=[key_of(name)]))
        )
        if "person" in KINDS:
            documents.append(indexing.row_of(KINDS["person"], person))

    def _release(self, chance: Any, tables: Any, documents: Any) -> tuple[UUID, str, int]:
        pk, title = uuid7(), self.words.title(chance)
        year = 1960 + chance.randrange(66)
        moment = _moment(chance)
        slug = f"synthetic-{pk.hex}"
        row = (pk, self.owner[0], title, slug, pk.hex[:22], "public", str(year), moment)
        tables["release"].rows.append((*row, "album"))
        makers = [self.owner[2], self.owner[2], self.owner[1]]
        found = Entry(
            pk,
            title,
            makers=makers,
            beside=["Album", "", ""],
            said=[""],
            traits=[
                *traits.by(makers),
                traits.one("licence", Licence.RESERVED),
                traits.one("year", str(year)),
            ],
            standing=int(moment.timestamp()),
        )
        documents.append(indexing.row_of(KINDS["release"], found))
        return pk, title, year

    def _piece(self, number: int, chance: Any, release: Any, tables: Any, documents: Any) -> None:
        track, version, media = uuid7(), uuid7(), uuid7()
        title, moment = self.words.title(chance), _moment(chance)
        bpm, key = round(chance.gauss(118, 22)), chance.choice(KEYS)
        bpm = min(max(bpm, 60), 200)
        licence = chance.choice((Licence.RESERVED, Licence.RESERVED, Licence.BY, Licence.CC0))
        sound = self.sounds.make(self.owner[0]) if self.sounds else self.asset.pk
        tables["media"].rows.append((media, sound))
        tables["track"].rows.append(
            (
                *(track, self.owner[0], f"synthetic-{number}-{track.hex[-6:]}", track.hex[:22]),
                *(title, "public", moment, version, bpm, key, licence, self.name[2]),
            )
        )
        tables["version"].rows.append((version, track, 1, media, "ready", self.owner[0]))
        tables["credit"].rows.append((uuid7(), track, self.name[0], self.name[2], "artist"))
        tables["place"].rows.append((release[0], track, number % PIECES_OF_RELEASE + 1))
        named = {self._tag(chance) for _ in range(3)}
        for tag in sorted(named):
            tables["tag"].rows.append((track, self.tags[tag][1]))
        makers = [self.name[2], self.owner[1], self.name[2], self.owner[2]]
        found = Entry(
            track,
            title,
            makers=makers,
            beside=[*(self.tags[tag][0] for tag in sorted(named)), release[1]],
            traits=[*self._traits(named, key, bpm, licence, release[2]), *traits.by(makers)],
            standing=int(moment.timestamp()),
            bpm=float(bpm),
            seconds=self.seconds,
            day=moment.date(),
        )
        documents.append(indexing.row_of(KINDS["track"], found))

    def _traits(
        self, named: Iterable[str], key: str, bpm: int, licence: str, year: int
    ) -> Iterator[str]:
        yield traits.one("year", str(year))
        yield traits.one("licence", licence)
        yield from (traits.one("tag", tag) for tag in sorted(named))
        yield from (traits.key(key), traits.one("bpm", str(bpm)), self.codec)

    def _tag(self, chance: Any) -> str:
        keys = list(self.tags)
        return keys[min(int(chance.paretovariate(0.8)) - 1, len(keys) - 1)]


def _moment(chance: Any) -> datetime:
    return FIRST + timedelta(seconds=chance.randrange(SPAN_S))


def _tags() -> dict[str, tuple[str, UUID]]:
    """Return all tags that are given, by their keys: name and id."""
    words = tags()
    Tag.objects.bulk_create(
        [Tag(slug=word, key=key_of(word), name=word) for word in words], ignore_conflicts=True
    )
    rows = Tag.objects.filter(key__in=[key_of(word) for word in words])
    by_key = {key: (name, pk) for key, name, pk in rows.values_list("key", "name", "pk")}
    return {key_of(word): by_key[key_of(word)] for word in words}


def _tables() -> dict[str, Table]:
    person = ("id", "handle", "display_name", "password")
    track = ("id", "owner_id", "slug", "token", "title", "visibility", "published_at")
    told = ("primary_version_id", "bpm", "music_key", "licence", "artist_credit")
    release = ("id", "owner_id", "title", "slug", "token", "visibility", "released_on")
    return {
        "person": Table(get_user_model(), person),
        "name": Table(Name, ("id", "slug", "name", "key", "account_id")),
        "release": Table(Release, (*release, "published_at", "kind")),
        "media": Table(Media, ("id", "asset_id")),
        "track": Table(Track, (*track, *told)),
        "version": Table(
            TrackVersion, ("id", "track_id", "number", "media_id", "status", "created_by_id")
        ),
        "credit": Table(Credit, ("id", "track_id", "name_id", "credited_as", "role")),
        "place": Table(ReleaseTrack, ("release_id", "track_id", "position")),
        "tag": Table(TrackTag, ("track_id", "tag_id")),
    }
