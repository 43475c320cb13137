"""What is to be seen of a piece: stored beside it, under names that do not change."""

from dataclasses import dataclass
from uuid import UUID

from media_pipeline.models import Artwork
from media_pipeline.steps.drawing import drawn_cover, waveform_png
from media_pipeline.steps.encode import Encoded
from media_pipeline.steps.pictures import Cover
from media_pipeline.steps.spectrum import spectrum_png
from media_pipeline.steps.waveform import waveform_json
from media_pipeline.storage import get_storage


@dataclass(frozen=True)
class Pictures:
    """Fields of the Waveform and Artwork rows that name what is stored."""

    waveform: dict[str, str]
    artwork: dict[str, str]


def keys(asset_id: object) -> list[str]:
    """Return the storage keys of everything that `store_pictures` may have stored."""
    peaks = [f"waveforms/{asset_id}{end}" for end in (".json", ".png", "-spectrum.png")]
    return peaks + [f"images/artwork_{asset_id}_{size}.jpg" for size in ("full", "thumb")]


def store_pictures(asset_id: UUID, encoded: Encoded, embedded: Cover | None) -> Pictures:
    """Draw and store waveform, spectrum and cover; the same piece gives the same bytes."""
    cover = embedded or drawn_cover(encoded.overview)
    json_key, png_key, spectral_key, full_key, thumb_key = keys(asset_id)
    storage = get_storage()
    for key, data, content_type in (
        (json_key, waveform_json(encoded.peaks, encoded.sample_rate), "application/json"),
        (png_key, waveform_png(encoded.overview), "image/png"),
        (spectral_key, spectrum_png(encoded.spectrum), "image/png"),
        (full_key, cover.full, "image/jpeg"),
        (thumb_key, cover.thumb, "image/jpeg"),
    ):
        storage.write(key, data, content_type=content_type)
    origin = Artwork.Origin.EMBEDDED if embedded else Artwork.Origin.DRAWN
    return Pictures(
        waveform={"json_key": json_key, "png_key": png_key, "spectral_key": spectral_key},
        artwork={
            "full_key": full_key,
            "thumb_key": thumb_key,
            "origin": origin,
            "accent": cover.accent,
        },
    )
