"""What may stand below a signed directory, and where it lies in the storage."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.utils.http import content_disposition_header

_SEGMENTED = r"(?:init\.mp4|playlist\.m3u8|segment_\d{3,5}\.m4s)"
# One strict pattern per scope; whatever else is asked for does not exist.
PATTERNS = {
    "std": re.compile(
        rf"master\.m3u8|(?:opus|opus64|aac)/{_SEGMENTED}|mp3_320\.mp3|waveform\.json"
        r"|peaks/(?:32|256|2048)\.dat"
    ),
    "lossless": re.compile(rf"master\.m3u8|(?:flac|alac)/{_SEGMENTED}"),
    "img": re.compile(r"cover(?:-thumb)?\.jpg|visual\.(?:jpg|mp4)|(?:waveform|spectrum)\.png"),
}
NO_ATTEMPT = "-"  # pictures belong to the asset, whatever the attempt

_BESIDE = {
    "waveform.json": "waveforms/{asset}.json",
    "waveform.png": "waveforms/{asset}.png",
    "spectrum.png": "waveforms/{asset}-spectrum.png",
    "cover.jpg": "images/artwork_{asset}_full.jpg",
    "cover-thumb.jpg": "images/artwork_{asset}_thumb.jpg",
    "visual.jpg": "visuals/{asset}.jpg",
    "visual.mp4": "visuals/{asset}.mp4",
}
_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mp4": "audio/mp4",
    "m4s": "video/iso.segment",
    "mp3": "audio/mpeg",
    "dat": "application/octet-stream",
    "json": "application/json",
    "jpg": "image/jpeg",
    "png": "image/png",
}

FOREVER = "private, max-age=31536000, immutable"
A_DAY = "private, max-age=86400"
A_MINUTE = "private, max-age=60"
NEVER = "no-store"


@dataclass(frozen=True)
class Item:
    """One file that a signed address leads to."""

    key: str
    content_type: str
    cache_control: str
    attachment: str = ""  # under which name it is kept by whoever fetches it

    @property
    def disposition(self) -> str:
        """Return the Content-Disposition, in ASCII; empty for what is played or shown."""
        return content_disposition_header(True, self.attachment) or "" if self.attachment else ""

    @property
    def is_playlist(self) -> bool:
        """True for what tells where the sound is, and grows while it is being made."""
        return self.key.endswith(".m3u8")

    @property
    def is_picture(self) -> bool:
        """True for covers and drawings, which a later attempt may draw anew."""
        return self.content_type.startswith("image/")

    @property
    def is_gzipped(self) -> bool:
        """True for what lies compressed in the storage."""
        return self.key.endswith(".json")


def is_allowed(scope: str, path: str) -> bool:
    """Tell whether `path` can exist below a directory of this scope."""
    pattern = PATTERNS.get(scope)
    return pattern is not None and pattern.fullmatch(path) is not None


def item(asset: UUID, attempt: str, path: str) -> Item:
    """Return where an allowed `path` lies and how it is served."""
    suffix = path.rpartition(".")[2]
    beside = _BESIDE.get(path)
    key = beside.format(asset=asset) if beside else f"transcodes/{asset}/{attempt}/{path}"
    # Outputs of an attempt are written once; pictures and peaks are written again by the next.
    cache_control = A_DAY if beside else A_MINUTE if suffix == "m3u8" else FOREVER
    content_type = "video/mp4" if path == "visual.mp4" else _TYPES[suffix]
    return Item(key, content_type, cache_control)
