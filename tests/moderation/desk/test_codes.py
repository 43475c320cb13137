"""At the desk: before what takes all a code is asked for, and what was typed is done after it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from media_pipeline.models import SealedEntry
from moderation.alone.rules import MARK
from moderation.appeals import services as appeals
from moderation.models import Appeal, Case, Decision
from social.models import User
from tests.factories.moderation import decide, make_case, moderator
from tests.factories.social import AGAIN, UserFactory, code_now, stale
from tests.factories.tracks import PublicTrackFactory
from tests.moderation.desk.test_desk import QUEUE, page_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def test_what_takes_all_waits_for_a_code_and_keeps_every_word() -> None:
    track, by = PublicTrackFactory.create(), moderator()
    case = make_case(track)
    client = stale(by)
    hidden = client.post(page_of(case), words(track, kind="hide", simulate="1"))
    assert hidden.status_code == 200, "looking costs no code"
    asked = client.post(page_of(case), words(track, kind="remove", facts="All I found."))
    assert asked.headers["Location"].startswith(AGAIN)
    assert not Decision.objects.exists()
    done = client.post(asked.headers["Location"], {"code": code_now()})
    assert done.headers["Location"] == page_of(case)
    made = Decision.objects.get()
    assert (made.kind, made.facts, made.by) == ("remove", "All I found.", by)
    other = stale(moderator())
    asked = other.post(f"{QUEUE}{made.pk}/undo/", {"words": "It quotes."})
    assert asked.headers["Location"].startswith(AGAIN), "giving back asks as well"
    other.post(asked.headers["Location"], {"code": code_now()})
    assert Decision.objects.latest("pk").facts == "It quotes."
    assert Client().get(track.get_absolute_url()).status_code == 200


def test_an_appeal_against_a_ban_is_granted_after_a_code() -> None:
    person = UserFactory.create()
    made = decide(person, "ban", "person")
    appeal = appeals.appeal(decision=made, text="It was not me.")
    client = stale(moderator())
    asked = client.post(f"{QUEUE}{appeal.pk}/answer/", {"words": "Right.", "grant": "1"})
    assert asked.headers["Location"].startswith(AGAIN)
    assert Appeal.objects.get().answered_at is None
    client.post(asked.headers["Location"], {"code": code_now()})
    assert Appeal.objects.get().answer == "Right."
    assert not User.objects.get(pk=person.pk).is_banned


def test_who_is_left_alone_reads_why_it_waits_and_decides_a_day_later() -> None:
    by = moderator()
    track = PublicTrackFactory.create(owner=by)
    case = make_case(track)
    client = stale(by)
    page = client.get(page_of(case)).text
    assert "Nobody else is here who could, so it waits" in page
    assert 'id="decide"' not in page
    Case.objects.update(opened_at=timezone.now() - timedelta(hours=25))
    page = client.get(page_of(case)).text
    assert "You may, and the public log will say so." in page
    asked = client.post(page_of(case), words(track, facts="Mine, and loud."))
    assert asked.headers["Location"].startswith(AGAIN), "hiding an own piece asks for a code"
    client.post(asked.headers["Location"], {"code": code_now()})
    assert Decision.objects.get().facts == "Mine, and loud."
    assert SealedEntry.objects.get(kind=MARK).data == {"rule": "own-content"}
