"""The main job: from an original to a piece that plays, with everything its page shows."""

from concurrent.futures import Future, ThreadPoolExecutor

from media_pipeline import faults
from media_pipeline.assets.services.originals import sha256_of
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.processing.services.muting import spans_of
from media_pipeline.processing.services.peaks import store_peaks
from media_pipeline.processing.services.pictures import store_pictures
from media_pipeline.processing.services.progress import PASS_PERCENT, Progress
from media_pipeline.processing.services.publishing import (
    publish_end,
    publish_start,
    remember_claims,
)
from media_pipeline.processing.services.sink import AttemptSink
from media_pipeline.processing.services.workspace import workspace
from media_pipeline.steps.encode import Encoded, NotNumbers, encode
from media_pipeline.steps.peaks import FinePeaks
from media_pipeline.steps.pictures import Cover, embedded_cover
from media_pipeline.steps.probe import probe
from media_pipeline.steps.sniff import sniff


def process(lease: Lease) -> None:
    """Make the asset of this job playable, then ready.

    Raises Refused or ProcessFailed (the file), Stopped (SIGTERM), LeaseLost.
    """
    asset, progress = lease.asset, Progress(lease)
    with workspace(lease) as place, ThreadPoolExecutor(2) as beside:
        original = place.original(asset)
        faults.point("job:probe", asset.filename)
        demuxer = sniff(original)
        claims = probe(original, demuxer)
        remember_claims(lease, claims)
        progress.begin_pass(claims.duration_s)

        sha256: Future[str] | None = None
        cover: Future[Cover | None] | None = None

        def on_playable() -> None:
            nonlocal sha256, cover
            publish_start(lease, muted)
            if sha256 is not None:
                return
            # From here on nobody waits: read the original once more, beside the pass.
            sha256 = beside.submit(sha256_of, original, lease.should_stop)
            if claims.has_picture:
                cover = beside.submit(embedded_cover, original, demuxer)

        muted = spans_of(asset.pk)
        prefix = asset.prefix_of(lease.job.attempt_key)
        fine = FinePeaks(place.folder / "peaks.dat", claims.sample_rate)

        def one_pass(*, clean: bool) -> Encoded:
            with AttemptSink(prefix, on_playable) as sink, fine:
                return encode(
                    original,
                    demuxer,
                    claims,
                    sink,
                    on_progress=progress.sound,
                    on_fine=fine.add,
                    should_stop=lease.should_stop,
                    clean=clean,
                    muted=muted,
                )

        try:
            encoded = one_pass(clean=False)
        except NotNumbers:
            encoded = one_pass(clean=True)  # up to there, the same bytes in the same places
        progress.stage("finishing", PASS_PERCENT)
        store_peaks(prefix, fine.path, encoded)
        pictures = store_pictures(asset.pk, encoded, cover.result() if cover else None)
        if sha256 is None:
            raise RuntimeError("the pass ended before its start was published")
        publish_end(lease, claims, encoded, pictures, sha256.result(), muted)
