"""Making what an attempt has stored visible to listeners, by fenced pointers."""

import hashlib
from collections.abc import Iterable, Sequence

from django.db.models.functions import Coalesce, Now

from media_pipeline import faults
from media_pipeline.assets.services.originals import store_once
from media_pipeline.events.kinds import BYTES_DIFFER
from media_pipeline.events.services import OWNER, tell
from media_pipeline.jobs.services import ending, jobs
from media_pipeline.jobs.services.announcing import announce
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import (
    Artwork,
    Asset,
    AudioFacts,
    Fingerprint,
    Job,
    Rendition,
    Upload,
    Waveform,
)
from media_pipeline.processing.services.muting import require_same
from media_pipeline.processing.services.pictures import Pictures
from media_pipeline.signals import asset_playable, asset_probed, asset_ready
from media_pipeline.steps.encode import Encoded
from media_pipeline.steps.probe import Probe
from media_pipeline.steps.recipes import RECIPES, Spans

FORMATS = {
    "opus": Rendition.Format.HLS_OPUS,
    "opus64": Rendition.Format.HLS_OPUS64,
    "aac": Rendition.Format.HLS_AAC,
}
WORD_MASK = 0xFFFFFFF0  # the lowest bits of a chromaprint word are noise


def remember_claims(lease: Lease, probe: Probe) -> None:
    """Write down what the file says of itself, until it is measured."""
    claims = _figures(probe)
    with lease.fence():
        if probe.duration_s:
            claims |= {"measured": False, "duration_ms": round(probe.duration_s * 1000)}
            AudioFacts.objects.update_or_create(asset=lease.asset, defaults=claims)
            announce(asset_probed, lease.asset)


def publish_start(lease: Lease, muted: Spans = ()) -> None:
    """Point listeners to this attempt: its first segments of every rendition are stored."""
    asset, attempt = lease.asset, lease.job.attempt_key
    faults.point("job:before-publish", asset.filename)
    with lease.fence():
        require_same(asset.pk, muted)
        Asset.objects.filter(pk=asset.pk).update(
            attempt=attempt, playable_at=Coalesce("playable_at", Now())
        )
        point_renditions(
            Rendition(
                asset=asset,
                format=FORMATS[recipe.name],
                attempt=attempt,
                path=f"{recipe.name}/playlist.m3u8",
                codec=recipe.codecs,
            )
            for recipe in RECIPES
        )
        announce(asset_playable, asset)
    faults.point("job:after-publish", asset.filename)


def point_renditions(rows: Iterable[Rendition]) -> None:
    """Write these rows over those of earlier attempts, in one statement."""
    Rendition.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["asset", "format"],
        update_fields=["attempt", "path", "codec", "bitrate", "size_bytes", "status"],
    )


def publish_end(
    lease: Lease,
    probe: Probe,
    encoded: Encoded,
    pictures: Pictures,
    sha256: str,
    muted: Spans = (),
) -> None:
    """Write down all that the pass has found, end the job and queue the extras, in one go."""
    asset = lease.asset
    faults.point("job:before-finish", asset.filename)
    with lease.fence():
        require_same(asset.pk, muted)
        for name, stats in encoded.renditions.items():
            Rendition.objects.filter(asset=asset, format=FORMATS[name]).update(
                bitrate=stats.average_bitrate,
                size_bytes=stats.bytes,
                status=Rendition.Status.READY,
            )
        AudioFacts.objects.update_or_create(
            asset=asset, defaults=_figures(probe) | _measurements(encoded)
        )
        Waveform.objects.update_or_create(
            asset=asset, defaults=pictures.waveform | {"overview": encoded.overview}
        )
        Artwork.objects.update_or_create(asset=asset, defaults=pictures.artwork)
        Fingerprint.objects.update_or_create(
            asset=asset, defaults=_fingerprint(encoded.fingerprint)
        )
        store_once(asset, sha256)
        compare_with_claim(asset, sha256)
        Asset.objects.filter(pk=asset.pk).update(ready_at=Now())
        ending.done(lease)
        jobs.enqueue(Job.Kind.EXTRAS, asset=asset)
        announce(asset_ready, asset)
    faults.point("job:after-finish", asset.filename)


def compare_with_claim(asset: Asset, sha256: str) -> None:
    """Tell where other bytes have arrived than the sender had announced by their hash."""
    if Upload.objects.filter(asset=asset).exclude(sha256__in=["", sha256]).exists():
        tell(BYTES_DIFFER, of=asset, audience=OWNER)


def _figures(probe: Probe) -> dict[str, object]:
    return {
        "sample_rate": probe.sample_rate,
        "channels": probe.channels,
        "bit_depth": probe.bit_depth,
        "bitrate": probe.bitrate,
        "container": probe.container,
        "codec": probe.codec,
        "tags": probe.tags,
    }


def _measurements(encoded: Encoded) -> dict[str, object]:
    return {
        "measured": True,
        "duration_ms": encoded.duration_ms,
        "loudness_lufs": encoded.loudness_lufs,
        "true_peak_dbtp": encoded.true_peak_dbtp,
        "lra": encoded.lra,
        "loudness_curve": encoded.loudness_curve,
    }


def _fingerprint(chromaprint: Sequence[int]) -> dict[str, object]:
    raw = b"".join((value & 0xFFFFFFFF).to_bytes(4, "little") for value in chromaprint)
    return {
        "chromaprint": chromaprint,
        "words": sorted({_signed(value & WORD_MASK) for value in chromaprint}),
        "hash": hashlib.sha256(raw).hexdigest() if raw else "",
    }


def _signed(word: int) -> int:
    return word - (1 << 32) if word & 0x80000000 else word
