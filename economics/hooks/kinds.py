"""Jobs with providers: what they tell is taken, and what is given back is asked of them."""

from economics.contributions import services as contributions
from economics.hooks.following import EVERY, FOLLOW, follow_all
from economics.models import Contribution
from economics.providers import services as providers
from economics.providers.registry import Unreachable
from media_pipeline.jobs.errors import Transient
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round

GIVE_BACK = "hooks.give-back"
SECONDS = 120


def ask_to_give_back(given: Contribution) -> None:
    """Let a contribution be given back by its provider, and then in the ledger."""
    jobs.enqueue(GIVE_BACK, key=str(given.pk), payload={"id": str(given.pk)})


def give_back(lease: Lease) -> None:
    """Ask the provider, with the same key however often this is tried, and write it down."""
    given = Contribution.objects.get(pk=lease.job.payload["id"])
    try:
        reference = providers.refund(given)
    except Unreachable as error:
        raise Transient("provider-away", f"{given.provider} does not answer: {error}") from error
    contributions.refund(given.pk, reference=reference)


def register_all() -> None:
    """Let the machine know."""
    register_round(FOLLOW, follow_all, "Takes what providers have told", every=EVERY)
    register(Kind(GIVE_BACK, "general", give_back, "Gives a contribution back", SECONDS))
