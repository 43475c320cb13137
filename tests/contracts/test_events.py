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

from media_pipeline.events import services
from media_pipeline.events.registry import KINDS
from media_pipeline.models import Event
from media_pipeline.processing.services import publishing
from social.departure.services import asking, leaving
from social.exports.services.beginning import begin
from social.models import Reviewer
from social.notes.services import notes
from social.profiles import services as profiles
from social.review.services import reviewers
from social.signoff import services as signoff
from social.signoff.selectors import board
from social.signoff.services import Seen
from tests.contracts import (
    deeds_of_judges,
    deeds_of_machines,
    deeds_of_money,
    deeds_of_music,
    deeds_of_suggestions,
)
from tests.factories import moderation as judges
from tests.factories.media_pipeline import AssetFactory, UploadFactory
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PublicTrackFactory,
    ReadyTrackFactory,
)
from tests.jobs import do_jobs
from tracks.models import Track

pytestmark = pytest.mark.django_db
Deed = Callable[[], object]


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
    judges.ban(UserFactory.create())


def unban() -> None:
    judges.unban(judges.banned())


def describe_oneself() -> None:
    profiles.describe(by=UserFactory.create(), words={"press_md": "I sing."})


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


def send_other_bytes() -> None:
    upload = UploadFactory.create(asset=AssetFactory.create(), sha256="a" * 64)
    publishing.compare_with_claim(upload.asset, "b" * 64)


DEEDS: dict[str, Deed] = {
    **deeds_of_music.DEEDS,
    **deeds_of_judges.DEEDS,
    **deeds_of_money.DEEDS,
    **deeds_of_machines.DEEDS,
    **deeds_of_suggestions.DEEDS,
    "file.differs": send_other_bytes,
    "note.written": write,
    "note.resolved": resolve,
    "note.assigned": give,
    "reviewer.invited": invite,
    "approver.asked": ask,
    "sign_off.said": sign,
    "person.joined": join,
    "person.banned": ban,
    "person.unbanned": unban,
    "person.edited": describe_oneself,
    "person.leaving": ask_to_leave,
    "person.stays": stay,
    "person.left": leave,
    "export.ready": make_archive,
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
        deeds_of_music.publish()
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_nobody_else_is_an_audience() -> None:
    with pytest.raises(ValueError, match="nobody"):
        services.tell("person.joined", of=UserFactory.create(), audience="nobody")


def test_events_are_kept_for_thirty_days() -> None:
    deeds_of_music.publish()
    join()
    Event.objects.filter(kind="track.published").update(
        created_at=timezone.now() - timedelta(days=31)
    )
    services.forget_old(timezone.now(), 1000)
    assert {event.kind for event in Event.objects.all()} == {"person.joined"}
