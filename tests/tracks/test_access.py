"""The one registry of who may see and keep what."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from moderation.evidence.services import open_evidence
from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, add_version
from tracks import access, counters, denials
from tracks.collections import entries
from tracks.models import TrackVersion

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def test_a_version_is_seen_by_whoever_may_hear_it() -> None:
    public, private = PublicTrackFactory.create(), ReadyTrackFactory.create()
    hidden = public.primary_version
    add_version(public)
    public.refresh_from_db()
    TrackVersion.objects.filter(pk=hidden.pk).update(hidden_at="2026-01-01T00:00Z")
    seen = TrackVersion.objects.visible_to
    assert set(seen(NOBODY)) == {public.primary_version}
    assert set(seen(public.owner)) == {public.primary_version, hidden}
    assert set(seen(private.owner)) == {public.primary_version, private.primary_version}
    judges.as_before_decisions(User.objects.filter(pk=public.owner_id), is_banned=True)
    assert set(seen(NOBODY)) == set()


@pytest.mark.parametrize("closed", [{"is_banned": True}, {"is_active": False}])
def test_a_closed_person_is_seen_by_nobody_but_for_a_reason(closed: dict[str, bool]) -> None:
    person, staff = UserFactory.create(), StaffFactory.create()
    judges.as_before_decisions(User.objects.filter(pk=person.pk), **closed)
    for viewer in (NOBODY, UserFactory.create(), staff):
        assert person not in User.objects.visible_to(viewer)
    staff = StaffFactory.create(is_superuser=True)
    open_evidence(by=staff, person=person, reason="A report.", hours=1)
    assert person in User.objects.visible_to(staff)
    assert person not in User.objects.visible_to(StaffFactory.create())


def test_a_q_on_people_is_one_on_what_they_own() -> None:
    found = access.of_owner(~(Q(a=1) | Q(b__c=2)) & Q(d=3))
    assert found == ~(Q(owner__a=1) | Q(owner__b__c=2)) & Q(owner__d=3)


def test_who_may_keep_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    track, fan = PublicTrackFactory.create(), UserFactory.create()
    assert access.may_download(track.owner, track, "original")
    assert not access.may_download(fan, track, "original")
    assert not access.may_download(NOBODY, track, "original")
    monkeypatch.setattr(access, "_downloads", {})
    access.allow_download(
        "mp3", lambda user: Q(opens_lossless=False) if user.is_authenticated else Q(pk__in=[])
    )
    assert access.may_download(fan, track, "mp3")
    assert not access.may_download(fan, track, "original")
    assert not access.may_download(NOBODY, track, "mp3")
    judges.as_before_decisions(User.objects.filter(pk=track.owner_id), is_banned=True)
    assert not access.may_download(fan, track, "mp3"), "who may not listen keeps nothing"


def test_an_upper_app_adds_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    track = PublicTrackFactory.create()
    monkeypatch.setattr(entries, "KINDS", dict(entries.KINDS))
    entries.register_list("liked", entries.KINDS["latest"])
    found = entries.list_of("liked", "-", entries.Asker(NOBODY))
    assert [entry["track_id"] for entry in found] == [str(track.pk)]
    with pytest.raises(ValueError, match="liked"):
        entries.register_list("liked", entries.KINDS["latest"])


def test_an_upper_app_adds_a_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = PublicTrackFactory.create(), PublicTrackFactory.create()
    monkeypatch.setattr(counters, "COUNTERS", {})
    counters.register("likes", "{} like", "{} likes", lambda _ids: {one.pk: 1, two.pk: 0})
    assert counters.sentences_of([one.pk, two.pk]) == {one.pk: ["1 like"]}
    with pytest.raises(ValueError, match="twice"):
        counters.register("likes", "", "", lambda _ids: {})


def test_what_a_denial_touches_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(denials, "_touched", [*denials._touched, told.append])
    person = UserFactory.create()
    access.denial_changed(person)
    assert told == [person]
