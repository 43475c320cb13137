"""Saying what has happened, once it is committed. What is said is never the truth: rows are."""

import logging
from uuid import UUID

from django.db import transaction
from django.dispatch import Signal

from config.lib import live
from media_pipeline.models import Asset

logger = logging.getLogger(__name__)


def announce(signal: Signal, asset: Asset) -> None:
    """Send `signal` on commit to whoever listens, and then tell those who watch the asset."""
    transaction.on_commit(lambda: _send(signal, asset))
    changed(asset.pk)


def changed(asset_id: UUID) -> None:
    """Tell those who watch the asset, on commit, to look at its rows again."""
    transaction.on_commit(lambda: live.announce(f"asset-{asset_id}", "asset.changed"))


def _send(signal: Signal, asset: Asset) -> None:
    for receiver, outcome in signal.send_robust(sender=Asset, asset=asset):
        if isinstance(outcome, Exception):
            logger.error("%r failed for asset %s.", receiver, asset.pk, exc_info=outcome)
