"""Jobs with providers: what they tell is taken, and what is given back is asked of them."""

from config.lib.problems import Problem
from economics.contributions import services as contributions
from economics.contributions.selectors import was_sent_back
from economics.hooks.following import EVERY, FOLLOW, follow_all
from economics.models import Contribution
from economics.providers import services as providers
from economics.providers.registry import Unreachable
from media_pipeline.jobs.errors import Permanent, Transient
from media_pipeline.jobs.services import jobs
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.jobs.services.schedules import register_round

Status = Contribution.Status
GIVE_BACK = "hooks.give-back"
SECONDS = 120


def ask_to_give_back(given: Contribution) -> None:
    """Let a contribution be given back by its provider, and then in the ledger."""
    jobs.enqueue(GIVE_BACK, key=str(given.pk), payload={"id": str(given.pk)})


def give_back(lease: Lease) -> None:
    """Ask the provider, with the same key however often this is tried, and write it down."""
    given = Contribution.objects.get(pk=lease.job.payload["id"])
    if given.status == Status.REFUNDED:
        return
    if given.status == Status.DISPUTED:  # a bank that takes it would have it given back twice
        raise Transient("in-dispute", "A bank asks it back: it waits until that is decided.")
    if given.status != Status.CONFIRMED or was_sent_back(given):
        sentence = "There is nothing that could be given back, or not all of it."
        raise Permanent("not-confirmed", sentence)
    try:
        reference = providers.refund(given)
    except Unreachable as error:
        raise Transient("provider-away", f"{given.provider} does not answer: {error}") from error
    try:
        contributions.refund(given.pk, reference=reference)
    except Problem as refusal:  # a dispute came meanwhile: the provider has the same key's answer
        raise Transient(refusal.type, refusal.detail) from refusal


def register_all() -> None:
    """Let the machine know."""
    register_round(FOLLOW, follow_all, "Takes what providers have told", every=EVERY)
    register(Kind(GIVE_BACK, "general", give_back, "Gives a contribution back", SECONDS))
