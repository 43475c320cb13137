"""A job of its own: how a piece sounds, so that others like it are found. Nobody waits for it."""

from media_pipeline.jobs.services import ending, jobs
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.models import Asset, Descriptor
from media_pipeline.processing.services.listening import listen
from media_pipeline.steps.descriptor import VERSION, describe

KIND = "descriptor"


def expect(*, asset: Asset) -> None:
    """Have an asset described, unless that was done. Runs in the caller's transaction."""
    if not Descriptor.objects.filter(asset=asset, version=VERSION).exists():
        jobs.enqueue(KIND, asset=asset)


def make(lease: Lease) -> None:
    """Describe how the asset sounds. Of what cannot be heard that is kept, too.

    Raises Refused or ProcessFailed (the file), Stopped (SIGTERM), LeaseLost.
    """
    asset = lease.asset
    found = listen(lease, describe)
    with lease.fence():
        vector = None if found is None else found.tolist()
        words = {"vector": vector, "version": VERSION}
        Descriptor.objects.update_or_create(asset=asset, defaults=words)
        ending.done(lease)
