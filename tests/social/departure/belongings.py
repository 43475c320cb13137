"""A person with a row in every model that has people in it, and the search for what is left."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from config.lib.kept import KEPT, Fate
from economics.pay_links import services as pay_links
from economics.payouts import services as payouts
from media_pipeline.events.services import tell
from media_pipeline.models import Job, StorageQuota
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services.uploads import place_of
from moderation.models import CaseNote, Evidence, PageText, SavedFilter, Suggestion
from moderation.mutes import services as mutes
from moderation.verification import services as verification
from social.events import PERSON_JOINED
from social.models import (
    ApiToken,
    Approver,
    Export,
    Imported,
    Note,
    Notification,
    Resolution,
    Reviewer,
    SignOff,
    User,
)
from tests.factories import economics
from tests.factories.media_pipeline import AssetFactory, MediaFactory, UploadFactory, finish
from tests.factories.moderation import make_report, moderator, write_to, write_to_reporter
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.stems import ready_stem
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    add_version,
)
from tests.social.departure.paid import paid
from tests.social.departure.said import described, given
from tracks import attesting
from tracks.catalogue.services import editing
from tracks.models import (
    BlindTest,
    Label,
    PlaylistItem,
    PlayQueue,
    ReleaseTrack,
    Track,
    TrackVisual,
)

HANDLE, NAME, EMAIL = "mirabell-quux", "Mirabell Quux", "mirabell@quux.example"


@dataclass
class Belongings:
    """Somebody, what of theirs lies on the piece of somebody else, and their files."""

    person: User
    elsewhere: Track
    note: Note
    files: list[str] = field(default_factory=list)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what nobody may find of them afterwards."""
        return HANDLE, NAME, EMAIL


def everything() -> Belongings:
    """Return a person who has used all there is."""
    person = UserFactory.create(handle=HANDLE, display_name=NAME, email=EMAIL)
    elsewhere = PublicTrackFactory.create()
    made = Belongings(person, elsewhere, _said(person, elsewhere))
    made.files += _music(person)
    made.files += _account(person)
    _seen_by_staff(person)
    given(person, elsewhere, NAME)
    paid(person, elsewhere, NAME)
    tell(PERSON_JOINED, of=person, by=person.pk)
    return made


def _said(person: User, track: Track) -> Note:
    version, owner = track.versions.get(), track.owner
    note = NoteFactory.create(version=version, user=person, body_md="Less reverb.")
    NoteFactory.create(version=version, user=owner, assigned_to=person)
    NoteFactory.create(version=version, user=owner, attribution=NAME)
    NoteFactory.create(version=version, user=owner, attribution=f"@{HANDLE}")
    Resolution.objects.create(note=note, by=person)
    Reviewer.objects.create(track=track, user=person, invited_by=owner)
    Approver.objects.create(track=track, user=person, named_by=owner)
    SignOff.objects.create(track=track, version=version, act="signed", stage="draft", by=person)
    for hearer, actor in ((owner, person), (person, owner)):
        Notification.objects.create(
            user=hearer, kind="noted", actor=actor, actor_name=actor.name, track=track, note=note
        )
    BlindTest.objects.create(
        track=track,
        version_a=version,
        version_b=add_version(track),
        listener=person,
        listener_name=NAME,
    )
    return note


def _music(person: User) -> list[str]:
    track = ReadyTrackFactory.create(owner=person, title=f"A song by {NAME}")
    with attesting.said(attesting.Word(attesting.PAGE, "198.51.100.7", given=True)):
        attesting.require([track.pk])
    verification.begin(person=person, method="hand", subject=NAME, words=f"I am {NAME}.")
    version, storage = track.primary_version, get_storage()
    stem = ready_stem(version)
    picture = MediaFactory.create(asset=finish(AssetFactory.create(owner=person)))
    TrackVisual.objects.create(track=track, media=picture, created_by=person)
    editing.edit(track=track, by=person, lyrics=f"Sung by {NAME}", slug=f"{person.handle}-sings")
    ReviewGuestFactory.create(link__track=track, name=NAME)
    label = Label.objects.create(owner=person, name="Fields", slug="fields")
    release = ReleaseFactory.create(owner=person, label=label)
    playlist = PlaylistFactory.create(owner=person)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    PlaylistItem.objects.create(playlist=playlist, track=track, position=1)
    described(person, NAME, track, playlist)
    others = PlaylistFactory.create()
    PlaylistItem.objects.create(playlist=others, track=track, position=1)
    PlayQueue.objects.create(user=person, items=[{"id": "a", "version": str(version.pk)}])
    NoteFactory.create(version=version)
    nowhere = MediaFactory.create(asset=finish(AssetFactory.create(owner=person)))
    keys = []
    for media in (version.media, stem.media, picture, nowhere):
        asset = media.asset
        type(asset).objects.filter(pk=asset.pk).update(filename=f"{NAME}.wav")
        keys += [asset.key, f"transcodes/{asset.pk}/a1/master.m3u8", f"waveforms/{asset.pk}.json"]
    for key in keys:
        storage.write(key, b"sound", content_type="x/y")
    return keys


def _account(person: User) -> list[str]:
    address = EmailAddress.objects.create(user=person, email=EMAIL, verified=True, primary=True)
    EmailConfirmation.objects.create(email_address=address, key="k", sent=timezone.now())
    Authenticator.objects.create(user=person, type="totp", data={"secret": HANDLE})
    ApiToken.issue(user=person, name=f"{NAME}’s laptop")
    Imported.objects.create(owner=person, origin="tracks.track:1", local=str(person.pk))
    key = f"exports/{person.pk}.zip"
    get_storage().write(key, b"PK", content_type="application/zip")
    Export.objects.create(user=person, key=key, expires_at=timezone.now() + timedelta(days=1))
    upload = UploadFactory.create(owner=person, filename=f"{NAME}.flac")
    half = place_of(upload).key
    get_storage().write(half, b"half", content_type="x/y")
    StorageQuota.objects.create(user=person, bytes=10**12)
    Job.objects.create(
        kind="x",
        queue="general",
        dedupe_key="x",
        subject_type="social.User",
        subject_id=str(person.pk),
    )
    person.groups.add(Group.objects.create(name="Helpers"))
    person.user_permissions.add(Permission.objects.first())
    Client().force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    for typed in (HANDLE.upper(), EMAIL):
        tried = {"username": typed, "ip_address": "10.0.0.1", "path_info": "/", "http_accept": ""}
        AccessAttempt.objects.create(failures_since_start=1, **tried)
        AccessFailureLog.objects.create(**tried)
        AccessLog.objects.create(**tried)
    link = pay_links.add(by=person, kind="words", where=f"Ask {NAME}.")
    economics.confirm(economics.declare(person, amount=10_000))
    payouts.ask(by=person, amount=1000, link=link, key="k" * 22)
    return [key, half]


def _seen_by_staff(person: User) -> None:
    boss = StaffFactory.create()
    Evidence.objects.create(
        moderator=boss, person=person, reason=f"About {NAME}", expires_at=timezone.now()
    )
    reported = make_report(PublicTrackFactory.create(), reporter=person)
    write_to_reporter(reported)
    mutes.warn(report=reported, by=moderator(), facts=f"{NAME} says so often.")
    SavedFilter.objects.create(moderator=person, name="Mine", query="whose=mine")
    about = make_report(person, "person")
    write_to(about.case)
    Suggestion.objects.create(
        case=about.case, suggester="x", digest="x", words=f"Watched: {NAME}", dismissed_by=person
    )
    CaseNote.objects.create(case=about.case, by=boss, words="Have a look.")
    PageText.objects.create(page="terms", number=1, words="Be kind.", by=person)
    rows: list[Any] = [person, EmailAddress.objects.get(user=person)]
    rows += [StorageQuota.objects.get(user=person), Evidence.objects.get(person=person)]
    for row in rows:
        LogEntry.objects.create(
            user=boss,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=2,
            change_message=f"Changed {row}.",
        )


def models_without_a_row() -> set[str]:
    """Return the models that are to lose something of a person and have no row at all."""
    return {
        label
        for label, kept in KEPT.items()
        if kept.fate is not Fate.KEPT and not apps.get_model(label)._base_manager.exists()
    }


def left_of(words: tuple[str, ...], person: User) -> list[str]:
    """Return every row of any table in which one of the words stands, in whatever column, and of
    models whose rows are removed, every one that names the person's id."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            rows = [str(row[0]).lower() for row in cursor.fetchall()]
            found += [f"{table}: {row}" for row in rows for word in words if word.lower() in row]
            if table in _removed_tables():
                found += [f"{table}: {row}" for row in rows if str(person.pk) in row]
    for session in Session.objects.all():
        if str(person.pk) in str(session.get_decoded()):
            found.append(f"session {session.pk}")
    return found


def _removed_tables() -> set[str]:
    removed = (label for label, kept in KEPT.items() if kept.fate is Fate.REMOVED)
    return {apps.get_model(label)._meta.db_table for label in removed}
