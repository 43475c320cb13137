"""An artist's own page: its colour, its header, and what the press may take."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from config.lib import kept
from media_pipeline.models import Asset
from media_pipeline.storage import get_storage
from social.models import ArtistPage, ArtistPicture, User
from social.profiles import services as profiles
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import ReleaseFactory

pytestmark = pytest.mark.django_db
EDIT = "/me/page/"


def picture(width: int = 900, height: int = 600, kind: str = "JPEG") -> bytes:
    """Return a picture whose camera has written into it where it was."""
    image = Image.new("RGB", (width, height), (180, 90, 40))
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells"
    exif[0x0112] = 6  # to be turned
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


@pytest.fixture
def ada(client: Client) -> User:
    """Whoever edits their page."""
    person: User = UserFactory.create(handle="ada", display_name="Ada")
    client.force_login(person)
    return person


def send(client: Client, data: bytes, **words: str) -> Any:
    file = SimpleUploadedFile("me.jpg", data)
    given = {"file": file, "licence": "cc-by-4.0", **words}
    return client.post(f"{EDIT}pictures/", given, follow=True)


def test_a_page_has_its_own_colour_and_header(client: Client, ada: User) -> None:
    words = {"accent": "#B4552D", "press_md": "", "shows_press": ""}
    assert client.post(EDIT, words).status_code == 302
    send(client, picture(), **{"for": "header"})
    page = Client().get("/@ada/").text
    assert "/accent/b4552d.css" in page
    header = ArtistPage.objects.get().header
    assert header
    answer = Client().get(header.get_absolute_url())
    assert Image.open(io.BytesIO(answer.content)).size == (1920, 640)
    send(client, picture(kind="PNG"), **{"for": "header"})
    assert ArtistPicture.objects.count() == 1, "another takes its place"
    assert Asset.objects.count() == 1
    wrong = client.post(EDIT, words | {"accent": "red"})
    assert wrong.status_code == 422
    assert "hexadecimal" in wrong.text


def test_the_press_takes_pictures_in_full_size_without_what_the_camera_wrote(
    client: Client, ada: User
) -> None:
    visitor = Client()
    send(client, picture(3000, 2000), alt="Ada at the <piano>", credit="Bo")
    row = ArtistPicture.objects.get()
    assert visitor.get("/@ada/press/").status_code == 404
    assert visitor.get(row.get_absolute_url()).status_code == 404
    assert "only you see this page" in client.get("/@ada/press/").text
    ReleaseFactory.create(owner=ada, title="Orchard")
    client.post(EDIT, {"accent": "", "press_md": "Born in *1815*.", "shows_press": "on"})
    page = visitor.get("/@ada/press/").text
    for said in ("<em>1815</em>", "Ada at the &lt;piano&gt;", "Bo ·", "Attribution 4.0", "Orchard"):
        assert said in page
    assert "/@ada/press/" in visitor.get("/@ada/").text
    taken = visitor.get(f"{row.get_absolute_url()}?take=1")
    assert taken["Content-Disposition"].startswith("attachment")
    made = Image.open(io.BytesIO(taken.content))
    assert (made.size, dict(made.getexif())) == ((2000, 3000), {})
    small = visitor.get(f"{row.get_absolute_url()}?size=small")
    assert max(Image.open(io.BytesIO(small.content)).size) == 800
    original = f"{EDIT}pictures/{row.pk}/original/"
    assert client.get(original).content == picture(3000, 2000)
    assert visitor.get(original).status_code == 302
    other = Client()
    other.force_login(UserFactory.create())
    assert other.get(original).status_code == 404
    assert other.post(f"{EDIT}pictures/{row.pk}/", {"do": "remove"}).status_code == 404


@pytest.mark.parametrize(
    ("data", "words", "sentence"),
    [
        (b"no picture", {"alt": "x"}, "no picture that Nexus can read"),
        (picture(50, 50), {"alt": "x"}, "at least 100"),
        (picture(), {"alt": ""}, "Say what is to be seen"),
        (b"x" * (profiles.MOST_BYTES + 1), {"alt": "x"}, "20 MB"),
    ],
)
def test_what_is_none_is_said(
    client: Client, ada: User, data: bytes, words: dict[str, str], sentence: str
) -> None:
    assert sentence in send(client, data, **words).text
    assert not Asset.objects.exists()


def test_there_are_twelve_at_most(
    client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "PRESS_MOST", 1)
    send(client, picture(), alt="One")
    assert "which is the most" in send(client, picture(), alt="Two").text
    row = ArtistPicture.objects.get()
    client.post(f"{EDIT}pictures/{row.pk}/", {"alt": "Other", "licence": "cc0-1.0"})
    row.refresh_from_db()
    assert (row.alt, row.licence) == ("Other", "cc0-1.0")
    assert (
        "Choose a licence"
        in client.post(f"{EDIT}pictures/{row.pk}/", {"licence": "mine"}, follow=True).text
    )
    client.post(f"{EDIT}pictures/{row.pk}/", {"do": "remove"})
    assert not Asset.objects.exists()


def test_a_ban_closes_all_of_it(client: Client, ada: User) -> None:
    client.post(EDIT, {"accent": "", "press_md": "x", "shows_press": "on"})
    send(client, picture(), alt="x")
    send(client, picture(), **{"for": "header"})
    places = ["/@ada/press/", *(row.get_absolute_url() for row in ArtistPicture.objects.all())]
    assert {Client().get(place).status_code for place in places} == {200}
    judges.ban(ada)
    assert {Client().get(place).status_code for place in places} == {404}


@pytest.mark.django_db(transaction=True)
def test_who_leaves_takes_it_along(client: Client, ada: User) -> None:
    client.post(EDIT, {"accent": "", "press_md": "Words", "shows_press": "on"})
    send(client, picture(), alt="x")
    (row,) = kept.SECTIONS["artist_page"].rows(ada)
    assert (row["press_md"], row["pictures"][0]["alt"]) == ("Words", "x")
    keys = [Asset.objects.get().key, ArtistPicture.objects.get().asset.artwork.full_key]
    profiles.forget(ada)
    assert not ArtistPage.objects.exists()
    for key in keys:
        with pytest.raises(FileNotFoundError):
            get_storage().read(key)
