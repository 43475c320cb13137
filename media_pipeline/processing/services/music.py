"""The third job: what a machine hears of the music. Nobody waits for it."""

from media_pipeline.jobs.services import ending, jobs
from media_pipeline.jobs.services.announcing import announce
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset, MusicFacts
from media_pipeline.processing.services.listening import listen
from media_pipeline.signals import music_measured
from media_pipeline.steps.music import Heard, can_hear, hear

KIND = "music-facts"


def expect(*, asset: Asset) -> bool:
    """Have an asset measured, or say again what was; False where this machine cannot.

    Runs in the caller's transaction.
    """
    if MusicFacts.objects.filter(asset=asset).exists():
        announce(music_measured, asset)
        return True
    if not can_hear():
        return False
    jobs.enqueue(KIND, asset=asset)
    return True


def measure(lease: Lease) -> None:
    """Measure tempo and key of the asset and say so. What cannot be told stays empty.

    Raises Refused or ProcessFailed (the file), Stopped (SIGTERM), LeaseLost.
    """
    asset = lease.asset
    found = listen(lease, hear)
    with lease.fence():
        MusicFacts.objects.update_or_create(asset=asset, defaults=_columns(found))
        announce(music_measured, asset)
        ending.done(lease)


def _columns(found: Heard) -> dict[str, object]:
    return {
        "bpm": None if found.bpm is None else round(found.bpm, 2),
        "bpm_confidence": found.bpm_confidence,
        "key": found.key,
        "key_confidence": found.key_confidence,
    }
