"""A folder becomes a release; what somebody changed by hand is theirs."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from config.lib.problems import Problem
from media_pipeline.models import Artwork, AudioFacts
from media_pipeline.signals import asset_probed, asset_ready
from media_pipeline.storage import get_storage
from tests.factories.releases import on_draft, order_of
from tests.factories.social import UserFactory
from tests.factories.tracks import ReadyTrackFactory
from tracks.labels import services as labels
from tracks.models import Label, Release, ReleaseTrack, Track
from tracks.releases.services import drafts, ordering, words

pytestmark = pytest.mark.django_db
ALBUM = {"album": "Orchard", "album_artist": "Ada", "date": "2026-03-01", "publisher": "Fields"}


@pytest.fixture
def draft() -> Release:
    return drafts.begin(owner=UserFactory.create(display_name="Mira"), title="folder name")


def test_it_takes_its_words_from_the_files(draft: Release) -> None:
    on_draft(draft, "o/02.flac", title="Two", track="2", artist="Ada feat. Bo", **ALBUM)
    on_draft(draft, "o/01.flac", title="One", track="1", artist="ada", isrc="GBA1B2400001", **ALBUM)
    found = drafts.settle(release=draft)
    assert (found.title, found.artist_credit, found.kind) == ("Orchard", "Ada", "single")
    assert found.label == Label.objects.get(owner=found.owner, name="Fields")
    assert str(found.released_on) == "2026-03-01"
    assert found.visibility == "private"
    assert order_of(found) == [(1, "One"), (1, "Two")]
    one, two = (item.track for item in found.items.select_related("track"))
    assert (one.isrc, one.artist_credit) == ("GBA1B2400001", "Ada")
    assert two.artist_credit == "Ada feat. Bo"
    assert not found.items.filter(is_read=False).exists()


def test_its_address_follows_the_title_its_files_have(draft: Release) -> None:
    assert draft.slug == "folder-name"
    on_draft(draft, "1.flac", title="One", track="1", **ALBUM)
    found = drafts.settle(release=draft)
    assert found.slug == "orchard"
    client = Client()
    client.force_login(draft.owner)
    moved = client.get("/releases/folder-name/edit/")
    assert (moved.status_code, moved["Location"]) == (301, "/releases/orchard/edit/")


def test_an_address_somebody_has_chosen_stays(draft: Release) -> None:
    words.edit(release=draft, words={"slug": "mine"}, by=draft.owner)
    on_draft(draft, "1.flac", title="One", track="1", **ALBUM)
    found = drafts.settle(release=draft)
    assert (found.title, found.slug) == ("Orchard", "mine")


def test_a_year_alone_is_its_date_and_seen_as_one(draft: Release, client: Client) -> None:
    on_draft(draft, "1.flac", title="One", **ALBUM | {"date": "1977"})
    found = drafts.settle(release=draft)
    assert found.released_on == "1977"
    client.force_login(found.owner)
    page = client.get(f"/releases/{found.slug}/").content.decode()
    assert '<time datetime="1977">1977</time>' in page
    told = client.get(f"/api/v1/releases/{found.pk}/").json()
    assert told["released_on"] == "1977"
    on_draft(draft, "2.flac", title="Two", **ALBUM | {"date": "1977-03"})
    assert drafts.settle(release=draft).released_on == "1977-03"
    words.edit(release=draft, words={"released_on": ""}, by=draft.owner)
    on_draft(draft, "3.flac", title="Three", **ALBUM | {"date": "1978"})
    assert drafts.settle(release=draft).released_on == ""


def test_a_draft_of_before_takes_its_date(draft: Release) -> None:
    draft.guessed["released_on"] = None  # as it was kept where no tag had said a whole day
    draft.save()
    on_draft(draft, "1.flac", title="One", **ALBUM | {"date": "1977"})
    assert drafts.settle(release=draft).released_on == "1977"


def test_the_owner_as_artist_is_no_credit(draft: Release) -> None:
    on_draft(draft, "1.flac", artist="Mira", album="X")
    found = drafts.settle(release=draft)
    assert found.artist_credit == ""
    assert Track.objects.get().artist_credit == ""


def test_what_was_changed_by_hand_stays(draft: Release) -> None:
    first = on_draft(draft, "1.flac", title="One", track="2", artist="Bo", isrc="", **ALBUM)
    on_draft(draft, "2.flac", title="Two", track="1", **ALBUM)
    drafts.settle(release=draft)
    by = draft.owner
    words.edit(release=draft, words={"title": "Garden", "label": "", "kind": "live"}, by=by)
    Track.objects.filter(pk=first.pk).update(artist_credit="")
    item = draft.items.get(track=first)
    ordering.move(release=draft, item_id=item.pk, to=0, by=by)
    on_draft(draft, "3.flac", title="Three", track="0", **ALBUM | {"album": "Orchard (Deluxe)"})
    found = drafts.settle(release=draft)
    assert (found.title, found.kind, found.label) == ("Garden", "live", None)
    assert found.artist_credit == "Ada"
    assert Track.objects.get(pk=first.pk).artist_credit == ""
    assert order_of(found) == [(1, "One"), (1, "Two"), (1, "Three")]


def test_files_that_come_later_find_their_place(draft: Release) -> None:
    on_draft(draft, "2.flac", title="Two", disc="2", track="1")
    drafts.settle(release=draft)
    on_draft(draft, "1.flac", title="One", disc="1", track="1")
    found = drafts.settle(release=draft)
    assert order_of(found) == [(1, "One"), (2, "Two")]
    assert drafts.settle(release=draft).title == "folder name"
    assert order_of(found) == [(1, "One"), (2, "Two")]


def test_the_word_of_the_machine_fills_it_in(draft: Release) -> None:
    track = on_draft(draft, "1.flac", **ALBUM)
    other = on_draft(draft, "2.flac", **ALBUM)
    assert track.primary_version
    asset = track.primary_version.media.asset
    asset_probed.send(type(asset), asset=asset)
    draft.refresh_from_db()
    assert draft.title == "Orchard"
    read = ReleaseTrack.objects.filter(is_read=True)
    assert set(read.values_list("track", flat=True)) == {track.pk, other.pk}


def test_a_lost_word_is_made_up_for(draft: Release) -> None:
    on_draft(draft, "1.flac", **ALBUM)
    drafts.settle_all()
    draft.refresh_from_db()
    assert draft.title == "Orchard"


def test_nonsense_in_every_tag_is_no_error(draft: Release) -> None:
    for number in range(3):
        tags = dict.fromkeys(
            ("album", "artist", "track", "disc", "date", "isrc", "barcode", "publisher"),
            "<script>alert(1)</script>" * 50,
        )
        on_draft(draft, f"{number}.flac", title=str(number), **tags)
    found = drafts.settle(release=draft)
    assert order_of(found) == [(1, "0"), (1, "1"), (1, "2")]
    assert len(found.title) <= 200
    assert found.upc == ""


def test_the_picture_inside_is_its_cover(draft: Release) -> None:
    track = on_draft(draft, "1.flac", **ALBUM)
    assert track.primary_version
    asset = track.primary_version.media.asset
    out = io.BytesIO()
    Image.new("RGB", (1000, 1000), (30, 90, 200)).save(out, "JPEG")
    artwork = Artwork.objects.get(asset=asset)
    get_storage().write(artwork.full_key, out.getvalue(), content_type="image/jpeg")
    Artwork.objects.filter(pk=artwork.pk).update(origin=Artwork.Origin.EMBEDDED)
    asset_ready.send(type(asset), asset=asset)
    draft.refresh_from_db()
    assert draft.cover is not None
    assert draft.cover.asset_id != asset.pk
    assert draft.cover_accent


def test_only_ones_own_pieces_and_each_once(draft: Release) -> None:
    track: Any = ReadyTrackFactory(owner=draft.owner)
    first = drafts.add(release=draft, track=track, path="a")
    assert drafts.add(release=draft, track=track, path="b") == first
    with pytest.raises(Problem, match="only your own"):
        drafts.add(release=draft, track=ReadyTrackFactory.create(), path="c")


def test_a_file_whose_sound_failed_is_not_waited_for(draft: Release) -> None:
    track = on_draft(draft, "1.flac")
    assert track.primary_version
    asset = track.primary_version.media.asset
    asset.ready_at = None
    asset.save()
    AudioFacts.objects.filter(asset=asset).delete()
    assert drafts.unread(draft) == 1
    track.versions.update(status="failed")
    drafts.settle(release=draft)
    assert drafts.unread(draft) == 0
    assert not draft.items.filter(is_read=False).exists()


def test_one_label_too_many_in_a_tag_stops_nobody(
    draft: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels, "MOST", 0)
    on_draft(draft, "1.flac", title="One", **ALBUM)
    other = drafts.begin(owner=UserFactory.create(), title="other")
    on_draft(other, "1.flac", title="One", **ALBUM | {"publisher": ""})
    drafts.settle_all()
    for each in Release.objects.all():
        assert (each.title, each.label) == ("Orchard", None)
        assert not each.items.filter(is_read=False).exists()
