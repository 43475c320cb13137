"""A newcomer’s first pieces wait for a person: held by a decision, in the queue, nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import Event
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.decisions import services as decisions
from moderation.models import Case, Decision
from tests.factories.moderation import REASONS, decide, make_case, member_of, moderator
from tests.factories.releases import filled
from tests.factories.social import StaffFactory, UserFactory, bearer
from tests.factories.tracks import ReadyTrackFactory
from tests.jobs import do_jobs, read_events
from tracks.catalogue.services import editing
from tracks.models import Track
from tracks.releases.services import publishing
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture(autouse=True)
def _two_are_held(settings: Any) -> None:
    settings.NEXUS_HOLD_FIRST_UPLOADS = 2
    cache.clear()


def a_piece(**words: Any) -> Track:
    piece: Track = ReadyTrackFactory.create(**words)
    return piece


def publish(track: Track) -> Track:
    return set_visibility(track=track, visibility="public", by=track.owner)


def is_open(track: Track) -> bool:
    return Track.objects.visible_to(NOBODY).filter(pk=track.pk).exists()


def held(track: Track) -> Decision:
    return Decision.objects.in_force().get(kind="hold", target_id=track.pk)


def let_through(track: Track) -> None:
    case = Case.objects.get(target_id=track.pk, state="open")
    words: dict[str, Any] = {"kind": "no_action", "scope": "track", "row": track}
    decisions.decide(case=case, by=moderator(), statement=REASONS, **words)


def test_a_first_piece_is_held_with_complete_reasons_and_its_owner_is_told(client: Client) -> None:
    track = publish(a_piece(title="Harbour"))
    made = held(track)
    assert (made.automated, made.by.handle, made.person) == (True, "system", track.owner)
    assert all((made.facts, made.clause, made.ground, made.territory, made.redress))
    assert "first 2 pieces" in made.facts
    assert not is_open(track)
    assert Track.objects.visible_to(track.owner).filter(pk=track.pk).exists()
    assert client.get(track.get_absolute_url()).status_code == 404
    client.force_login(track.owner)
    page = client.get(track.get_absolute_url()).text
    assert "until a person has looked at it, and nothing of it is lost" in page
    assert made.get_absolute_url() in page
    assert "a person looks at it next" in client.get("/me/decisions/").text
    told = client.get("/api/v1/me/decisions/").json()["decisions"][0]
    assert (told["kind"], told["automated"], told["may_appeal"]) == ("hold", True, True)
    do_jobs()
    assert "a person looks at it next" in str(mail.outbox[0].body)


def test_it_stands_in_the_one_queue_and_is_let_through_from_there(client: Client) -> None:
    track, other = publish(a_piece(title="Harbour")), make_case(a_piece(title="Quarry"))
    client.force_login(moderator())
    queue = client.get("/admin/moderation/case/?waiting=held").text
    assert "Harbour" in queue
    assert "Quarry" not in queue
    assert "Quarry" in client.get("/admin/moderation/case/").text
    case = Case.objects.get(target_id=track.pk)
    assert other.pk != case.pk
    place = f"/admin/moderation/case/{case.pk}/change/"
    assert "held until you decide" in client.get(place).text
    said = {"kind": "no_action", "about": f"track:{track.pk}", "facts": "It is theirs."}
    client.post(place, said | {"source": "own", "ground": "terms"})
    assert is_open(track)
    assert Case.objects.get(pk=case.pk).state == "closed"
    undone = Decision.objects.get(kind="restore")
    assert (undone.facts, undone.by.is_staff) == ("It is theirs.", True)
    assert "Harbour" not in client.get("/admin/moderation/case/?waiting=held").text


def test_it_is_published_when_it_is_let_through_and_not_before() -> None:
    track = publish(a_piece())
    published = Event.objects.filter(kind="track.published", subject__endswith=str(track.pk))
    assert track.published_at is None
    assert not published.exists()
    let_through(track)
    assert Track.objects.get(pk=track.pk).published_at is not None
    assert published.count() == 1


def test_the_first_ones_count_that_were_let_through_and_then_no_more() -> None:
    owner = UserFactory.create()
    first, second, third = (publish(a_piece(owner=owner)) for _ in range(3))
    assert not any(is_open(one) for one in (first, second, third))
    let_through(first)
    fourth = publish(a_piece(owner=owner))
    assert not is_open(fourth), "one alone was let through"
    let_through(second)
    assert is_open(publish(a_piece(owner=owner)))
    assert not is_open(third), "what is held waits all the same"
    let_through(third)
    set_visibility(track=third, visibility="private", by=owner)
    assert is_open(publish(Track.objects.get(pk=third.pk))), "once is enough"


def test_only_what_is_to_become_public_is_held(settings: Any) -> None:
    track = a_piece()
    set_visibility(track=track, visibility="unlisted", by=track.owner)
    assert not Decision.objects.exists()
    assert is_open(publish(a_piece(owner=StaffFactory.create())))
    settings.NEXUS_HOLD_FIRST_UPLOADS = 0
    assert is_open(publish(a_piece()))
    assert not Decision.objects.exists()


def test_what_was_public_before_counts(settings: Any) -> None:
    settings.NEXUS_HOLD_FIRST_UPLOADS = 0
    owner = UserFactory.create()
    for _ in range(2):
        publish(a_piece(owner=owner))
    settings.NEXUS_HOLD_FIRST_UPLOADS = 2
    assert is_open(publish(a_piece(owner=owner)))


def test_no_way_to_become_public_goes_past_it() -> None:
    for way in (_by_release, _by_release_to_come, _at_an_hour, _by_api):
        track = way()
        assert Track.objects.get(pk=track.pk).visibility == "public", way
        assert held(track), way
        assert not is_open(track), way


def _by_release() -> Track:
    release, (track, *_) = filled(1, private=True)
    publishing.publish(release=release, by=release.owner)
    return track


def _by_release_to_come() -> Track:
    release, (track, *_) = filled(1, private=True)
    soon = timezone.now() + timedelta(hours=3)
    publishing.schedule_at(release=release, moment=soon, by=release.owner)
    return track


def _at_an_hour() -> Track:
    track = a_piece()
    soon = timezone.now() + timedelta(hours=3)
    editing.edit(track=track, by=track.owner, release_at=soon, visibility="public")
    return track


def _by_api() -> Track:
    track = a_piece()
    words = {"data": {"visibility": "public"}, "content_type": "application/json"}
    answer = Client().patch(f"/api/v1/tracks/{track.pk}/", headers=bearer(track.owner), **words)
    assert answer.status_code == 200, answer.text
    return track


def test_what_a_moderator_decides_takes_its_place_and_only_that_is_told() -> None:
    track = publish(a_piece())
    hold = held(track)
    read_events()
    do_jobs()
    mail.outbox.clear()
    case = Case.objects.get()
    words: dict[str, Any] = {"kind": "hide", "scope": "track", "row": track}
    made = decisions.decide(case=case, by=moderator(), statement=REASONS, **words)
    assert Decision.objects.get(undoes=hold).by == made.by
    assert list(Decision.objects.in_force()) == [made]
    assert Case.objects.get().state == "closed"
    do_jobs()
    assert len(mail.outbox) == 1
    assert Track.objects.get(pk=track.pk).published_at is None
    decisions.restore(decision=made, by=moderator(), facts="It was theirs.")
    assert is_open(track)
    assert Track.objects.get(pk=track.pk).published_at


def test_what_is_decided_of_something_else_leaves_it_held() -> None:
    track = publish(a_piece())
    case, by = Case.objects.get(), moderator()
    words: dict[str, Any] = {"case": case, "by": by, "statement": REASONS}
    decisions.decide(kind="warn", scope="person", row=track.owner, **words)
    assert held(track)
    assert Case.objects.get().is_open, "it is not lost from the queue"


def test_its_owner_appeals_and_a_person_answers() -> None:
    track = publish(a_piece())
    appeal = appeals.appeal(decision=held(track), text="It is mine.")
    appeals.uphold(appeal=appeal, by=moderator(), words="We have not looked yet.")
    assert Case.objects.get().is_open
    assert held(track)
    other = publish(a_piece())
    appeal = appeals.appeal(decision=held(other), text="It is mine.")
    appeals.grant(appeal=appeal, by=moderator(), words="It is.")
    assert is_open(other)


def test_only_the_house_holds_and_never_for_a_time() -> None:
    track = a_piece()
    with pytest.raises(Problem) as refusal:
        decide(track, "hold")
    assert refusal.value.type == "no-such-effect"
    held(publish(track))
    row = Decision.objects.get()
    for words in ({"automated": False}, {"until": timezone.now()}):
        row.pk, row.key = Decision._meta.pk.get_default(), "k" * 22
        for name, value in words.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError, match="holds_until"), transaction.atomic():
            row.save(force_insert=True)
        row.automated, row.until = True, None


def test_who_may_not_moderate_lets_nothing_through() -> None:
    track = publish(a_piece())
    words: dict[str, Any] = {"kind": "no_action", "scope": "track", "row": track}
    for nobody in (track.owner, UserFactory.create(), member_of("editor")):
        with pytest.raises(Problem):
            decisions.decide(case=Case.objects.get(), by=nobody, statement=REASONS, **words)
    assert held(track)


def test_a_held_piece_that_is_gone_leaves_no_case_behind() -> None:
    track = publish(a_piece())
    Track.everything.filter(pk=track.pk).delete()
    cases.close_gone(case=Case.objects.get(), by=moderator())
    assert Case.objects.get().state == "closed"
