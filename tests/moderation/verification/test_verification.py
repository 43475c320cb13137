"""An account shows whose it is; what was verified stands beside its name while it holds."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib.archive import validator
from config.lib.kept import SECTIONS
from config.lib.problems import Problem
from media_pipeline.models import Event, Job, SealedEntry
from moderation.forgetting import forget_verifications, remove_evidence
from moderation.models import Verification
from moderation.verification import rules, services
from moderation.verification.archive import _rows
from moderation.verification.checking import Found
from moderation.verification.kinds import look_again
from social.models import Notification, User
from tests.factories.moderation import member_of, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs, read_events
from tests.moderation.verification.places import Places

pytestmark = pytest.mark.django_db
THERE, MISSING = Found(True, "There."), Found(False, "Not there.")
LATER = timedelta(days=8)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def verified(person: User, method: str = "dns", subject: str = "example.org") -> Verification:
    row = services.begin(person=person, method=method, subject=subject)
    services.note(row=row, found=THERE)
    row.refresh_from_db()
    person.refresh_from_db()
    return row


def by_hand(person: User, state: str = "verified") -> Verification:
    row = services.begin(person=person, method="hand", subject="Ada Byron", words="Call me.")
    if state == "verified":
        services.grant(row=row, by=moderator(), evidence="I called her.")
    row.refresh_from_db()
    person.refresh_from_db()
    return row


def move(row: Verification, **times: Any) -> None:
    """Let time have passed."""
    Verification.objects.filter(pk=row.pk).update(**times)


def kinds() -> set[str]:
    read_events()
    return set(Notification.objects.values_list("kind", flat=True))


def test_it_is_asked_for_on_a_page_looked_for_by_a_job_and_shown(
    client: Client, ada: User, places: Places
) -> None:
    client.force_login(ada)
    mine = reverse("my-verifications")
    client.post(mine, {"method": "dns", "subject": "https://Example.org/"})
    row = Verification.objects.get()
    shown = client.get(mine).text
    assert "_nexus.example.org" in shown
    assert row.proof in shown
    check = reverse("my-verification-check", args=[row.pk])
    client.post(check)
    assert not places.asked
    assert "Being looked at" in client.get(mine).text
    do_jobs()
    assert "There is no TXT record at _nexus.example.org yet." in client.get(mine).text
    places.records["_nexus.example.org"] = [[row.proof]]
    client.post(check)
    client.post(check)
    assert Job.objects.filter(kind=services.KIND, state="pending").count() == 1
    do_jobs()
    line = client.get(reverse("my-verification", args=[row.pk])).text
    assert "The record at _nexus.example.org is there." in line
    assert "Verified" in line
    ada.refresh_from_db()
    assert ada.verified == "example.org"
    assert kinds() == {"verified"}


def test_it_stands_wherever_the_name_stands_and_only_there(client: Client, ada: User) -> None:
    track = PublicTrackFactory.create(owner=ada, title="Rain")
    verified(ada)
    badge = 'title="Verified: example.org"'
    for path in (
        track.get_absolute_url(),
        ada.get_absolute_url(),
        "/",
        f"/embed/track/{track.pk}/",
    ):
        assert badge in client.get(path).text, path
    assert 'rel="me noopener nofollow"' in client.get(ada.get_absolute_url()).text
    told = client.get(f"/api/v1/tracks/{track.pk}/").json()
    assert told["owner_verified"] == "example.org"
    track.artist_credit = "Somebody Famous"
    track.save()
    assert badge not in client.get("/").text
    User.objects.filter(pk=ada.pk).update(verified_until=timezone.now() - timedelta(seconds=1))
    for path in (track.get_absolute_url(), ada.get_absolute_url(), f"/embed/track/{track.pk}/"):
        assert badge not in client.get(path).text, path
    assert client.get(f"/api/v1/tracks/{track.pk}/").json()["owner_verified"] == ""


def test_a_list_of_many_verified_costs_no_query_more(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        verified(PublicTrackFactory.create().owner, subject=f"a{n}.example.org")
    with django_assert_max_num_queries(8):
        assert client.get("/").text.count('title="Verified:') == 6


def test_the_strongest_stands_beside_the_name(ada: User) -> None:
    verified(ada, "profile", "https://social.example/@ada")
    assert ada.verified == "social.example/@ada"
    by_hand(ada)
    assert ada.verified == "Ada Byron"
    row = verified(ada)
    assert ada.verified == "example.org"
    services.give_up(row=row, by=ada)
    ada.refresh_from_db()
    assert ada.verified == "Ada Byron"


def test_it_is_looked_for_again_and_a_missing_proof_warns_and_then_ends(
    ada: User, places: Places
) -> None:
    row, now = verified(ada), timezone.now()
    look_again()
    assert not Job.objects.filter(kind=services.KIND).exists()
    move(row, checked_at=now - LATER, until=now + timedelta(days=20))
    places.records["_nexus.example.org"] = [[row.proof]]
    look_again()
    do_jobs()
    row.refresh_from_db()
    assert row.until > now + timedelta(days=360)
    places.records.clear()
    move(row, checked_at=now - LATER)
    look_again()
    do_jobs()
    row.refresh_from_db()
    assert (row.state, bool(row.warned_at)) == ("verified", True)
    assert "verification-warned" in kinds()
    look_again()
    do_jobs()
    row.refresh_from_db()
    assert row.state == "verified"
    move(row, warned_at=now - rules.WARNED_FOR)
    look_again()
    do_jobs()
    row.refresh_from_db()
    ada.refresh_from_db()
    assert (row.state, ada.verified_as) == ("ended", "")
    assert "verification-ended" in kinds()


def test_what_is_back_in_time_is_warned_of_no_more(ada: User) -> None:
    row = verified(ada)
    services.note(row=row, found=MISSING)
    services.note(row=row, found=THERE)
    row.refresh_from_db()
    assert (row.state, row.warned_at) == ("verified", None)


def test_a_year_is_the_longest_and_by_hand_it_is_asked_for_anew(ada: User) -> None:
    row, now = by_hand(ada), timezone.now()
    look_again()
    row.refresh_from_db()
    assert row.warned_at is None
    move(row, until=now + timedelta(days=29))
    look_again()
    row.refresh_from_db()
    assert "It ends soon" in row.answer
    move(row, until=now)
    look_again()
    ada.refresh_from_db()
    assert ada.verified_as == ""


def test_who_takes_another_name_is_not_verified_by_hand_for_long(ada: User) -> None:
    row = by_hand(ada)
    User.objects.filter(pk=ada.pk).update(display_name="Somebody Famous")
    look_again()
    row.refresh_from_db()
    assert "called something else" in row.answer
    move(row, warned_at=timezone.now() - rules.WARNED_FOR - timedelta(hours=1))
    look_again()
    row.refresh_from_db()
    assert row.state == "ended"


def test_moderators_look_by_hand_with_words_and_revoke_with_a_reason(
    client: Client, ada: User
) -> None:
    row = by_hand(ada, "waiting")
    place = reverse("admin:moderation_verification_change", args=[row.pk])
    act = reverse("admin:moderation_verification_act", args=[row.pk])
    client.force_login(moderator())
    assert "Call me." in client.get(place).text
    queue = client.get(reverse("admin:moderation_case_changelist")).text
    assert "1 verification waits for a moderator" in queue
    client.post(act, {"act": "grant", "evidence": " "})
    row.refresh_from_db()
    assert row.state == "waiting"
    client.post(act, {"act": "grant", "evidence": "I called her."})
    ada.refresh_from_db()
    assert ada.verified == "Ada Byron"
    client.post(act, {"act": "revoke", "evidence": "It was her sister."})
    ada.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, row.evidence, ada.verified) == ("revoked", "It was her sister.", "")
    acts = SealedEntry.objects.filter(kind__startswith="verification").order_by("pk")
    assert [one.kind for one in acts] == ["verification.granted", "verification.revoked"]
    again = by_hand(ada, "waiting")
    services.refuse(row=again, by=moderator(), evidence="Nobody answered.")
    client.force_login(ada)
    assert "Nobody answered." in client.get(reverse("my-verifications")).text


@pytest.mark.parametrize("group", ["rights desk", "finance", "editor", ""])
def test_nobody_else_verifies_and_nobody_themselves(client: Client, ada: User, group: str) -> None:
    row = by_hand(ada, "waiting")
    person = member_of(group) if group else UserFactory.create()
    with pytest.raises(Problem) as refusal:
        services.grant(row=row, by=person, evidence="I know her.")
    assert refusal.value.type == "not-a-moderator"
    client.force_login(person)
    act = reverse("admin:moderation_verification_act", args=[row.pk])
    assert client.post(act, {"act": "grant", "evidence": "I."}).status_code in {302, 403}
    own, _other = moderator(), moderator()
    mine = by_hand(own, "waiting")
    with pytest.raises(Problem) as refusal:
        services.grant(row=mine, by=own, evidence="It is me.")
    assert refusal.value.type == "own-content"
    row.refresh_from_db()
    assert row.state == "waiting"


def test_others_reach_none_of_it_and_there_are_ten_at_most(client: Client, ada: User) -> None:
    row = services.begin(person=ada, method="dns", subject="example.org")
    assert services.begin(person=ada, method="dns", subject="EXAMPLE.org") == row
    client.force_login(UserFactory.create())
    for name in ("check", "give-up"):
        address = reverse(f"my-verification-{name}", args=[row.pk])
        assert client.post(address).status_code == 404
    for n in range(rules.LIVE_MOST - 1):
        services.begin(person=ada, method="dns", subject=f"a{n}.org")
    with pytest.raises(Problem) as refusal:
        services.begin(person=ada, method="dns", subject="one-more.org")
    assert refusal.value.type == "too-many-verifications"


def test_programs_do_the_same(client: Client, ada: User, places: Places) -> None:
    client.force_login(ada)
    at = "/api/v1/me/verifications/"
    wrong = client.post(
        at, {"method": "file", "subject": "localhost"}, content_type="application/json"
    )
    assert (wrong.status_code, wrong.json()["field"]) == (422, "subject")
    words = {"method": "file", "subject": "example.org"}
    made = client.post(at, words, content_type="application/json")
    told = made.json()
    assert (made.status_code, told["state"]) == (201, "waiting")
    assert told["place"] == "https://example.org/.well-known/nexus.txt"
    places.put("example.org/.well-known/nexus.txt", told["put"], "text/plain")
    one = f"{at}{told['id']}/"
    asked = client.post(f"{one}check/")
    assert (asked.status_code, asked.json()["is_being_checked"]) == (202, True)
    do_jobs()
    assert client.get(one).json()["state"] == "verified"
    assert client.get(at).json()["verifications"][0]["id"] == told["id"]
    assert client.delete(one).status_code == 204
    assert client.get(one).json()["state"] == "ended"
    ada.refresh_from_db()
    assert ada.verified == ""


def test_a_look_that_comes_too_late_changes_nothing(ada: User) -> None:
    row = verified(ada)
    services.give_up(row=row, by=ada)
    services.note(row=row, found=THERE)
    row.refresh_from_db()
    assert row.state == "ended"
    assert Event.objects.filter(kind="verification.made").count() == 1


def test_it_is_kept_told_and_forgotten(ada: User) -> None:
    row = verified(ada)
    (told,) = _rows(ada)
    validator(SECTIONS["verifications"].schema).validate(told)
    old = timezone.now() - timedelta(days=366)
    move(row, created_at=old)
    assert forget_verifications(timezone.now(), 10) == 0
    services.give_up(row=row, by=ada)
    move(row, ended_at=old)
    assert forget_verifications(timezone.now(), 10) == 1
    verified(ada, subject="else.org")
    remove_evidence(ada)
    ada.refresh_from_db()
    assert (ada.verified_as, Verification.objects.count()) == ("", 0)


def test_ones_own_list_asks_few_times(
    client: Client, ada: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        verified(ada, subject=f"a{n}.org")
    client.force_login(ada)
    for path in (reverse("my-verifications"), "/api/v1/me/verifications/"):
        with django_assert_max_num_queries(8):
            assert "a4.org" in client.get(path).text
