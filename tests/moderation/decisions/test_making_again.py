"""A piece that cannot be made again without a muted moment is never stuck, and never silent."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models.functions import Now
from django.test import Client

from config.lib.problems import Problem
from media_pipeline.jobs.services.running import run_job
from media_pipeline.models import Event, Job, SealedEntry
from media_pipeline.processing.services.muting import stuck
from media_pipeline.storage import get_storage
from moderation.decisions.muting import try_again
from moderation.decisions.services import restore
from moderation.models import Case, Decision
from social.models import Notification, User
from tests.factories.moderation import REASONS, decide, make_case, member_of, moderator
from tests.factories.originals import give_original
from tests.factories.stems import ready_stem
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs, read_events
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/moderation/case/"
MOMENT = replace(REASONS, span=(200, 400))
TRIES = 8


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def track() -> Track:
    """A public piece that plays."""
    made: Track = PublicTrackFactory.create(title="Loud")
    give_original(made.primary_version, seconds=1, loud=(0, 1))
    return Track.objects.get(pk=made.pk)


def asset_of(track: Track) -> Any:
    asset = track.primary_version.media.asset
    asset.refresh_from_db()
    return asset


def mute(track: Track, by: User | None = None) -> Decision:
    words: dict[str, Any] = {"statement": MOMENT, "case": make_case(track), "by": by}
    return decide(track.primary_version, "hide", "moment", **words)


def hide_original(track: Track) -> bytes:
    """Put something in place of an original that nothing can be made of; return what it was."""
    key = asset_of(track).key
    was = get_storage().read(key)
    get_storage().write(key, b"nothing" * 1000, content_type="audio/wav")
    return was


def put_back(track: Track, data: bytes) -> None:
    get_storage().write(asset_of(track).key, data, content_type="audio/wav")


def job_of(track: Track) -> Job:
    return Job.objects.filter(asset=asset_of(track), kind="process").latest("pk")


def fail_for_good(track: Track) -> None:
    """Let the job be tried as often as it is tried by itself."""
    for _ in range(TRIES):
        assert job_of(track).state == "pending"
        Job.objects.update(run_after=Now())
        run_job(job_of(track).pk)
    assert job_of(track).state == "failed"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(person: User) -> set[str]:
    return set(Notification.objects.filter(user=person).values_list("kind", flat=True))


def test_it_is_tried_again_by_itself_and_comes_back(track: Track) -> None:
    published = track.published_at
    made = mute(track)
    was = hide_original(track)
    run_job(job_of(track).pk)
    job = job_of(track)
    assert (job.state, job.failures) == ("pending", 1)
    owner = signed_in(track.owner)
    assert "It is being made again" in owner.get("/me/decisions/").text
    assert owner.get("/api/v1/me/decisions/").json()["decisions"][0]["making"] == "waiting"
    page = signed_in(moderator()).get(f"{QUEUE}{made.case_id}/change/").text
    assert "It is being made again" in page
    assert "Try again" not in page
    put_back(track, was)
    Job.objects.update(run_after=Now())
    run_job(job.pk)
    assert asset_of(track).ready_at
    assert Track.objects.get(pk=track.pk).published_at == published
    assert owner.get("/api/v1/me/decisions/").json()["decisions"][0]["making"] == "made"
    assert not Event.objects.filter(kind="moment.stuck").exists()


def test_when_it_fails_everybody_is_told_and_a_moderator_tries_again(track: Track) -> None:
    published, by = track.published_at, moderator()
    made = mute(track, by)
    was = hide_original(track)
    fail_for_good(track)
    assert list(stuck()) == [asset_of(track)]
    read_events()
    assert "stuck" in told(track.owner)
    assert "stuck-case" in told(by)
    assert Track.objects.get(pk=track.pk).published_at == published, "it is not a new piece then"
    assert "could not be made again" in signed_in(track.owner).get("/me/decisions/").text
    client = signed_in(moderator())
    assert not Case.objects.get().is_open
    assert "not made again" in client.get(f"{QUEUE}?waiting=stuck").text
    page = client.get(f"{QUEUE}{made.case_id}/change/").text
    assert f'action="{QUEUE}{made.pk}/anew/"' in page
    put_back(track, was)
    client.post(f"{QUEUE}{made.pk}/anew/")
    assert SealedEntry.objects.filter(kind="moment.again").count() == 1
    do_jobs("fast")
    assert asset_of(track).ready_at
    assert Track.objects.get(pk=track.pk).published_at == published
    assert Client().get(track.get_absolute_url()).status_code == 200
    assert "Loud" not in client.get(f"{QUEUE}?waiting=stuck").text
    again = client.post(f"{QUEUE}{made.pk}/anew/", follow=True)
    assert "Nothing of it has failed" in again.text


def test_only_who_decides_the_case_tries_again(track: Track) -> None:
    made = mute(track)
    hide_original(track)
    fail_for_good(track)
    for person in (track.owner, member_of("finance"), member_of("rights desk")):
        with pytest.raises(Problem) as refused:
            try_again(decision=made, by=person)
        assert refused.value.type == "not-a-moderator"
    assert job_of(track).state == "failed"


def test_the_decision_that_undoes_it_always_brings_it_back(track: Track) -> None:
    published = track.published_at
    made = mute(track)
    was = hide_original(track)
    fail_for_good(track)
    put_back(track, was)
    restore(decision=made, by=moderator(), facts="No.")
    do_jobs("fast")
    assert asset_of(track).ready_at
    assert Track.objects.get(pk=track.pk).published_at == published
    assert Client().get(track.get_absolute_url()).status_code == 200


def test_the_undoing_can_be_tried_again_as_well(track: Track) -> None:
    made = mute(track)
    was = hide_original(track)
    undoing = restore(decision=made, by=moderator(), facts="No.")
    fail_for_good(track)
    by = moderator()
    assert f"{QUEUE}{undoing.pk}/anew/" in signed_in(by).get(f"{QUEUE}{made.case_id}/change/").text
    put_back(track, was)
    try_again(decision=undoing, by=by)
    do_jobs("fast")
    assert asset_of(track).ready_at


def test_an_original_that_is_gone_is_said_at_once(track: Track) -> None:
    mute(track)
    get_storage().delete(asset_of(track).key)
    run_job(job_of(track).pk)
    assert job_of(track).state == "failed"
    assert Event.objects.filter(kind="moment.stuck").exists()


def test_a_stem_that_cannot_be_made_again_is_found(track: Track) -> None:
    ready_stem(track.primary_version)  # of an original that is nowhere
    made = mute(track)
    do_jobs("fast")
    assert asset_of(track).ready_at
    read_events()
    assert "stuck" in told(track.owner)
    page = signed_in(moderator()).get(f"{QUEUE}{made.case_id}/change/").text
    assert f"{QUEUE}{made.pk}/anew/" in page
