"""What somebody has confirmed of their pieces, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import COUNT, ID, TIME, YES_OR_NO, moment, one_of, row, text
from config.lib.kept import Section, register_section
from moderation.models import Attestation
from social.models import User
from tracks.attesting import WAYS

SCHEMA = row(
    "What you have confirmed when you opened a piece to others",
    id=ID,
    track=ID,
    title=text(200),
    version=COUNT,
    text=text(2000),
    way=one_of(*WAYS),
    expressly=YES_OR_NO,
    network=text(50),
    attested_at=TIME,
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for one in Attestation.objects.filter(person=person).order_by("pk").iterator():
        yield {
            "id": str(one.pk),
            "track": str(one.track_key),
            "title": one.title,
            "version": one.version,
            "text": one.text,
            "way": one.way,
            "expressly": one.expressly,
            "network": one.network,
            "attested_at": moment(one.attested_at),
        }


def register_all() -> None:
    """Say what goes along of it."""
    sentence = "What you have confirmed when you opened a piece to others, and when."
    register_section(Section("attestations", sentence, SCHEMA, _rows))
