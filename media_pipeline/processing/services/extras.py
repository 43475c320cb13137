"""The second job: renditions that nobody waits for."""

from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset, Rendition
from media_pipeline.processing.services.muting import require_same, spans_of
from media_pipeline.processing.services.progress import Progress
from media_pipeline.processing.services.publishing import point_renditions
from media_pipeline.processing.services.sink import AttemptSink
from media_pipeline.processing.services.workspace import workspace
from media_pipeline.steps import extras
from media_pipeline.steps.packager import RenditionStats
from media_pipeline.steps.probe import probe
from media_pipeline.steps.recipes import Spans
from media_pipeline.steps.sniff import sniff
from media_pipeline.storage import get_storage

MP3_PATH = "mp3_320.mp3"
FORMATS = {
    "flac": (Rendition.Format.HLS_FLAC, "flac/playlist.m3u8"),
    "alac": (Rendition.Format.HLS_ALAC, "alac/playlist.m3u8"),
    extras.MP3: (Rendition.Format.MP3_320, MP3_PATH),
}


def make_extras(lease: Lease) -> None:
    """Make FLAC, ALAC and MP3 of the asset. A failure here never harms the version.

    Raises Refused or ProcessFailed (the file), Stopped (SIGTERM), LeaseLost.
    """
    asset, progress = lease.asset, Progress(lease)
    prefix = asset.prefix_of(lease.job.attempt_key)
    with workspace(lease) as place, AttemptSink(prefix) as sink:
        original, mp3 = place.original(asset), place.folder / "extras.mp3"
        demuxer = sniff(original)
        claims = probe(original, demuxer)
        progress.begin_pass(claims.duration_s)
        muted = spans_of(asset.pk)
        made = extras.make_extras(
            original,
            demuxer,
            claims,
            sink,
            mp3,
            on_progress=progress.sound,
            should_stop=lease.should_stop,
            muted=muted,
        )
        get_storage().write_file(f"{prefix}/{MP3_PATH}", mp3, content_type="audio/mpeg")
        publish(lease, made, muted)


def publish(lease: Lease, made: dict[str, RenditionStats], muted: Spans = ()) -> None:
    """Point listeners to these renditions and end the job, in one go."""
    asset, attempt = lease.asset, lease.job.attempt_key
    with lease.fence():
        require_same(asset.pk, muted)
        point_renditions(
            Rendition(
                asset=asset,
                format=FORMATS[name][0],
                attempt=attempt,
                path=FORMATS[name][1],
                codec=stats.codec,
                bitrate=stats.average_bitrate,
                size_bytes=stats.bytes,
                status=Rendition.Status.READY,
            )
            for name, stats in made.items()
        )
        Asset.objects.filter(pk=asset.pk).update(extras_attempt=attempt)
        ending.done(lease)
