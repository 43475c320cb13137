"""What somebody has made of their page, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib import archive
from config.lib.archive import BYTES, ID, PATH, SHA256, TIME, YES_OR_NO, many, moment, text
from config.lib.kept import Section, register_section
from social.models import ArtistPage, ArtistPicture, PageSection, User
from tracks.archive_paths import safe_name
from tracks.models.described import Licence

PICTURE = archive.thing(
    id=ID,
    is_header=YES_OR_NO,
    alt=text(300),
    credit=text(200),
    licence=archive.one_of(*Licence.values),
    created_at=TIME,
)
FILED = archive.grown(PICTURE, filename=text(255), sha256=SHA256, size_bytes=BYTES, path=PATH)
GIVEN = archive.row(
    "Your page and its pictures, each as you sent it",
    accent=text(6),
    press_md=text(10_000),
    shows_press=YES_OR_NO,
    pictures=many(FILED),
    updated_at=TIME,
)
SCHEMA = archive.grown(GIVEN, sections=many(archive.one_of(*PageSection.values)))


def _rows(person: User) -> Iterator[dict[str, Any]]:
    pictures = _pictures(person)
    for page in ArtistPage.objects.filter(user=person):
        yield {
            "accent": page.accent,
            "press_md": page.press_md,
            "shows_press": page.shows_press,
            "pictures": [_picture(row, path) for path, row in pictures.items()],
            "updated_at": moment(page.updated_at),
            "sections": [one.value for one in page.order],
        }


def _pictures(person: User) -> dict[str, ArtistPicture]:
    """Return the pictures of a page by their paths; one query."""
    rows = ArtistPicture.objects.filter(user=person).select_related("asset").order_by("pk")
    return {
        f"page/{number:02d} {safe_name(row.asset.filename)}": row
        for number, row in enumerate(rows, start=1)
    }


def _files(person: User) -> Iterator[tuple[str, str]]:
    for path, row in _pictures(person).items():
        yield path, row.asset.key


def _picture(row: ArtistPicture, path: str) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "is_header": row.is_header,
        "alt": row.alt,
        "credit": row.credit,
        "licence": row.licence,
        "created_at": moment(row.created_at),
        "filename": row.asset.filename,
        "sha256": row.asset.sha256,
        "size_bytes": row.asset.size_bytes,
        "path": path,
    }


def register_all() -> None:
    """Say what goes along of one's page."""
    sentence = "What your page looks like, with its pictures."
    register_section(Section("artist_page", sentence, SCHEMA, _rows, _files))
