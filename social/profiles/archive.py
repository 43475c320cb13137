"""What somebody has made of their page, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib import archive
from config.lib.archive import ID, TIME, YES_OR_NO, many, moment, text
from config.lib.kept import Section, register_section
from social.models import ArtistPage, ArtistPicture, PageSection, User
from tracks.models.described import Licence

PICTURE = archive.thing(
    id=ID,
    is_header=YES_OR_NO,
    alt=text(300),
    credit=text(200),
    licence=archive.one_of(*Licence.values),
    created_at=TIME,
)
GIVEN = archive.row(
    "Your page; its pictures are on it, each in full size",
    accent=text(6),
    press_md=text(10_000),
    shows_press=YES_OR_NO,
    pictures=many(PICTURE),
    updated_at=TIME,
)
SCHEMA = archive.grown(GIVEN, sections=many(archive.one_of(*PageSection.values)))


def _rows(person: User) -> Iterator[dict[str, Any]]:
    pictures = ArtistPicture.objects.filter(user=person).order_by("pk")
    for page in ArtistPage.objects.filter(user=person):
        yield {
            "accent": page.accent,
            "press_md": page.press_md,
            "shows_press": page.shows_press,
            "pictures": [_picture(row) for row in pictures],
            "updated_at": moment(page.updated_at),
            "sections": [one.value for one in page.order],
        }


def _picture(row: ArtistPicture) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "is_header": row.is_header,
        "alt": row.alt,
        "credit": row.credit,
        "licence": row.licence,
        "created_at": moment(row.created_at),
    }


def register_all() -> None:
    """Say what goes along of one's page."""
    register_section(Section("artist_page", "What your page looks like.", SCHEMA, _rows))
