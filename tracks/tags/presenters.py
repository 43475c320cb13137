"""What the pages of tags are given."""

from typing import Any
from urllib.parse import urlencode

from tracks.models import Tag, Track, TrackTag
from tracks.tags import selectors
from tracks.tags.rules import MOST

HEADINGS = {
    Tag.Kind.GENRE: "Genres",
    Tag.Kind.MOOD: "Moods",
    Tag.Kind.INSTRUMENT: "Instruments",
    Tag.Kind.FREE: "Other tags",
}
SIZES = ((100, "4"), (25, "3"), (5, "2"))  # how large a tag is written from how many tracks on


def tags_page(kind: str, after: str) -> dict[str, Any]:
    """Return the context of the list of all tags, or of those of one kind. Raises Http404."""
    if kind:
        rows, following = selectors.of_kind(kind, after)
        words = urlencode({"kind": kind, "after": following})
        found = {Tag.Kind(kind): rows}
        next_url = f"?{words}" if following else ""
    else:
        rows, next_url = selectors.most_used(), ""
        found = {each: [tag for tag in rows if tag.kind == each] for each in HEADINGS}
    sections = [
        {
            "kind": each.value,
            "heading": HEADINGS[each],
            "tags": [{"tag": tag, "size": _size(tag.uses)} for tag in tags],
            "more": not kind and len(tags) == selectors.OF_EACH_KIND,
        }
        for each, tags in found.items()
        if tags
    ]
    return {"sections": sections, "next_url": next_url, "kind": kind}


def edit_page(track: Track, words: str, refusal: str) -> dict[str, Any]:
    """Return the context of the page where an owner puts tags on a track."""
    rows = list(selectors.rows_of(track))
    accepted = [row for row in rows if row.state == TrackTag.State.ACCEPTED]
    return {
        "track": track,
        "rows": accepted,
        "suggested": [
            {"id": row.pk, "name": row.tag.name, "confidence": row.confidence}
            for row in rows
            if row.state == TrackTag.State.SUGGESTED
        ],
        "kinds": Tag.Kind.choices,
        "words": words,
        "refusal": refusal,
        "left": MOST - len(accepted),
    }


def _size(uses: int) -> str:
    return next((size for least, size in SIZES if uses >= least), "1")
