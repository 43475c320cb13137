"""A moderator hears of the original what a decision has closed; nobody else does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from media_pipeline.storage import get_storage
from moderation.custody.services import keep
from moderation.decisions.services import restore
from moderation.hearing import services
from moderation.models import Case
from social.models import User
from tests.factories.moderation import (
    REASONS,
    decide,
    make_case,
    make_report,
    member_of,
    moderator,
)
from tests.factories.originals import give_original
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tests.media_pipeline.audio import decode
from tracks.models import Track, TrackVersion

pytestmark = pytest.mark.django_db
QUEUE = "/admin/moderation/case/"
SPAN = (40_000, 42_000)
RATE = 8_000


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def muted() -> tuple[Case, TrackVersion]:
    """A piece of which two seconds are muted: those in which it sounds."""
    version = PublicTrackFactory.create(title="Loud").primary_version
    give_original(version, seconds=60, loud=(40, 42))
    made = decide(
        version,
        "hide",
        "moment",
        statement=replace(REASONS, span=SPAN),
        case=make_case(version.track),
    )
    return made.case, version


def hear(person: Any, case: Case, version: TrackVersion, at: str = "0:35") -> Any:
    client = Client()
    if person:
        client.force_login(person)
    return client.post(f"{QUEUE}{case.pk}/hear/", {"version": version.pk, "at": at})


def sounds_at(answer: Any, place: Path) -> tuple[float, float]:
    """Return from which second to which something is heard of an answer."""
    place.write_bytes(answer.content)
    samples = np.frombuffer(decode(place, "-ac", "1", "-ar", str(RATE)), "<i2")
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 5_000)
    return (float(loud[0] / RATE), float(loud[-1] / RATE)) if len(loud) else (0, 0)


def refusal(answer: Any, person: User) -> str:
    """Return what the page of the case says after a refusal."""
    assert answer.status_code == 302
    client = Client()
    client.force_login(person)
    client.cookies = answer.client.cookies
    return client.get(answer.headers["Location"]).text


def test_what_is_muted_plays_from_the_original_for_who_judges(
    muted: tuple[Case, TrackVersion], tmp_path: Path
) -> None:
    case, version = muted
    by = moderator()
    client = Client()
    client.force_login(by)
    page = client.get(f"{QUEUE}{case.pk}/change/").text
    assert f'action="{QUEUE}{case.pk}/hear/"' in page
    assert 'value="0:35"' in page, "five seconds before the moment"
    answer = hear(by, case, version)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].split(", "))
    begins, ends = sounds_at(answer, tmp_path / "heard.mp3")
    assert begins == pytest.approx(5, abs=0.15)
    assert ends == pytest.approx(7, abs=0.15)
    entry = SealedEntry.objects.get(kind="original.heard")
    assert (entry.actor, entry.subject) == (str(by.pk), f"moderation.case:{case.pk}")
    assert entry.data == {"version": str(version.pk), "at_ms": 35_000, "ms": 30_000}
    hear(by, case, version, "0:41")
    assert SealedEntry.objects.filter(kind="original.heard").count() == 2, "each time"


def test_nobody_hears_it_who_does_not_judge_the_case(muted: tuple[Case, TrackVersion]) -> None:
    case, version = muted
    everybody = [None, UserFactory.create(), version.track.owner]
    staff = [member_of(group) for group in ("finance", "editor", "rights desk")]
    for person in [*everybody, *staff]:
        assert hear(person, case, version).status_code in {302, 403}
    was = moderator()
    User.objects.filter(pk=was.pk).update(is_staff=False)
    assert hear(was, case, version).status_code == 302
    reporter = moderator()
    case.reports.update(reporter=reporter)
    moderator()
    assert "You reported this yourself." in refusal(hear(reporter, case, version), reporter)
    assert not SealedEntry.objects.filter(kind="original.heard").exists()
    client = Client()
    client.force_login(moderator())
    assert client.get(f"{QUEUE}{case.pk}/hear/").status_code == 405


@pytest.mark.parametrize(("kind", "scope"), [("hide", "version"), ("remove", "track")])
def test_what_is_closed_as_a_whole_plays_until_it_is_open_again(kind: str, scope: str) -> None:
    track: Track = PublicTrackFactory.create()
    version = track.primary_version
    other = add_version(track)
    give_original(version, loud=(0, 1))
    make_report(track, at_ms=61_000)
    assert version.pk != other.pk
    row = track if scope == "track" else version
    made = decide(row, kind, scope, case=Case.objects.get())
    by = moderator()
    client = Client()
    client.force_login(by)
    assert 'value="0:56"' in client.get(f"{QUEUE}{made.case_id}/change/").text
    assert services.hear(case=made.case, by=by, version=version.pk, at_ms=0)
    if scope == "version":
        with pytest.raises(Problem, match="No decision closes this now"):
            services.hear(case=made.case, by=by, version=other.pk, at_ms=0)
    restore(decision=made, by=moderator(), facts="No.")
    with pytest.raises(Problem, match="No decision closes this now"):
        services.hear(case=made.case, by=by, version=version.pk, at_ms=0)
    assert "/hear/" not in client.get(f"{QUEUE}{made.case_id}/change/").text


def test_a_case_opens_nothing_of_another(muted: tuple[Case, TrackVersion]) -> None:
    version = muted[1]
    other = make_case(PublicTrackFactory.create())
    with pytest.raises(Problem, match="No decision closes this now"):
        services.hear(case=other, by=moderator(), version=version.pk, at_ms=0)
    assert hear(moderator(), other, TrackVersion(pk="nothing")).status_code == 404


def test_what_cannot_be_read_is_said(muted: tuple[Case, TrackVersion]) -> None:
    case, version = muted
    by, key = moderator(), version.media.asset.key
    assert "Write a moment like" in refusal(hear(by, case, version, "later"), by)
    assert "It is over before that." in refusal(hear(by, case, version, "9:00"), by)
    get_storage().write(key, b"RIFF of nothing", content_type="audio/wav")
    assert "could not be read" in refusal(hear(by, case, version), by)
    get_storage().delete(key)
    assert "not in the storage any more" in refusal(hear(by, case, version), by)
    assert not SealedEntry.objects.filter(kind="original.heard").exists()


def test_what_is_kept_apart_is_heard_by_who_may_open_that(
    muted: tuple[Case, TrackVersion],
) -> None:
    case, version = muted
    by = moderator()
    by.user_permissions.add(Permission.objects.get(codename="add_custody"))
    by = User.objects.get(pk=by.pk)
    keep(case=case, by=by, reason="A threat.", authority="The police")
    with pytest.raises(Problem, match="kept apart"):
        services.hear(case=case, by=by, version=version.pk, at_ms=0)
    by.user_permissions.add(Permission.objects.get(codename="open_custody"))
    by = User.objects.get(pk=by.pk)
    assert services.hear(case=case, by=by, version=version.pk, at_ms=0)
