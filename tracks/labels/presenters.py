"""What the page of a label is given."""

from typing import Any

from config.lib.markdown import to_html
from tracks.access import User
from tracks.covers.presenters import cover_of
from tracks.labels import selectors
from tracks.models import Label


def label_page(label: Label, viewer: User, before: str) -> dict[str, Any]:
    """Return the context of a label's page."""
    found = selectors.of_label(label, viewer, before)
    for row in found.rows:
        row.shown = cover_of(row, row.face)
    return {
        "label": label,
        "releases": found.rows,
        "next_url": found.next_url,
        "description_html": to_html(label.description_md),
        "can_edit": viewer.is_authenticated and viewer.pk == label.owner_id,
    }
