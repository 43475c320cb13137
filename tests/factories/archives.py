"""An artist who has everything there is, with bytes, and the archive of it."""

import hashlib
import io
import itertools
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from PIL import Image

from config.lib.ids import uuid7
from media_pipeline.models import Asset, Media
from media_pipeline.storage import get_storage
from social.exports.services.beginning import begin
from social.models import (
    ApiToken,
    Approver,
    ArtistPage,
    Imported,
    Note,
    Notification,
    Placement,
    Resolution,
    Reviewer,
    ReviewPolicy,
    SignOff,
    User,
)
from tests.factories.assistant import make_suggestion, transcribe
from tests.factories.economics import paid
from tests.factories.media_pipeline import AssetFactory, MediaFactory, UploadFactory, finish
from tests.factories.moderation import judge
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory, TrackFactory
from tests.jobs import do_jobs
from tracks.catalogue.services import editing
from tracks.covers import services as covers
from tracks.credits.rules import Artist, Said
from tracks.credits.services import claims, crediting
from tracks.models import (
    BlindTest,
    Download,
    DownloadGrant,
    Label,
    ListedListener,
    Name,
    PlaylistItem,
    PlayQueue,
    ReleaseTrack,
    Stem,
    Track,
    TrackVersion,
    TrackVisual,
)
from tracks.music_facts import services as music_facts
from tracks.tags.services import tagging

SECRET_WORDS = "Meant for reviewers alone."
_numbers = itertools.count()


def stored(owner: User, filename: str, data: bytes = b"", *, whole: bool = True) -> Asset:
    """Return an asset whose bytes are in the storage; `whole` has every row of a processed one."""
    data = data or f"RIFF {filename} {next(_numbers)}".encode() * 50
    key = f"originals/{uuid7()}.wav"
    get_storage().write(key, data, content_type="audio/wav")
    asset: Asset = AssetFactory.create(
        owner=owner,
        key=key,
        filename=filename,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return finish(asset) if whole else asset


def version_of(track: Track, number: int, asset: Asset, **words: Any) -> TrackVersion:
    """Add a version of this number."""
    media = MediaFactory.create(asset=asset)
    made: TrackVersion = TrackVersion.objects.create(
        track=track, media=media, number=number, created_by=track.owner, status="ready", **words
    )
    return made


def make_artist(handle: str = "ada") -> User:
    """Return an artist with at least one of everything that goes into an archive."""
    ada: User = UserFactory.create(handle=handle, display_name=f"The {handle}")
    fan: User = UserFactory.create(display_name="Fan")
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    ApiToken.issue(user=ada, name="laptop")
    Imported.objects.create(owner=ada, origin="tracks.track:elsewhere", local="here")
    UploadFactory.create(owner=ada, filename="half.wav")
    track = _music(ada)
    _lists(ada, track)
    _words(ada, fan, track)
    _described(ada, track)
    _given(ada, fan, track)
    paid(ada)
    judge(track, theirs=PublicTrackFactory.create(owner=fan))
    return ada


def _described(ada: User, track: Track) -> None:
    artists = [Artist("The " + ada.handle, " feat. "), Artist("Bo", credited_as="Bo B.")]
    crediting.set_artists(thing=track, artists=artists, by=ada)
    said = Said("Cy", "musician", "viola", "https://example.org/cy")
    crediting.set_credits(thing=track, credits=[said], by=ada)
    crediting.set_artists(thing=ada.releases.get(), artists=artists[:1], by=ada)
    claims.claim(name=Name.objects.get(name="The " + ada.handle), by=ada)
    tagging.add_tags(tracks=[track], names=["Hip-Hop", "first light"], by=ada)
    tagging.suggest(track=track, tag="calm", confidence=0.75, by_machine="ear")
    music_facts.say(track=track, bpm="129.6", key="Fis-Moll", by=ada)


def _given(ada: User, fan: User, track: Track) -> None:
    ListedListener.objects.create(owner=ada, person=fan, note="From the concert")
    DownloadGrant.objects.create(track=track, person=fan, what="flac", granted_by=ada)
    words = {"user": ada, "owner": fan, "title": "Theirs", "what": "mp3", "size_bytes": 7}
    Download.objects.create(**words)


def _music(ada: User) -> Track:
    track: Track = TrackFactory.create(
        owner=ada,
        title="First light",
        slug=f"first-light-{ada.handle}",
        visibility="public",
        published_at=timezone.now(),
        description_md="At *dawn*.",
        version=stored(ada, "first light.wav"),
    )
    first = track.versions.get()
    TrackVersion.objects.filter(pk=first.pk).update(status="ready", label="Demo", note_md="Rough.")
    # The bytes of the first once more, under a number behind a gap; and one that is hidden.
    twin = version_of(track, 4, AssetFactory.create(**_same_bytes(first.media.asset)), label="Twin")
    finish(twin.media.asset)
    shown = version_of(track, 3, stored(ada, "Élan: take/2?.wav"), label="Master")
    version_of(track, 5, stored(ada, "hidden.wav"), hidden_at=timezone.now(), hidden_by=ada)
    Track.objects.filter(pk=track.pk).update(primary_version=shown)
    for position, name in enumerate(("drums.wav", "voice.wav"), start=1):
        media = MediaFactory.create(asset=stored(ada, name))
        words = {"title": name[:-4], "position": position, "role": "vocal", "created_by": ada}
        Stem.objects.create(version=shown, media=media, **words)
    picture = MediaFactory.create(asset=stored(ada, "cover.png", whole=False))
    TrackVisual.objects.create(track=track, media=picture, created_by=ada)
    said = {"language": "pt-BR", "licence": "cc-by-4.0", "isrc": "GBA1B2400001"}
    editing.edit(track=track, by=ada, lyrics="[00:01.00]Dawn", **said)
    track.refresh_from_db()
    return track


def _same_bytes(asset: Asset) -> dict[str, Any]:
    names = ("owner", "key", "filename", "size_bytes", "sha256")
    return {name: getattr(asset, name) for name in names}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 320), (200, 120, 40)).save(out, "PNG")
    return out.getvalue()


def _lists(ada: User, track: Track) -> None:
    named = {"name": "Fields", "slug": f"fields-{ada.handle}", "description_md": "*Green*"}
    label = Label.objects.create(owner=ada, **named)
    said = {"artist_credit": "Ada & Bo", "label": label, "upc": "036000291452"}
    release = ReleaseFactory.create(owner=ada, title="Dawn", kind="ep", **said)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    covers.put(thing=release, data=_picture(), by=ada, filename="dawn.png")
    playlist = PlaylistFactory.create(owner=ada, title="Mornings")
    foreign = PublicTrackFactory.create(title="Somebody's")
    for position, one in enumerate((track, foreign, track), start=1):
        PlaylistItem.objects.create(playlist=playlist, track=one, position=position)
    item = {"id": "a", "version": str(track.primary_version_id), "key": "k" * 22}
    PlayQueue.objects.create(user=ada, items=[item], current="a")
    ArtistPage.objects.create(user=ada, accent="b4552d", press_md="Born in 1815.")
    first, shown = track.versions.get(number=1), track.versions.get(number=3)
    words = {"version_a": first, "version_b": shown, "listener_name": "Guest", "trials": 2}
    drawn = {"correct": 1, "hidden": ["a", "b"], "answers": ["a", "a"], "p_value": 0.75}
    BlindTest.objects.create(track=track, **words, **drawn, finished_at=timezone.now())
    transcribe(shown)
    make_suggestion(track)


def _words(ada: User, fan: User, track: Track) -> None:
    first, shown = track.versions.get(number=1), track.versions.get(number=3)
    on = {"version": first, "track": track}
    asked = NoteFactory.create(**on, user=fan, at_ms=12_000, until_ms=15_000, body_md="Too *loud*.")
    Placement.objects.create(
        note=asked, version=shown, at_ms=13_000, until_ms=16_000, carried_from=first, confidence=0.9
    )
    NoteFactory.create(**on, user=ada, parent=asked, at_ms=12_000, body_md="I know.")
    NoteFactory.create(**on, user=fan, parent=asked, at_ms=12_000, body_md="", removed_at=_now())
    Resolution.objects.create(note=asked, by=ada, version=shown)
    link = ReviewLinkFactory.create(track=track, password="hashed")
    guest = ReviewGuestFactory.create(link=link, name="Guest")
    NoteFactory.create(
        version=shown, track=track, user=None, guest=guest, at_ms=500, visibility="reviewers"
    )
    mine = NoteFactory.create(version=shown, track=track, user=ada, at_ms=700, assigned_to=ada)
    Note.objects.filter(pk=mine.pk).update(created_at=_now() - timedelta(days=9))
    NoteFactory.create(user=ada, body_md="On a piece of another.")
    Reviewer.objects.create(track=track, user=fan, invited_by=ada)
    Approver.objects.create(track=track, user=fan, named_by=ada)
    ReviewPolicy.objects.create(track=track, who="invited")
    SignOff.objects.create(track=track, version=shown, act="signed", stage="draft", by=fan)
    words = {"actor": fan, "actor_name": "Fan", "track": track, "note": asked}
    Notification.objects.create(user=ada, kind="noted", **words)


def _now() -> Any:
    return timezone.now()


def make_archive(person: User, folder: Path) -> Path:
    """Have the archive of this person made, and return it as a file."""
    export = begin(person=person)
    do_jobs("slow")
    export.refresh_from_db()
    assert export.key, "the archive was made"
    path = folder / f"{person.handle}.zip"
    get_storage().fetch(export.key, path)
    return path


def repacked(source: Path, target: Path, changes: dict[str, bytes | None]) -> Path:
    """Copy an archive with some files changed or left out, and its list brought in line."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        files = {name: old.read(name) for name in old.namelist() if name != "manifest.json"}
        files |= {name: data for name, data in changes.items() if data is not None}
        for name in [name for name, data in changes.items() if data is None]:
            files.pop(name, None)
        listed = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        }
        files.setdefault("manifest.json", json.dumps({"files": listed}).encode())
        for name, data in files.items():
            new.writestr(name, data)
    return target


def forgotten(media: Media) -> str:
    """Let the storage lose the original of this media; return its key."""
    get_storage().delete(media.asset.key)
    return media.asset.key
