"""Every kind of event is told by the deed it is named after, in the deed's own transaction."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.events import services
from media_pipeline.events.registry import KINDS
from media_pipeline.models import Event
from media_pipeline.processing.services import publishing
from media_pipeline.storage import get_storage
from social.accounts.services import bans
from social.departure.services import asking, leaving
from social.exports.services.beginning import begin
from social.models import Reviewer
from social.notes.services import notes
from social.review.services import reviewers
from social.signoff import services as signoff
from social.signoff.selectors import board
from social.signoff.services import Seen
from tests.factories.described import credit
from tests.factories.media_pipeline import AssetFactory, UploadFactory
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    add_version,
)
from tests.jobs import do_jobs
from tracks.catalogue.services import deletion, editing
from tracks.collections import services as collections
from tracks.credits.services import claims
from tracks.downloads.services import giving, people
from tracks.models import Name, NameClaim, ReleaseTrack, Track
from tracks.playlists.services import people as collaborators
from tracks.releases.services import publishing as releasing
from tracks.versions import services as versions
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db
Deed = Callable[[], object]


def publish() -> None:
    track = ReadyTrackFactory.create()
    set_visibility(track=track, visibility="public", by=track.owner)


def close() -> None:
    track = PublicTrackFactory.create()
    set_visibility(track=track, visibility="private", by=track.owner)


def delete() -> None:
    track = PublicTrackFactory.create()
    deletion.delete(track=track, by=track.owner)


def edit() -> None:
    track = PublicTrackFactory.create()
    editing.edit(track=track, by=track.owner, language="de")
    editing.edit(track=track, by=track.owner, language="de")


def bring_back() -> None:
    track = PublicTrackFactory.create(deleted_at=timezone.now())
    deletion.restore(track=track, by=track.owner)
    deletion.restore(track=track, by=track.owner)


def remove() -> None:
    track = PublicTrackFactory.create(deleted_at=timezone.now())
    deletion.remove(track=track, by=track.owner)


def make_primary() -> None:
    track = PublicTrackFactory.create()
    first = track.primary_version
    add_version(track)
    versions.make_primary(version=first, by=track.owner)


def publish_release() -> None:
    words = {"title": "Album", "visibility": "public"}
    release = collections.create(kind="release", owner=UserFactory.create(), words=words)
    collections.edit(collection=release, words={"title": "Album", "visibility": "private"})
    collections.edit(collection=release, words={"title": "Album", "visibility": "public"})


def schedule_release() -> None:
    release = ReleaseFactory.create(visibility="private")
    track = PublicTrackFactory.create(owner=release.owner)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    moment = timezone.now() + timedelta(days=1)
    for _ in range(2):
        releasing.schedule_at(release=release, moment=moment, by=release.owner)


def invite_to_playlist() -> None:
    playlist, person = PlaylistFactory.create(), UserFactory.create()
    for _ in range(2):
        collaborators.invite(playlist=playlist, person=person, by=playlist.owner)


def join_playlist() -> None:
    playlist, person = PlaylistFactory.create(), UserFactory.create()
    collaborators.invite(playlist=playlist, person=person, by=playlist.owner)
    for _ in range(2):
        collaborators.accept(playlist=playlist, person=person)


def write() -> None:
    track = PublicTrackFactory.create()
    notes.write(version=track.primary_version, author=track.owner, body_md="Louder.", at_ms=10)


def resolve() -> None:
    note = NoteFactory.create(version=PublicTrackFactory.create().primary_version)
    notes.resolve(note=note, by=note.version.track.owner)
    notes.resolve(note=note, by=note.version.track.owner)


def join() -> None:
    words = {"username": "mira", "email": "mira@example.org", "display_name": "Mira"}
    Client().post("/accounts/signup/", words | {"password1": "seven quiet harbours"})


def ban() -> None:
    bans.ban(user=UserFactory.create(), by=UserFactory.create(is_staff=True))


def unban() -> None:
    bans.unban(user=UserFactory.create(is_banned=True), by=UserFactory.create(is_staff=True))


def ask_to_leave() -> None:
    person = UserFactory.create()
    asking.ask(person=person, by=person)


def stay() -> None:
    person = UserFactory.create(leaves_at=timezone.now() + timedelta(days=3))
    asking.keep(person=person, by=person)


def leave() -> None:
    person = UserFactory.create(leaves_at=timezone.now() - timedelta(minutes=1))
    leaving.remove(person=person, by=person)


def add(path: Path) -> None:
    UserFactory.create(handle="ada")
    path.write_bytes(b"RIFF" * 1000)
    call_command("upload", str(path), "--as", "@ada", stdout=StringIO())


def sign() -> None:
    track, ada = ReadyTrackFactory.create(), UserFactory.create()
    signoff.name_approver(track=track, by=track.owner, user=ada)
    seen = Seen(board(track).state.stage, track.primary_version_id)
    signoff.sign(track=track, by=ada, seen=seen)


def give() -> None:
    note = NoteFactory.create(version=PublicTrackFactory.create().primary_version)
    notes.assign(note=note, by=note.track.owner, to=note.track.owner)


def invite() -> None:
    track = PublicTrackFactory.create()
    reviewers.invite(track=track, by=track.owner, user=UserFactory.create())
    reviewers.invite(track=track, by=track.owner, user=Reviewer.objects.get().user)


def ask() -> None:
    track = ReadyTrackFactory.create()
    signoff.name_approver(track=track, by=track.owner, user=UserFactory.create())


def make_archive() -> None:
    begin(person=UserFactory.create())
    do_jobs("slow")


def grant() -> None:
    track, person = PublicTrackFactory.create(), UserFactory.create()
    people.grant(thing=track, person=person, by=track.owner)
    people.grant(thing=track, person=person, by=track.owner)


def list_somebody() -> None:
    person, owner = UserFactory.create(), UserFactory.create()
    people.list_listener(owner=owner, person=person)
    people.list_listener(owner=owner, person=person, note="Twice.")


def take() -> None:
    track = PublicTrackFactory.create()
    asset = track.primary_version.media.asset
    get_storage().write(asset.key, b"RIFF", content_type="audio/wav")
    asker = giving.Asker(track.owner)
    with pytest.raises(Problem, match="made ready"):
        giving.ask(thing=track, what="original", by=asker)
    do_jobs("slow")
    giving.ask(thing=track, what="original", by=asker)


def send_other_bytes() -> None:
    upload = UploadFactory.create(asset=AssetFactory.create(), sha256="a" * 64)
    publishing.compare_with_claim(upload.asset, "b" * 64)


def credit_somebody() -> None:
    name = credit(PublicTrackFactory.create(), "Ada").name
    Name.objects.filter(pk=name.pk).update(account=UserFactory.create())
    track = PublicTrackFactory.create()
    credit(track, "Ada")
    credit(track, "Ada")


def claim_name() -> None:
    claims.claim(name=credit(PublicTrackFactory.create(), "Ada").name, by=UserFactory.create())


def decide_claim() -> None:
    claim_name()
    claim, judge = NameClaim.objects.get(), UserFactory.create(is_staff=True)
    claims.decide(claim=claim, by=judge, is_theirs=True)
    claims.decide(claim=claim, by=judge, is_theirs=False)


DEEDS: dict[str, Deed] = {
    "credit.given": credit_somebody,
    "name.claimed": claim_name,
    "name.claim_decided": decide_claim,
    "file.differs": send_other_bytes,
    "track.published": publish,
    "track.closed": close,
    "track.edited": edit,
    "track.deleted": delete,
    "track.restored": bring_back,
    "track.removed": remove,
    "version.made_primary": make_primary,
    "release.scheduled": schedule_release,
    "release.published": publish_release,
    "playlist.invited": invite_to_playlist,
    "playlist.joined": join_playlist,
    "note.written": write,
    "note.resolved": resolve,
    "note.assigned": give,
    "reviewer.invited": invite,
    "approver.asked": ask,
    "sign_off.said": sign,
    "person.joined": join,
    "person.banned": ban,
    "person.unbanned": unban,
    "person.leaving": ask_to_leave,
    "person.stays": stay,
    "person.left": leave,
    "export.ready": make_archive,
    "download.granted": grant,
    "listener.listed": list_somebody,
    "download.given": take,
}
UPLOADED = "version.added"


def test_every_kind_has_its_deed() -> None:
    assert {*DEEDS, UPLOADED} == set(KINDS)


@pytest.mark.parametrize("kind", DEEDS)
def test_a_deed_is_told_once(kind: str) -> None:
    Event.objects.all().delete()
    DEEDS[kind]()
    event = Event.objects.get(kind=kind)
    assert set(event.data) == set(KINDS[kind].data)
    assert all(UUID(value) for value in event.data.values()), "ids only"


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_told_once(tmp_path: Path) -> None:
    add(tmp_path / "song.wav")
    event = Event.objects.get(kind=UPLOADED)
    assert event.data == {"track": str(Track.objects.get().pk)}


def test_what_is_rolled_back_was_never_told() -> None:
    with transaction.atomic():
        publish()
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_nobody_else_is_an_audience() -> None:
    with pytest.raises(ValueError, match="nobody"):
        services.tell("person.joined", of=UserFactory.create(), audience="nobody")


def test_events_are_kept_for_thirty_days() -> None:
    publish()
    join()
    Event.objects.filter(kind="track.published").update(
        created_at=timezone.now() - timedelta(days=31)
    )
    services.forget_old(timezone.now(), 1000)
    assert {event.kind for event in Event.objects.all()} == {"person.joined"}
