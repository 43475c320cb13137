"""Music of which everybody may find a part, and all places that lead to music they do not know.

Whatever must not be told has SECRET in its name, and nobody ever types that.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from social.models import User
from tests.factories.described import credit, tag_on
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.tracks.alike.sounds import at, sounding
from tracks.models import Label, Playlist, PlaylistItem, Release, ReleaseTrack, Tag, Track
from tracks.search.registry import KINDS
from tracks.sitemaps.selectors import FIRST, LAST
from tracks.sitemaps.selectors import KINDS as MAPPED
from tracks.tags.services import counting

SECRET, OPEN = "Umbrella", "Lantern"
PEOPLE = ("visitor", "stranger", "owner", "staff")
HOUR = timezone.now() + timedelta(hours=1)
# What becomes of the pieces and lists that are closed.
STATES: dict[str, dict[str, Any]] = {
    "unlisted": {"visibility": "unlisted"},
    "private": {"visibility": "private"},
    "deleted": {"deleted_at": timezone.now()},
    "to come": {"published_at": None, "release_at": HOUR},
}


@dataclass
class Shelf:
    """Of each kind one thing that is open and one that is to be closed, of one owner."""

    owner: User
    opened: Track
    closed: Track
    people: dict[str, User | None]

    def client(self, person: str) -> Client:
        """Return the browser of this person."""
        client = Client(raise_request_exception=False)
        if user := self.people[person]:
            client.force_login(user)
        return client

    def close(self, state: str) -> None:
        """Close what is to be closed, and tell nobody: the documents are of before."""
        words = STATES[state]
        Track.everything.filter(pk=self.closed.pk).update(**words)
        Release.everything.filter(title__contains=SECRET).update(**words)
        alone = {name: word for name, word in words.items() if name in {"visibility", "deleted_at"}}
        alone = alone or {"visibility": "private"}
        Playlist.everything.filter(title__contains=SECRET).update(**alone)


def make_shelf() -> Shelf:
    """Return it, with everything open and found."""
    owner = UserFactory.create(handle="owner", display_name="Ottilie")
    opened, closed = (_piece(owner, word, degrees) for degrees, word in enumerate((OPEN, SECRET)))
    for playlist in Playlist.objects.all():
        for place, track in enumerate((opened, closed), start=1):
            PlaylistItem.objects.create(playlist=playlist, track=track, position=place)
    counting.recount_all()
    index()
    people = {"visitor": None, "stranger": UserFactory.create(), "owner": owner}
    return Shelf(owner, opened, closed, {**people, "staff": StaffFactory.create()})


def _piece(owner: User, word: str, degrees: int) -> Track:
    """Return a piece that is on a release and a playlist, with all that is known by it."""
    track: Any = sounding(
        at(degrees),
        PublicTrackFactory,
        owner=owner,
        title=f"Harbour {word}",
        slug=f"harbour-{word.lower()}",
        bpm=Decimal(120),
        music_key="Am",
        licence="cc-by-4.0",
    )
    credit(track, f"Harbour maker {word}")
    tag = tag_on(track, f"Harbour tag {word}").tag
    Tag.objects.filter(pk=tag.pk).update(kind=Tag.Kind.MOOD)  # moods are ways in
    label = Label.objects.create(owner=owner, name=f"Harbour label {word}", slug=word.lower())
    release = ReleaseFactory.create(owner=owner, title=f"Harbour tapes {word}", label=label)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    credit_of_release = f"Harbour press {word}"
    name = credit(track, credit_of_release, "mixer").name
    release.credits.create(name=name, credited_as=credit_of_release, role="mixer")
    PlaylistFactory.create(owner=owner, title=f"Harbour walks {word}")
    return track


def places(shelf: Shelf) -> list[str]:
    """Return every address that leads to music one does not know yet."""
    found = ["/search/?q=harbour", "/search/counts/?q=harbour", "/search/?q=harbuor"]
    found += ["/search/?q=harbour&bpm=300&tag=none", "/search/?q=harb&type=label"]
    found += [f"/api/v1/suggest/?q={text}" for text in ("harbour", "harbour tag", "harb", "owner")]
    found += [f"/api/v1/search/?q=harbour&type={kind}" for kind in KINDS]
    found += [f"/api/v1/search/?{asked}" for asked in ("bpm=120", "key=8A", "by=owner")]
    found += ["/api/v1/search/counts/?q=harbour", "/search/passages/?q=harbour"]
    for track in Track.objects.visible_to(shelf.owner).filter(title__contains=OPEN):
        api, page = f"/api/v1/tracks/{track.pk}/", track.get_absolute_url()
        found += [f"{api}similar/?limit=48", f"{api}similar/?by=harmony", f"{page}similar/"]
        found += [f"{page}similar/?part=shelf", f"{page}path/?to=harbour"]
        found += [f"/api/v1/lists/{name}/{track.slug}/" for name in ("alike", "harmony")]
    found += [reverse("sitemap-slice", args=[kind, FIRST, LAST]) for kind in MAPPED]
    found += ["/browse/", "/browse/label/", "/browse/tempo/120-130/", "/browse/key/8A/"]
    found += [f"/browse/year/{timezone.now().year}/", "/browse/licence/cc-by-4.0/"]
    found += ["/tags/", "/tags/?kind=mood", "/api/v1/tags/?q=harb"]
    return found + feeds(shelf)


def feeds(shelf: Shelf) -> list[str]:
    """Return the feeds that the open piece is in; every format of one."""
    release = shelf.opened.release_items.get().release
    playlist = Playlist.objects.get(title__contains=OPEN)
    bases = ["/feeds/", f"/feeds/people/{shelf.owner.handle}/"]
    bases += [f"/feeds/releases/{release.slug}/", f"/feeds/playlists/{playlist.slug}/"]
    bases += [f"/feeds/artists/{row.name.slug}/" for row in shelf.opened.credits.all()]
    bases += [f"/feeds/tags/{row.tag.slug}/" for row in shelf.opened.track_tags.all()]
    found = [base + file for base in bases for file in ("", "feed.json")]
    return [*found, *(bases[1] + file for file in ("rss.xml", "atom.xml"))]
