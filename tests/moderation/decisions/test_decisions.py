"""A decision is a row with its reasons, that nobody changes; it says what is closed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import Job, Media, SealedEntry
from media_pipeline.uploads.services import uploads
from moderation.decisions import services
from moderation.models import Case, Decision
from moderation.models.decision import ClosedNow
from social.models import Note, Notification, User
from social.viewers import Viewer
from tests.factories.media_pipeline import AssetFactory, finish
from tests.factories.moderation import (
    REASONS,
    decide,
    make_case,
    member_of,
    moderator,
)
from tests.factories.notes import NoteFactory
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReleaseFactory,
    add_version,
)
from tests.jobs import do_jobs, read_events
from tracks.models import Playlist, Release, Track, TrackVersion

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def sees(model: Any, row: Any, user: Any = NOBODY) -> bool:
    return bool(model.objects.visible_to(user).filter(pk=row.pk).exists())


def refused(act: Any) -> str:
    with pytest.raises(Problem) as found:
        act()
    return found.value.type


def test_what_is_hidden_is_its_owners_alone_until_it_is_restored() -> None:
    track: Track = PublicTrackFactory.create()
    epoch = track.primary_version.media.epoch
    made = decide(track, "hide")
    assert not sees(Track, track)
    assert not sees(Track, track, UserFactory.create())
    assert not sees(Track, track, StaffFactory.create())
    assert sees(Track, track, track.owner)
    assert Media.objects.get(pk=track.primary_version.media_id).epoch > epoch
    services.restore(decision=made, by=moderator(), facts="It quotes, and says so.")
    assert sees(Track, track)


def test_what_is_removed_is_its_owners_no_more() -> None:
    track: Track = PublicTrackFactory.create()
    decide(track, "remove")
    assert not sees(Track, track, track.owner)
    assert not TrackVersion.objects.visible_to(track.owner).filter(track=track).exists()


def test_one_version_can_be_hidden_and_the_others_play_on() -> None:
    track: Track = PublicTrackFactory.create()
    first = track.primary_version
    second = add_version(track, finish(AssetFactory.create(owner=track.owner)))  # primary now
    note = NoteFactory.create(version=first, body_md="Only here.")
    reads = Note.objects.readable_by(Viewer(NOBODY)).filter(pk=note.pk)
    assert reads.exists()
    made = decide(first, "hide", "version")
    assert sees(Track, track)
    assert not sees(TrackVersion, first)
    assert set(TrackVersion.objects.shown_on(track, NOBODY)) == {second}
    assert set(TrackVersion.objects.shown_on(track, track.owner)) == {first, second}
    assert not reads.exists()
    services.restore(decision=made, by=moderator(), facts="Wrong version.")
    assert reads.exists()
    decide(second, "hide", "version")
    assert not sees(Track, track), "the primary version is what a track has to give"
    assert sees(Track, track, track.owner)
    Track.objects.filter(pk=track.pk).update(primary_version=first)
    assert sees(Track, track)
    assert not sees(TrackVersion, second)


def test_releases_playlists_and_notes_can_be_hidden() -> None:
    release = ReleaseFactory.create(visibility="public")
    playlist = PlaylistFactory.create(visibility="public")
    note = NoteFactory.create()
    answer = NoteFactory.create(version=note.version, parent=note)
    for row, scope, model in ((release, "release", Release), (playlist, "playlist", Playlist)):
        made = decide(row, "hide", scope)
        assert not sees(model, row)
        assert sees(model, row, row.owner)
        services.restore(decision=made, by=moderator(), facts="No.")
        assert sees(model, row)
    decide(note, "hide", "note")
    read = Note.objects.readable_by(Viewer(NOBODY))
    assert not read.filter(pk__in=[note.pk, answer.pk]).exists()
    assert Note.objects.readable_by(Viewer(note.user)).filter(pk=note.pk).exists()


def test_a_ban_and_suspended_uploads_are_decisions_too() -> None:
    person: User = UserFactory.create()
    made = decide(person, "suspend_uploads", "person")
    assert refused(lambda: uploads.create(owner=person, filename="a.wav", size=9)) == (
        "uploads-suspended"
    )
    services.restore(decision=made, by=moderator(), facts="No.")
    assert uploads.create(owner=person, filename="a.wav", size=9)
    banned = decide(person, "ban", "person")
    assert User.objects.get(pk=person.pk).is_banned
    services.restore(decision=banned, by=moderator(), facts="No.")
    assert not User.objects.get(pk=person.pk).is_banned


def test_a_decision_for_a_while_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    track, now = PublicTrackFactory.create(), timezone.now()
    for days_ago, is_open in ((2, False), (4, True)):
        monkeypatch.setattr(timezone, "now", lambda n=days_ago: now - timedelta(days=n))
        made = decide(track, "hide", statement=replace(REASONS, days=3))
        assert sees(Track, track) is is_open
        if not is_open:
            services.restore(decision=made, by=moderator(), facts="For the test.")
    monkeypatch.undo()
    job = Job.objects.get(kind="decision-ends", subject_id=str(made.pk))
    assert job.run_after == made.until
    epoch = track.primary_version.media.epoch
    do_jobs()
    assert Job.objects.get(pk=job.pk).state == Job.State.SUCCEEDED
    assert Media.objects.get(pk=track.primary_version.media_id).epoch > epoch


def test_the_service_says_what_is_missing() -> None:
    track = PublicTrackFactory.create()
    case, by = make_case(track), moderator()

    def act(kind: str = "hide", scope: str = "track", **words: Any) -> str:
        said = replace(REASONS, **words)
        return refused(
            lambda: services.decide(
                case=case, by=by, kind=kind, scope=scope, row=track, statement=said
            )
        )

    for name in ("facts", "clause", "territory", "redress", "ground"):
        assert act(**{name: " "}) == "statement-missing"
    assert act(days=0) == "invalid-days"
    assert act(kind="suspend_uploads") == "no-such-effect"
    assert act(kind="ban") == "no-such-effect"
    assert not Decision.objects.exists()


def test_own_content_and_own_decisions_are_refused() -> None:
    one, other, third = moderator(), moderator(), moderator()
    track = PublicTrackFactory.create(owner=one)
    assert refused(lambda: decide(track, "hide", by=one)) == "own-content"
    made = decide(track, "hide", by=other)
    undo = {"decision": made, "facts": "No."}
    assert refused(lambda: services.restore(by=other, **undo)) == "own-decision"
    assert refused(lambda: services.restore(by=one, **undo)) == "own-content"
    assert services.restore(by=third, **undo)
    assert refused(lambda: services.restore(by=third, **undo)) == "already-undone"


def test_in_a_house_of_one_an_own_decision_waits_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = moderator()
    made = decide(PublicTrackFactory.create(), "hide", by=alone)
    undo = {"decision": made, "by": alone, "facts": "No."}
    assert refused(lambda: services.restore(**undo)) == "too-early"
    monkeypatch.setattr(timezone, "now", lambda: made.created_at + timedelta(hours=25))
    assert refused(lambda: services.restore(**undo)) == "code-needed"
    alone.authenticator_set.update(last_used_at=timezone.now())  # type: ignore[attr-defined]
    assert services.restore(**undo)
    assert SealedEntry.objects.filter(kind="decision.made").latest("id").data["alone"] is True


def test_only_moderators_decide_and_the_rights_desk_of_copyright() -> None:
    track = PublicTrackFactory.create()
    for nobody in (UserFactory.create(), member_of("finance"), member_of("editor")):
        assert refused(lambda who=nobody: decide(track, "hide", by=who)) == "not-a-moderator"
    rights = member_of("rights desk")
    assert refused(lambda: decide(track, "hide", by=rights)) == "not-a-moderator"
    Case.objects.update(reason="copyright")
    case = Case.objects.get()
    words: Any = {"kind": "hide", "scope": "track", "row": track, "statement": REASONS}
    assert services.decide(case=case, by=rights, **words)


def test_whom_it_touches_hears_of_it_with_the_reasons_and_it_is_sealed() -> None:
    track = PublicTrackFactory.create(title="Loud")
    by = moderator()
    made = decide(track, "hide", by=by)
    entry = SealedEntry.objects.get(kind="decision.made")
    assert entry.actor == str(by.pk)
    assert entry.data["decision"] == str(made.pk)
    assert Case.objects.get().state == "closed"
    read_events()
    notice = Notification.objects.get(user=track.owner, kind="decided")
    assert notice.actor is None
    assert Job.objects.filter(kind="send-mail").count() == 1
    assert refused(lambda: decide(track, "hide")) == "already-decided"


def test_nobody_is_told_that_nothing_was_done() -> None:
    track = PublicTrackFactory.create()
    decide(track, "no_action")
    read_events()
    assert not Notification.objects.filter(user=track.owner).exists()
    assert not Job.objects.filter(kind="send-mail").exists()
    assert sees(Track, track)


def test_what_closes_is_what_is_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = PublicTrackFactory.create_batch(5)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=4))
    decide(tracks[0], "hide", statement=replace(REASONS, days=3))
    monkeypatch.undo()
    decide(tracks[1], "hide", statement=replace(REASONS, days=3))
    decide(tracks[2], "remove")
    decide(tracks[3], "warn")
    undone = decide(tracks[4], "hide")
    services.restore(decision=undone, by=moderator(), facts="For the test.")
    for kinds in (["hide", "remove"], ["remove"]):
        rows = Decision.objects.in_force().filter(scope="track", kind__in=kinds)
        closed = Track.objects.filter(ClosedNow("pk", "track", *kinds))
        assert {track.pk for track in closed} == {row.target_id for row in rows}
        assert len(closed) == len(kinds)
