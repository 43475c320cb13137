"""Whoever opens a piece to others confirms once that they may: from the page, as a program, for
many at once; the rights desk reads it, and it is in the archive of one's data."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib.archive import validator
from config.lib.kept import SECTIONS
from moderation.attestations.archive import _rows
from moderation.attestations.rules import network_of
from moderation.forgetting import forget_attestations, unname
from moderation.models import Attestation
from tests.factories.moderation import make_report, member_of, moderator
from tests.factories.releases import filled
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, TrackFactory
from tracks import attesting
from tracks.deleted.services import delete, restore
from tracks.models import Track

pytestmark = pytest.mark.django_db
JSON = "application/json"
FROM = "198.51.100.213"


@pytest.fixture
def track(client: Client) -> Track:
    """A private piece whose owner is signed in."""
    found: Any = ReadyTrackFactory(title="Rain")
    client.force_login(found.owner)
    client.defaults["REMOTE_ADDR"] = FROM
    return found


def api(track: Track) -> str:
    return reverse("api-track", args=[track.pk])


def page(client: Client, track: Track) -> Any:
    return client.post(reverse("track-publish", args=[track.slug]), {"when": "now"})


def at_its_hour(client: Client, track: Track) -> Any:
    day = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT12:00")
    words = {"when": "later", "local": day, "time_zone": "Europe/Berlin"}
    return client.post(reverse("track-publish", args=[track.slug]), words)


def field(client: Client, track: Track) -> Any:
    address = reverse("track-edit-field", args=[track.slug, "visibility"])
    return client.post(address, {"visibility": "unlisted"})


def many(client: Client, track: Track) -> Any:
    words = {"deed": "visibility", "visibility-to": "public", "track": [str(track.pk)]}
    return client.post(reverse("my-uploads-together"), words)


def program(client: Client, track: Track) -> Any:
    words = {"visibility": "public", "attested": True}
    return client.patch(api(track), words, content_type=JSON)


def release(client: Client, track: Track) -> Any:
    words = {"title": "Album", "tracks": [str(track.pk)], "visibility": "public", "attested": True}
    return client.post("/api/v1/releases/", words, content_type=JSON)


@pytest.mark.parametrize(
    ("way", "act"),
    [
        ("page", page),
        ("page", at_its_hour),
        ("page", field),
        ("page", many),
        ("api", program),
        ("api", release),
    ],
)
def test_every_way_to_open_a_piece_is_written_down_once(
    client: Client, track: Track, way: str, act: Callable[[Client, Track], Any]
) -> None:
    assert act(client, track).status_code < 400
    found = Attestation.objects.get()
    assert (found.track, found.person, found.way) == (track, track.owner, way)
    assert (found.version, found.text, found.expressly) == (1, attesting.TEXT, True)
    assert (found.title, found.network) == ("Rain", "198.51.100.0/24")
    client.patch(api(track), {"visibility": "private"}, content_type=JSON)
    act(client, track)
    assert Attestation.objects.count() == 1


def test_a_private_piece_needs_none(client: Client, track: Track) -> None:
    assert client.patch(api(track), {"title": "Sun"}, content_type=JSON).status_code == 200
    client.post(reverse("track-publish", args=[track.slug]), {"when": "private"})
    assert not Attestation.objects.exists()


def test_a_program_that_says_nothing_has_said_it_but_not_expressly(
    client: Client, track: Track
) -> None:
    assert client.patch(api(track), {"visibility": "public"}, content_type=JSON).status_code == 200
    assert not Attestation.objects.get().expressly


@pytest.mark.parametrize("said", [{"attested": False}, {}])
def test_whoever_denies_it_opens_nothing_and_hears_which_field(
    client: Client, track: Track, settings: Any, said: dict[str, bool]
) -> None:
    settings.NEXUS_ATTEST_EXPRESSLY = not said
    words = {"visibility": "public", "title": "Sun"} | said
    answer = client.patch(api(track), words, content_type=JSON)
    told = answer.json()
    assert (answer.status_code, told["type"]) == (422, "/problems/attestation-missing")
    assert (told["field"], told["text"]) == ("attested", attesting.TEXT)
    track.refresh_from_db()
    assert (track.visibility, track.title) == ("private", "Rain")
    made = {"title": "Album", "tracks": [str(track.pk)], "visibility": "public"} | said
    assert client.post("/api/v1/releases/", made, content_type=JSON).status_code == 422
    assert not Attestation.objects.exists()
    again = client.patch(api(track), words | {"attested": True}, content_type=JSON)
    assert again.status_code == 200
    closed = client.patch(api(track), {"visibility": "private"}, content_type=JSON)
    assert closed.status_code == 200
    # Said once, it is not asked again.
    assert client.patch(api(track), words, content_type=JSON).status_code == 200


def test_twelve_pieces_of_a_release_are_one_gesture_and_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    made, _ = filled(12, private=True, visibility="private")
    client.force_login(made.owner)
    client.post(reverse("release-publish", args=[made.slug]), {"when": "now"})
    assert Attestation.objects.count() == 12
    more, _ = filled(12, private=True, visibility="private")
    keys = list(more.items.values_list("track_id", flat=True))
    with django_assert_max_num_queries(16), attesting.said(attesting.Word("page", given=True)):
        attesting.require(keys)
    assert Attestation.objects.count() == 24


def test_a_piece_that_changes_hands_is_asked_of_anew(client: Client, track: Track) -> None:
    page(client, track)
    other = UserFactory.create()
    Track.objects.filter(pk=track.pk).update(owner=other, visibility="private")
    client.force_login(other)
    page(client, track)
    assert set(Attestation.objects.values_list("person", flat=True)) == {other.pk, track.owner.pk}


def test_an_upload_and_the_command_say_it(client: Client) -> None:
    with attesting.said(attesting.Word(attesting.COMMAND)), transaction.atomic():
        attesting.require([TrackFactory.create().pk])
    found = Attestation.objects.get()
    assert (found.way, found.expressly, found.network) == ("command", False, "")


def test_what_comes_back_and_what_comes_by_itself_says_nothing(client: Client) -> None:
    hour = timezone.now() + timedelta(days=2)
    made, _ = filled(2, private=True, visibility="public", release_at=hour)
    delete(thing=made, by=made.owner)
    with attesting.said(attesting.Word("api", given=False)):
        restore(thing=made, by=made.owner)
    assert not Attestation.objects.exists()


def test_the_address_is_cut_and_the_database_never_reads_it(client: Client, track: Track) -> None:
    page(client, track)
    with connection.cursor() as cursor:
        cursor.execute("SELECT network FROM moderation_attestation")
        assert "198.51" not in cursor.fetchone()[0]
    assert network_of("2001:db8:5a5a:77::9") == "2001:db8:5a5a::/48"
    assert [network_of(each) for each in ("", "0.0.0.0", "nowhere")] == ["", "", ""]


def test_the_page_says_what_is_confirmed_beside_every_choice(client: Client, track: Track) -> None:
    found, _ = filled(1, owner=track.owner)
    for path in (
        reverse("track-publish", args=[track.slug]),
        reverse("track-edit", args=[track.slug]),
        reverse("track-edit-field", args=[track.slug, "visibility"]),
        reverse("release-edit", args=[found.slug]),
        reverse("upload"),
        reverse("my-uploads"),
    ):
        assert attesting.SENTENCE in client.get(path).text, path
    assert attesting.TEXT in Client().get(reverse("attestation")).text


def test_the_rights_desk_reads_it_beside_the_case(client: Client, track: Track) -> None:
    page(client, track)
    case = make_report(track, reason="copyright").case
    client.force_login(member_of("rights desk"))
    shown = client.get(reverse("admin:moderation_case_change", args=[case.pk])).text
    assert "What its owner confirmed" in shown
    assert "198.51.100.0/24" in shown
    row = Attestation.objects.get()
    there = reverse("admin:moderation_attestation_change", args=[row.pk])
    client.force_login(moderator(is_superuser=True))
    assert "198.51.100.0/24" in client.get(there).text
    assert client.post(there, {"title": "Else"}).status_code == 403


def test_it_outlives_its_piece_for_three_years_and_its_network_for_one(
    client: Client, track: Track
) -> None:
    page(client, track)
    there = PublicTrackFactory.create(owner=track.owner)
    with attesting.said(attesting.Word("page", FROM, given=True)):
        attesting.require([there.pk])
    Track.everything.filter(pk=track.pk).delete()
    row = Attestation.objects.get(track=None)
    assert (row.track_key, row.title) == (track.pk, "Rain")
    Attestation.objects.update(attested_at=timezone.now() - timedelta(days=366))
    assert forget_attestations(timezone.now(), 10) == 2
    assert {one.network for one in Attestation.objects.all()} == {""}
    Attestation.objects.update(attested_at=timezone.now() - timedelta(days=1096))
    assert forget_attestations(timezone.now(), 10) == 1
    assert Attestation.objects.get().track == there


def test_it_is_in_the_archive_and_loses_its_name_with_the_account(
    client: Client, track: Track
) -> None:
    page(client, track)
    (told,) = _rows(track.owner)
    validator(SECTIONS["attestations"].schema).validate(told)
    assert (told["track"], told["network"]) == (str(track.pk), "198.51.100.0/24")
    unname(track.owner)
    row = Attestation.objects.get()
    assert (row.person, row.network) == (None, "")
