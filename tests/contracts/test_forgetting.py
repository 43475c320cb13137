"""Every rule forgets what has lived long enough, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from assistant.models import ProviderCall
from config.lib import kept
from config.lib.ids import uuid7
from media_pipeline.models import Backup, Event, Job, Upload
from media_pipeline.retention.services import carry_out
from moderation.models import Attestation, Evidence, Mute, Report, Verification
from moderation.models import Case as Judged
from moderation.mutes import services as mutes
from social.models import ApiToken, Notification, ReviewGuest, ReviewLink
from tests.factories.media_pipeline import UploadFactory
from tests.factories.moderation import make_report, moderator
from tests.factories.notes import NoteFactory
from tests.factories.review import ReviewGuestFactory, ReviewLinkFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tracks.models import BlindTest, Download, DownloadGrant, Name, Track

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Rules that another topic tests with what it builds.
ELSEWHERE = {"exports", "declared-contributions"}

Case = Callable[[datetime], models.Model]


def made(row: Any, **moments: Any) -> Any:
    """Return the row with moments that it would not have got by itself."""
    type(row)._base_manager.filter(pk=row.pk).update(**moments)
    return row


def event(at: datetime) -> Event:
    return made(Event.objects.create(kind="a.b", subject="a.b:1"), created_at=at)


def upload(at: datetime) -> Upload:
    return UploadFactory.create(state="expired", expires_at=at)


def job(at: datetime) -> Job:
    row = Job.objects.create(kind="x", queue="general", dedupe_key=str(at), state="succeeded")
    return made(row, finished_at=at)


def backup(at: datetime) -> Backup:
    return made(Backup.objects.create(target="/x", state="failed"), started_at=at)


def session(at: datetime) -> Session:
    return Session.objects.create(session_key=f"{at:%Y%m%d%H%M%S}", expire_date=at)


def attempt(at: datetime) -> AccessAttempt:
    words = {"username": str(at), "ip_address": "10.0.0.1", "failures_since_start": 1}
    return made(AccessAttempt.objects.create(**words), attempt_time=at)


def confirmation(at: datetime) -> EmailConfirmation:
    person = UserFactory.create()
    address = EmailAddress.objects.create(user=person, email=person.email)
    return EmailConfirmation.objects.create(email_address=address, sent=at, key=person.handle)


def log_entry(at: datetime) -> LogEntry:
    words = {"user": UserFactory.create(), "object_repr": "x", "action_flag": 2}
    return made(LogEntry.objects.create(**words), action_time=at)


def token(at: datetime) -> ApiToken:
    return made(ApiToken.issue(user=UserFactory.create())[0], revoked_at=at)


def link(at: datetime) -> ReviewLink:
    return ReviewLinkFactory.create(revoked_at=at)


def news(at: datetime) -> Notification:
    return Notification.objects.create(user=UserFactory.create(), kind="noted", read_at=at)


def evidence(at: datetime) -> Evidence:
    words = {"moderator": UserFactory.create(), "person": UserFactory.create()}
    return Evidence.objects.create(reason="A report.", expires_at=at, **words)


def report(at: datetime) -> Report:
    row = make_report(PublicTrackFactory.create())
    made(row.case, state="closed", closed_at=at)
    return row


def case(at: datetime) -> Judged:
    row = make_report(PublicTrackFactory.create()).case
    row.reports.all().delete()
    return made(row, state="closed", closed_at=at)


def mute(at: datetime) -> Mute:
    words = {"by": moderator(), "facts": "It is not so."}
    return made(mutes.warn(report=make_report(PublicTrackFactory.create()), **words), created_at=at)


def attestation(at: datetime) -> Attestation:
    words = {"track_key": uuid7(), "title": "Gone", "person": UserFactory.create()}
    return made(Attestation.objects.create(version=1, way="page", **words), attested_at=at)


def verification(at: datetime) -> Verification:
    words = {"person": UserFactory.create(), "method": "dns", "subject": "example.org"}
    return Verification.objects.create(state="ended", ended_at=at, **words)


def blind_test(at: datetime) -> BlindTest:
    track = PublicTrackFactory.create()
    first = track.primary_version
    row = BlindTest.objects.create(track=track, version_a=first, version_b=add_version(track))
    return made(row, created_at=at)


def deleted(at: datetime) -> Track:
    return PublicTrackFactory.create(deleted_at=at)


def download(at: datetime) -> Download:
    words = {"title": "Song", "what": "mp3", "size_bytes": 7}
    return made(Download.objects.create(owner=UserFactory.create(), **words), at=at)


def download_grant(at: datetime) -> DownloadGrant:
    words = {"track": PublicTrackFactory.create(), "person": UserFactory.create()}
    return DownloadGrant.objects.create(revoked_at=at, **words)


def name(at: datetime) -> Name:
    key = f"name {at.timestamp()}"
    return made(Name.objects.create(name=key, key=key, slug=slugify(key)), created_at=at)


def provider_call(at: datetime) -> ProviderCall:
    words = {"provider": "openai", "task": "embedding", "model": "m", "status": "ok"}
    return made(ProviderCall.objects.create(units=1, **words), asked_at=at)


# The rule, a row of a moment, and how old it gets.
CASES: dict[str, tuple[Case, timedelta]] = {
    "events": (event, 30 * DAY),
    "uploads": (upload, 30 * DAY),
    "jobs": (job, DAY),
    "backups": (backup, 400 * DAY),
    "sessions": (session, timedelta()),
    "sign-in-tries": (attempt, DAY + timedelta(minutes=15)),
    "email-confirmations": (confirmation, 3 * DAY),
    "admin-log": (log_entry, 730 * DAY),
    "api-tokens": (token, 90 * DAY),
    "review-links": (link, 90 * DAY),
    "notifications": (news, 180 * DAY),
    "evidence": (evidence, 365 * DAY),
    "mutes": (mute, 730 * DAY),
    "attestations": (attestation, 3 * 365 * DAY),
    "verifications": (verification, 365 * DAY),
    "cases": (case, 730 * DAY),
    "reports": (report, 730 * DAY),
    "downloads": (download, 730 * DAY),
    "download-grants": (download_grant, 365 * DAY),
    "unfinished-blind-tests": (blind_test, 30 * DAY),
    "deleted-music": (deleted, 30 * DAY),
    "unused-names": (name, 30 * DAY),
    "provider-calls": (provider_call, 90 * DAY),
}


def test_every_rule_has_its_case() -> None:
    assert set(CASES) == set(kept.RULES) - ELSEWHERE


@pytest.mark.parametrize("name", CASES)
def test_what_is_old_goes_and_what_is_younger_stays(name: str) -> None:
    make, age = CASES[name]
    now = timezone.now()
    old = make(now - age - timedelta(minutes=1))
    young = make(now - age + timedelta(minutes=5))
    outcome = carry_out(kept.RULES[name])
    left = set(type(old)._base_manager.values_list("pk", flat=True))
    assert (old.pk in left, young.pk in left) == (False, True)
    assert (outcome.removed, outcome.is_done) == (1, True)
    assert carry_out(kept.RULES[name]).removed == 0


def test_what_was_never_read_is_kept_for_longer() -> None:
    now = timezone.now()
    person = UserFactory.create()
    for days in (399, 401):
        row = Notification.objects.create(user=person, kind="noted")
        made(row, created_at=now - days * DAY)
    assert carry_out(kept.RULES["notifications"]).removed == 1


def test_the_newest_backup_of_a_kind_that_went_well_stays() -> None:
    long_ago = timezone.now() - 500 * DAY
    for kind in Backup.Kind.values:
        for days in (0, 1):
            at = long_ago + days * DAY
            row = Backup.objects.create(target="/x", kind=kind, state="succeeded")
            made(row, started_at=at, finished_at=at)
    running = made(Backup.objects.create(target="/x", state="running"), started_at=long_ago)
    assert carry_out(kept.RULES["backups"]).removed == 2
    left = Backup.objects.exclude(pk=running.pk)
    assert {row.kind for row in left} == set(Backup.Kind.values)
    assert {row.finished_at for row in left} == {long_ago + DAY}


def test_notes_by_a_link_stay_with_their_guest_and_the_password_goes() -> None:
    ended = timezone.now() - 91 * DAY
    wrote = ReviewGuestFactory.create(link__expires_at=ended, link__password="hash")
    silent = ReviewGuestFactory.create(link=wrote.link, name="Ben")
    version = wrote.link.track.primary_version
    note = NoteFactory.create(version=version, user=None, guest=wrote, body_md="Louder.")
    unheard = ReviewGuestFactory.create(link__revoked_at=ended)
    lives = ReviewGuestFactory.create(link__password="hash")
    assert carry_out(kept.RULES["review-links"]).removed == 4
    left = set(ReviewGuest.objects.values_list("pk", flat=True))
    assert left == {wrote.pk, lives.pk}
    assert silent.pk not in left
    assert not ReviewLink.objects.filter(pk=unheard.link_id).exists()
    note.refresh_from_db()
    assert (note.body_md, note.guest.name) == ("Louder.", "Ana")
    assert ReviewLink.objects.get(pk=wrote.link_id).password == ""
    assert ReviewLink.objects.get(pk=lives.link_id).password == "hash"
