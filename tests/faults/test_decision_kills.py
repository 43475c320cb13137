"""A worker killed between a decision and what follows from it: all of it follows all the same."""

import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from media_pipeline.jobs.services import ending
from media_pipeline.models import Asset, Event, Job
from media_pipeline.processing.services.muting import stuck
from moderation.decisions.muting import try_again
from moderation.decisions.services import ENDS
from moderation.models import Decision, Walk
from moderation.walks.services import KIND as WALKS
from social.accounts.services.mails import KIND as MAILS
from social.models import User
from tests.factories.moderation import (
    REASONS,
    as_before_decisions,
    decide,
    make_case,
    moderator,
)
from tests.factories.originals import give_original
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.mail import Postbox
from tests.sites import Site, wait_until
from tracks.models import Track

QUICK = {"NEXUS_LEASE_SECONDS": "2", "NEXUS_HEARTBEAT_SECONDS": "1"}
START_SECONDS = 30


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.mark.parametrize("kind", [MAILS, WALKS])
@pytest.mark.parametrize("stage", ["job:claim", "job:before-end"])
def test_letter_and_walk_follow_a_decision_all_the_same(site: Site, stage: str, kind: str) -> None:
    with Postbox.open() as post:
        mailing = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(post.port), **QUICK}
        made = decide(PublicTrackFactory.create(title="Loud"), "hide")
        killed = site.work("general", NEXUS_FAULT=f"{stage}={kind}", **mailing)
        assert killed.wait(START_SECONDS) == -signal.SIGKILL
        site.work("general", **mailing)
        waiting = Job.objects.filter(kind__in=[MAILS, WALKS]).exclude(state="succeeded")
        wait_until(lambda: not waiting.exists(), 60)
        letters = {message["Message-ID"]: message["Subject"] for message in post.messages}
    assert list(letters.values()) == ["A decision about “Loud”"], "one sent twice says so"
    assert Walk.objects.filter(decision=made).exists()


@pytest.mark.parametrize("stage", ["job:claim", "job:before-end"])
def test_a_ban_for_a_time_ends_though_its_worker_was_killed(site: Site, stage: str) -> None:
    person: User = UserFactory.create()
    made = decide(person, "ban", "person", statement=replace(REASONS, days=7))
    over = timezone.now() - timedelta(minutes=1)
    as_before_decisions(Decision.objects.filter(pk=made.pk), until=over)
    Job.objects.filter(kind=ENDS).update(run_after=over)
    assert User.objects.get(pk=person.pk).is_banned
    killed = site.work("general", NEXUS_FAULT=f"{stage}={ENDS}", **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    site.work("general", **QUICK)
    wait_until(lambda: Job.objects.get(kind=ENDS).state == "succeeded", 60)
    assert not User.objects.get(pk=person.pk).is_banned


def muted() -> tuple[Decision, Asset]:
    """Let a moderator mute a moment of a piece that plays; it is to be made again."""
    version = PublicTrackFactory.create(title="Loud").primary_version
    give_original(version, seconds=3, loud=(0, 3))
    words = {"statement": replace(REASONS, span=(1000, 2000)), "case": make_case(version.track)}
    return decide(version, "hide", "moment", **words), version.media.asset


def recovered(asset: Asset, state: str) -> Callable[[], bool]:
    """Return what does the clock's part, and tells whether the job has come to this state."""

    def has_come() -> bool:
        ending.recover(Job.objects.all())
        return Job.objects.filter(asset=asset, kind="process").latest("pk").state == state

    return has_come


@pytest.mark.parametrize("stage", ["job:claim", "job:after-publish", "job:before-finish"])
def test_a_piece_is_made_again_though_its_worker_was_killed(site: Site, stage: str) -> None:
    made, asset = muted()
    published = Track.objects.get().published_at
    killed = site.work(NEXUS_FAULT=stage, **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    site.work(**QUICK)
    wait_until(recovered(asset, "succeeded"), 60)
    asset.refresh_from_db()
    assert asset.ready_at
    assert Track.objects.get().published_at == published
    assert not stuck().exists()
    assert made.case.decisions.count() == 1


def test_what_stops_every_worker_is_told_and_can_be_tried_again(site: Site) -> None:
    made, asset = muted()
    Job.objects.filter(asset=asset, state="pending").update(crash_count=2)
    killed = site.work(NEXUS_FAULT="job:probe", **QUICK)
    assert killed.wait(START_SECONDS) == -signal.SIGKILL
    wait_until(recovered(asset, "quarantined"), 60)
    assert list(stuck()) == [asset]
    assert Event.objects.get(kind="moment.stuck").subject == f"moderation.decision:{made.pk}"
    try_again(decision=made, by=moderator())
    site.work(**QUICK)
    wait_until(recovered(asset, "succeeded"), 60)
    assert not stuck().exists()
