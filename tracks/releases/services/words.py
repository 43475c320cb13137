"""What an owner says of a release."""

from typing import Any

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from tracks.access import Person
from tracks.downloads.services.settings import set_audiences
from tracks.labels import services as labels
from tracks.models import Release, slugs
from tracks.releases.services import artists
from tracks.releases.services.ordering import locked

PLAIN = frozenset(
    {
        *("title", "kind", "released_on", "catalogue_number", "upc", "licence"),
        *("description_md", "notes_md"),
    }
)


@transaction.atomic
def edit(*, release: Release, words: dict[str, Any], by: Person) -> Release:
    """Change what is said of it; what is not in `words` stays; a former slug leads on.

    `words` has columns of `PLAIN`, `artist_credit`, and `label`, a name that becomes one of the
    owner's labels, and `download`, to whom it is open as a whole. Raises Problem as `labels.named`
    and `set_audiences` do, ValueError for another column.
    """
    if unknown := set(words) - PLAIN - {"artist_credit", "label", "slug", "download"}:
        raise ValueError(f"A release has no {', '.join(sorted(unknown))} to edit.")
    row: Release = locked(release)
    if row.owner_id != by.pk:
        raise Problem("not-own", "Only its owner changes a release.", status=403)
    things = {f"list:{row.pk}", f"person:{row.owner_id}", f"label:{row.label_id}"}
    if words.get("slug", row.slug) != row.slug:
        slugs.give(row, words["slug"])
    for name in PLAIN & set(words):
        setattr(row, name, words[name])
    if "artist_credit" in words:
        artists.set_text(thing=row, text=words["artist_credit"], by=by)
    if "label" in words:
        row.label = labels.named(name=words["label"], by=by)
    row.save()
    if "download" in words:
        set_audiences(thing=row, by=by, audiences={"download": words["download"]})
    kept_pages.forget(*things, f"label:{row.label_id}")
    return row
