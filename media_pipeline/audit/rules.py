"""What a key of the storage says of itself: of which kind it is, and whose."""

import re
from datetime import timedelta
from uuid import UUID

from media_pipeline.models import StorageFinding

COUNT, SCRUB = "count-storage", "scrub-originals"  # kinds of job

ORIGINALS, RENDITIONS, WAVEFORMS = "originals", "renditions", "waveforms"
PICTURES, VISUALS, UPLOADS, OTHER = "pictures", "visuals", "uploads", "other"
LABELS = {
    ORIGINALS: "Originals",
    RENDITIONS: "Renditions",
    WAVEFORMS: "Waveforms",
    PICTURES: "Covers",
    VISUALS: "Visuals",
    UPLOADS: "Uploads under way",
    OTHER: "Other",
}
FOLDERS = {
    "originals": ORIGINALS,
    "transcodes": RENDITIONS,
    "waveforms": WAVEFORMS,
    "images": PICTURES,
    "visuals": VISUALS,
    "uploads": UPLOADS,
}

ORPHANED_AFTER = timedelta(hours=24)  # younger bytes may still get their row
DELETED_AFTER = timedelta(hours=24)  # between the first and the last time it was seen

_ID = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_SHAPES = {
    ORIGINALS: re.compile(rf"{_ID}\.[a-z0-9]+"),
    RENDITIONS: re.compile(rf"{_ID}/.+", re.DOTALL),
    WAVEFORMS: re.compile(rf"{_ID}(?:\.json|\.png|-spectrum\.png)"),
    PICTURES: re.compile(rf"artwork_{_ID}_(?:full|thumb)\.jpg"),
    VISUALS: re.compile(rf"{_ID}\.(?:jpg|mp4)"),
    UPLOADS: re.compile(rf"{_ID}/.+", re.DOTALL),
}
_LONGEST = StorageFinding._meta.get_field("key").max_length or 0


def classify(key: str) -> tuple[str, UUID | None]:
    """Return of which kind a key is, and the id in it: of its asset, or of its upload.

    An id is only returned for a key as this app makes it. What lies elsewhere is `other`.
    """
    folder, _, rest = key.partition("/")
    kind = FOLDERS.get(folder, OTHER) if rest else OTHER
    shape = _SHAPES.get(kind)
    found = shape.fullmatch(rest) if shape else None
    return kind, UUID(found[1]) if found else None


def attempt_of(key: str) -> str:
    """Return the attempt that wrote a rendition's file; empty for a file beside the attempts."""
    names = key.split("/", 3)
    return names[2] if len(names) > 3 else ""


def can_be_listed(key: str) -> bool:
    """Tell whether a row can name this key: short enough, and text."""
    return len(key) <= _LONGEST and "\0" not in key and _is_text(key)


def _is_text(key: str) -> bool:
    try:
        key.encode()
    except UnicodeEncodeError:  # a file name of other bytes than UTF-8
        return False
    return True
