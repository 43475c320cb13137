"""A cover of one's own: taken from any camera, cut where one says, and gone when it is replaced."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from config.lib.problems import Problem
from media_pipeline.delivery import media_url
from media_pipeline.models import Asset, Media
from media_pipeline.storage import get_storage
from media_pipeline.uploads.services.quota import quota_of
from tests.factories.releases import filled
from tests.factories.tracks import PublicTrackFactory
from tracks.covers import services as covers
from tracks.covers.services import MOST_BYTES, Square
from tracks.models import Track

pytestmark = pytest.mark.django_db


def picture(width: int = 600, height: int = 400, kind: str = "PNG", **how: Any) -> bytes:
    """Return a picture whose left third is red, its middle green and its right blue."""
    image = Image.new("RGB", (width, height), (0, 160, 0))
    image.paste((200, 0, 0), (0, 0, width // 3, height))
    image.paste((0, 0, 200), (2 * width // 3, 0, width, height))
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def shown(media: Media) -> Image.Image:
    data = get_storage().read(f"images/artwork_{media.asset_id}_full.jpg")
    return Image.open(io.BytesIO(data)).convert("RGB")


def colour(image: Image.Image, x: float, y: float) -> str:
    at = image.getpixel((int(x * image.width), int(y * image.height)))
    return "rgb"[int(np.argmax(at))]


@pytest.fixture
def track() -> Track:
    found: Any = PublicTrackFactory()
    return found


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_its_middle_is_shown_and_the_original_kept(track: Track, kind: str) -> None:
    data = picture(kind=kind)
    media = covers.put(thing=track, data=data, by=track.owner)
    track.refresh_from_db()
    assert track.cover == media
    image = shown(media)
    assert image.size == (1000, 1000)
    assert colour(image, 0.5, 0.5) == "g"
    assert colour(image, 0.05, 0.5) == "r"
    assert get_storage().read(media.asset.key) == data
    assert len(track.cover_accent) == 6
    assert Image.open(
        io.BytesIO(get_storage().read(f"images/artwork_{media.asset_id}_thumb.jpg"))
    ).size == (200, 200)


def test_a_square_is_cut_where_one_says(track: Track) -> None:
    media = covers.put(thing=track, data=picture(), by=track.owner, square=Square(0, 100, 190))
    assert {colour(shown(media), x, y) for x in (0.1, 0.9) for y in (0.1, 0.9)} == {"r"}
    again = covers.crop(thing=track, square=Square(410, 0, 5000), by=track.owner)
    assert colour(shown(again), 0.9, 0.5) == "b"
    assert again.asset_id != media.asset_id
    assert again.asset.key == media.asset.key
    assert get_storage().exists(again.asset.key)
    assert not Asset.objects.filter(pk=media.asset_id).exists()


def test_a_camera_held_upright_is_turned_before_it_is_cut(track: Track) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90° clockwise: its left is up
    media = covers.put(
        thing=track, data=picture(kind="JPEG", exif=exif), by=track.owner, square=Square(0, 0, 150)
    )
    assert {colour(shown(media), x, 0.5) for x in (0.1, 0.9)} == {"r"}
    assert "exif" not in shown(media).info


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (b"GIF89a" + bytes(100), "no-cover"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no-cover"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no-cover"),
        (b"", "no-cover"),
        (picture(299, 600), "too-small"),
        (picture(6400, 6300), "too-many-pixels"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "cover-too-large"),
    ],
    ids=["gif", "svg", "broken", "empty", "small", "40-megapixels", "20-megabytes"],
)
def test_what_is_no_cover_has_its_sentence(track: Track, data: bytes, type: str) -> None:
    with pytest.raises(Problem) as refusal:
        covers.put(thing=track, data=data, by=track.owner)
    assert refusal.value.type == type
    track.refresh_from_db()
    assert track.cover is None
    assert not Asset.objects.filter(filename__startswith="cover").exists()


def test_forty_megapixels_are_cut(track: Track) -> None:
    data = picture(6320, 6320, "JPEG")
    media = covers.put(thing=track, data=data, by=track.owner, square=Square(0, 0, 2000))
    assert colour(shown(media), 0.5, 0.5) == "r"


def test_another_cover_ends_the_one_before(
    client: Client, track: Track, django_capture_on_commit_callbacks: Any
) -> None:
    before = covers.put(thing=track, data=picture(), by=track.owner)
    address = media_url(before, "-", "cover.jpg", scope="img")
    assert client.get(address).status_code == 200
    key = before.asset.key
    with django_capture_on_commit_callbacks(execute=True):
        covers.put(thing=track, data=picture(700), by=track.owner)
    assert client.get(address).status_code in {403, 404}
    assert not get_storage().exists(key)
    assert not get_storage().exists(f"images/artwork_{before.asset_id}_full.jpg")
    used = quota_of(track.owner).used
    with django_capture_on_commit_callbacks(execute=True):
        assert covers.remove(thing=track, by=track.owner)
    track.refresh_from_db()
    assert (track.cover, track.cover_accent) == (None, "")
    assert quota_of(track.owner).used == used - len(picture(700))
    assert not covers.remove(thing=track, by=track.owner)


def test_quota_counts_it(track: Track, settings: Any) -> None:
    settings.NEXUS_QUOTA_BYTES = quota_of(track.owner).used + 100
    with pytest.raises(Problem) as refusal:
        covers.put(thing=track, data=picture(), by=track.owner)
    assert refusal.value.type == "quota-exceeded"


def test_it_wins_over_that_of_the_file_everywhere(client: Client, track: Track) -> None:
    release, _ = filled(0, owner=track.owner, visibility="public")
    release.items.create(track=track, position=1)
    media = covers.put(thing=track, data=picture(), by=track.owner)
    assert track.primary_version
    of_file = str(track.primary_version.media_id)
    for address in ("/", track.get_absolute_url(), f"/@{track.owner.handle}/"):
        page = client.get(address).text
        assert f"/{media.pk}/" in page, address
        assert f"{of_file}/-/cover" not in page, address
    entries = client.get(f"/api/v1/lists/release/{release.slug}/").json()["entries"]
    assert str(media.pk) in entries[0]["cover_thumb"]
    assert entries[0]["accent"] == track.cover_accent
    assert str(media.pk) in client.get(f"/cover/track/{track.pk}.jpg")["Location"]
    assert str(media.pk) in client.get(f"/cover/release/{release.pk}.jpg")["Location"]
    own = covers.put(thing=release, data=picture(), by=release.owner)
    assert str(own.pk) in client.get(f"/cover/release/{release.pk}.jpg")["Location"]
    assert f"/{own.pk}/" in client.get(release.get_absolute_url()).text
    assert f"/{own.pk}/" in client.get(f"/@{track.owner.handle}/").text


def test_programs_send_it_as_the_body_or_as_a_form(client: Client, track: Track) -> None:
    client.force_login(track.owner)
    address = f"/api/v1/tracks/{track.pk}/cover/"
    answer = client.put(f"{address}?x=0&y=0&side=190", picture(), content_type="image/png")
    assert answer.status_code == 200
    assert answer.json()["accent"]
    form = SimpleUploadedFile("front.jpg", picture(kind="JPEG"), "image/jpeg")
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    body = encode_multipart(BOUNDARY, {"file": form})
    assert client.put(address, body, content_type=MULTIPART_CONTENT).status_code == 200
    assert Track.objects.get(pk=track.pk).cover.asset.filename == "front.jpg"
    said = {"x": 10, "y": 10, "side": 100}
    assert client.patch(address, said, content_type="application/json").status_code == 200
    half = client.patch(address, {"x": 10}, content_type="application/json")
    assert half.json()["type"] == "/problems/invalid-input"
    assert client.put(f"{address}?x=a", picture(), content_type="image/png").status_code == 400
    nothing = client.put(address, b"", content_type="image/png")
    assert nothing.json()["type"] == "/problems/no-cover"
    assert client.delete(address).status_code == 204
    crop = client.patch(address, said, content_type="application/json")
    assert crop.status_code == 404


def test_a_page_without_scripts_sends_it(client: Client) -> None:
    release, _ = filled(1)
    client.force_login(release.owner)
    address = f"/covers/release/{release.pk}/"
    form = SimpleUploadedFile("front.png", picture(), "image/png")
    page = client.post(address, {"file": form, "what": "put"}, follow=True)
    assert "This is its cover now." in page.text
    release.refresh_from_db()
    assert release.cover
    page = client.post(address, {"what": "put"}, follow=True)
    assert "Choose a picture first." in page.text
    wrong = SimpleUploadedFile("x.png", b"no picture", "image/png")
    assert "no picture that Nexus" in client.post(address, {"file": wrong}, follow=True).text
    assert "taken away" in client.post(address, {"what": "remove"}, follow=True).text
    release.refresh_from_db()
    assert release.cover is None


def test_a_release_that_is_removed_leaves_no_file(
    client: Client, django_capture_on_commit_callbacks: Any, tmp_path: Path
) -> None:
    release, _ = filled(1)
    media = covers.put(thing=release, data=picture(), by=release.owner)
    key = media.asset.key
    client.force_login(release.owner)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/releases/{release.slug}/delete/")
        assert get_storage().exists(key), "it may come back for 30 days"
        client.post(f"/my/deleted/release/{release.pk}/remove/")
    assert not get_storage().exists(key)
    assert not Media.objects.filter(pk=media.pk).exists()
