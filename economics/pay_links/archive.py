"""How somebody is paid, in the archive of their data."""

from collections.abc import Iterator
from typing import Any

from config.lib.archive import ID, TIME, YES_OR_NO, moment, one_of, row, text
from config.lib.kept import Section, on_farewell, register_section
from economics.models import PayLink
from economics.models.pay_link import ADDRESS_CHARS, LABEL_CHARS, WORDS_CHARS
from economics.pay_links import services
from economics.pay_links.selectors import own
from social.models import User

SCHEMA = row(
    "A way in which you are paid",
    id=ID,
    kind=one_of(*PayLink.Kind.values),
    address=text(ADDRESS_CHARS),
    words=text(WORDS_CHARS),
    label=text(LABEL_CHARS),
    is_public=YES_OR_NO,
    created_at=TIME,
)


def _rows(person: User) -> Iterator[dict[str, Any]]:
    for one in own(person):
        words = {name: getattr(one, name) for name in ("kind", "address", "words", "label")}
        more = {"is_public": one.is_public, "created_at": moment(one.created_at)}
        yield {"id": str(one.pk), **words, **more}


def register_all() -> None:
    """Say what goes along of it, and that it goes with its artist."""
    register_section(Section("pay_links", "How you are paid.", SCHEMA, _rows))
    on_farewell(services.leave)
