"""A release that is limited takes its pieces along, unless another one lets them be found."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.utils import timezone

from moderation.decisions import services
from moderation.decisions.effects import simulate
from tests.factories.moderation import decide, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory, ReleaseFactory
from tests.indexing import index
from tests.jobs import do_jobs
from tracks.findable import findable
from tracks.models import Release, Tag, Track, TrackTag
from tracks.tags.services.counting import recount

pytestmark = pytest.mark.django_db(transaction=True)


def released(*titles: str, **words: Any) -> tuple[Release, list[Track]]:
    """Return a public release with pieces of these titles."""
    release = ReleaseFactory.create(visibility="public", **words)
    return release, [put_on(release, title=title) for title in titles]


def put_on(release: Release, track: Track | None = None, **words: Any) -> Track:
    """Put a piece on a release."""
    piece = track or PublicTrackFactory.create(owner=release.owner, **words)
    release.items.create(track=piece, position=release.items.count() + 1)
    return piece


def found() -> set[str]:
    """Return the titles of what lists that find may show."""
    rows = findable(Track.objects.visible_to(AnonymousUser()))
    return set(rows.values_list("title", flat=True))


def test_its_pieces_leave_the_lists_and_come_back(client: Client) -> None:
    release, (one, _) = released("Loudest one", "Loudest two")
    tag = Tag.objects.create(slug="gloom", name="gloom", key="gloom", kind="genre")
    TrackTag.objects.create(track=one, tag=tag, state="accepted", source="owner")
    recount([tag.pk])
    index()
    finding = ["/", "/search/?q=Loudest", "/tags/gloom/", "/feeds/atom.xml"]

    def seen() -> list[bool]:
        return ["Loudest one" in client.get(url).text for url in finding]

    assert all(seen())
    made = decide(release, "limit", "release")
    assert not any(seen())
    tag.refresh_from_db()
    assert tag.uses == 0
    for page in (one, release, release.owner):
        assert "Loudest one" in client.get(page.get_absolute_url()).text
    services.restore(decision=made, by=moderator(), facts="No.")
    index()
    assert all(seen())
    tag.refresh_from_db()
    assert tag.uses == 1


def test_what_another_release_lets_be_found_goes_on() -> None:
    release, (only, both) = released("Only", "Both")
    other = ReleaseFactory.create(owner=release.owner, visibility="public")
    put_on(other, both)
    decide(release, "limit", "release")
    assert found() == {"Both"}
    for change in (
        {"visibility": "private"},
        {"visibility": "unlisted"},
        {"deleted_at": timezone.now()},
        {"release_at": timezone.now() + timedelta(days=1)},
    ):
        before = {name: getattr(other, name) for name in change}
        Release.everything.filter(pk=other.pk).update(**change)
        assert found() == set(), change
        Release.everything.filter(pk=other.pk).update(**before)
    for kind in ("limit", "hide"):
        made = decide(other, kind, "release")
        assert found() == set()
        services.restore(decision=made, by=moderator(), facts="No.")
    assert found() == {"Both"}
    release.items.filter(track=only).delete()
    assert found() == {"Only", "Both"}


def test_a_playlist_takes_nothing_along_for_its_pieces_are_others() -> None:
    playlist = PlaylistFactory.create(visibility="public")
    playlist.items.create(
        track=PublicTrackFactory.create(title="Else"), position=1, added_by=playlist.owner
    )
    decide(playlist, "limit", "playlist")
    assert found() == {"Else"}


def test_it_says_beforehand_how_many_and_afterwards_why(client: Client) -> None:
    release, pieces = released("One", "Two", "Both", title="Greyest")
    put_on(ReleaseFactory.create(owner=release.owner, visibility="public"), pieces[2])
    said = simulate("limit", "release", release).sentence
    assert said == "This takes 2 pieces, 1 list out of lists and searches."
    made = decide(release, "limit", "release")
    assert found() == {"Both"}
    do_jobs()
    [letter] = [one for one in mail.outbox if release.owner.email in one.to]
    sentence = "leave out its pieces too, except those that are also on another public"
    assert sentence in letter.body
    assert sentence in client.get(made.get_absolute_url()).text
    client.force_login(release.owner)
    [told] = client.get("/api/v1/me/decisions/").json()["decisions"]
    assert sentence in told["reach"]
    page = client.get(pieces[0].get_absolute_url()).text
    assert "<bdi>Greyest</bdi> out of lists and searches, and this with it" in page
    assert "out of lists and searches" not in client.get(pieces[2].get_absolute_url()).text
    assert "taken this out of lists and searches" in client.get(release.get_absolute_url()).text
    client.force_login(UserFactory.create())
    assert "out of lists" not in client.get(release.get_absolute_url()).text
