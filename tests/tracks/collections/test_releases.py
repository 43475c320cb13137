"""Releases: the owner's own tracks, in order."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory
from tracks.collections import ordering
from tracks.collections import services as collections
from tracks.collections.ordering import Beside
from tracks.models import Release, ReleaseTrack, Track
from tracks.releases.services import publishing

pytestmark = pytest.mark.django_db
WORDS = {"title": "Orchard", "kind": "ep", "released_on": "2026-03-01"}
FORM = WORDS | {"description_md": "Made in *autumn*.", "visibility": "public"}


def filled(count: int = 3, **words: Any) -> tuple[Release, list[Track]]:
    """Return a release with so many public tracks."""
    release: Any = ReleaseFactory(**words)
    tracks: Any = [PublicTrackFactory(owner=release.owner, title=f"No. {n}") for n in range(count)]
    for position, track in enumerate(tracks, start=1):
        ReleaseTrack.objects.create(release=release, track=track, position=position)
    return release, tracks


def order(release: Release) -> list[str]:
    return [item.track.title for item in release.items.select_related("track")]


def test_an_artist_makes_one_with_a_track_in_it(client: Client) -> None:
    track = PublicTrackFactory()
    client.force_login(track.owner)
    answer = client.post("/releases/new/", FORM | {"track": str(track.pk)})
    release = Release.objects.get()
    assert answer["Location"] == f"/releases/{release.slug}/edit/"
    assert (release.title, release.kind, release.slug) == ("Orchard", "ep", "orchard")
    assert order(release) == [track.title]
    page = Client().get(release.get_absolute_url()).content.decode()
    assert "EP" in page
    assert "1 March 2026" in page
    assert "<em>autumn</em>" in page
    assert track.title in page
    assert "3:42" in page


@pytest.mark.parametrize(
    "wrong",
    [
        *({"title": "  "}, {"title": "x" * 201}, {"kind": "opera"}),
        *({"released_on": "never"}, {"released_on": "1977-13"}, {"visibility": "x"}),
    ],
)
def test_wrong_words_are_said_beside_the_field(client: Client, wrong: dict[str, str]) -> None:
    client.force_login(UserFactory())
    answer = client.post("/releases/new/", FORM | wrong)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert not Release.objects.exists()


def test_it_holds_only_ones_own_tracks_and_each_once() -> None:
    release, (track, *_) = filled()
    with pytest.raises(Problem, match="only your own"):
        collections.add(collection=release, track=PublicTrackFactory())
    with pytest.raises(Problem, match="already"):
        collections.add(collection=release, track=track)


def test_a_refusal_is_a_sentence_on_the_page(client: Client) -> None:
    release, _ = filled()
    client.force_login(release.owner)
    foreign = PublicTrackFactory()
    page = client.post(
        reverse("release-add", args=[release.slug]), {"track": str(foreign.pk)}, follow=True
    )
    assert "only your own tracks" in page.content.decode()
    closed = ReadyTrackFactory()
    page = client.post(
        reverse("release-add", args=[release.slug]), {"track": str(closed.pk)}, follow=True
    )
    assert "not open to you" in page.content.decode()
    assert release.items.count() == 3


@pytest.mark.parametrize(
    ("which", "to", "wanted"),
    [
        *((0, {"behind": 1}, "102"), (0, {"behind": 2}, "120"), (2, {"before": 0}, "201")),
        *((1, {"behind": 0}, "012"), (2, {"behind": ""}, "201"), (0, {"before": ""}, "120")),
        # Where one neighbour is gone the other counts, and where both are it stays.
        *((2, {"behind": "9", "before": 0}, "201"), (1, {"behind": "x", "before": "9"}, "012")),
    ],
)
def test_tracks_change_places(which: int, to: dict[str, Any], wanted: str) -> None:
    release, _ = filled()
    keys = list(release.items.values_list("pk", flat=True))
    named = {side: str(keys[at]) if isinstance(at, int) else at for side, at in to.items()}
    ordering.move(collection=release, item_id=keys[which], to=Beside(**named), by=release.owner)
    assert order(release) == [f"No. {n}" for n in wanted]


def test_the_constraint_holds_while_places_change() -> None:
    release, _ = filled(5)
    first = release.items.first()
    to = Beside(before="")
    ordering.move(collection=release, item_id=first.pk, to=to, by=release.owner)
    assert [item.position for item in release.items.all()] == [1, 2, 3, 4, 5]


def test_forms_and_scripts_move_and_remove(client: Client) -> None:
    release, tracks = filled()
    client.force_login(release.owner)
    item = release.items.get(track=tracks[2])
    move = reverse("release-move", args=[release.slug, item.pk])
    assert client.post(move, {"to": "0"})["Location"].endswith("/edit/#tracks")
    assert order(release) == ["No. 2", "No. 0", "No. 1"]
    answer = client.post(move, {"to": "1"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert order(release) == ["No. 0", "No. 2", "No. 1"]
    remove = reverse("release-remove", args=[release.slug, item.pk])
    assert client.post(remove).status_code == 302
    assert order(release) == ["No. 0", "No. 1"]
    assert Track.objects.filter(pk=tracks[2].pk).exists()
    gone = client.post(remove, headers={"X-Requested-With": "fetch"})
    assert gone.status_code == 404
    assert gone["Content-Type"] == "application/problem+json"
    assert client.post(move, {"to": "nonsense"}).status_code == 302


def test_a_place_of_another_release_is_not_moved(client: Client) -> None:
    release, _ = filled()
    other, _ = filled()
    client.force_login(release.owner)
    item = other.items.first()
    client.post(reverse("release-remove", args=[release.slug, item.pk]))
    assert other.items.count() == 3


def test_a_private_track_stays_hidden_but_for_its_owner(client: Client) -> None:
    release, tracks = filled()
    Track.objects.filter(pk=tracks[1].pk).update(visibility="private")
    visitor = client.get(release.get_absolute_url())
    assert "No. 1" not in visitor.content.decode()
    assert "2 tracks" in visitor.content.decode()
    client.force_login(release.owner)
    assert "No. 1" in client.get(release.get_absolute_url()).content.decode()


def test_changing_who_opens_it_makes_a_new_key(client: Client) -> None:
    release, _ = filled(1, visibility="unlisted")
    before = release.get_absolute_url()
    assert before == f"/rel/{release.token}/"
    page = client.get(before)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    for openness in ("private", "unlisted"):
        publishing.withdraw(release=release, visibility=openness, by=release.owner)
    assert client.get(before).status_code == 404
    release.refresh_from_db()
    assert client.get(release.get_absolute_url()).status_code == 200
    assert client.get(f"/releases/{release.slug}/").status_code == 404


def test_deleting_it_keeps_its_tracks(client: Client) -> None:
    release, tracks = filled()
    client.force_login(release.owner)
    assert "stay where they are" in client.get(f"/releases/{release.slug}/delete/").content.decode()
    client.post(f"/releases/{release.slug}/delete/")
    assert not Release.objects.exists()
    assert Track.objects.count() == len(tracks)


def test_it_is_listed_on_the_artists_page(client: Client) -> None:
    release, _ = filled(title="Orchard")
    ReleaseFactory(owner=release.owner, title="Secret", visibility="private")
    page = client.get(f"/@{release.owner.handle}/").content.decode()
    assert "Orchard" in page
    assert "Secret" not in page
    client.force_login(release.owner)
    assert "Secret" in client.get(f"/@{release.owner.handle}/").content.decode()


def test_the_page_takes_few_queries_however_long_it_is(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    release, _ = filled(12)
    with django_assert_max_num_queries(4):
        client.get(release.get_absolute_url())
    with django_assert_max_num_queries(7):
        client.get(f"/@{release.owner.handle}/")


def test_slugs_do_not_take_the_place_of_pages(client: Client) -> None:
    client.force_login(UserFactory())
    client.post("/releases/new/", FORM | {"title": "New"})
    client.post("/releases/new/", FORM | {"title": "日本"})
    slugs = set(Release.objects.values_list("slug", flat=True))
    assert "new" not in slugs
    assert any(slug.startswith("release-") for slug in slugs)
