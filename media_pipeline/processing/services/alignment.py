"""Two assets of the same music, laid side by side."""

from media_pipeline.models import Asset, Fingerprint, Waveform
from media_pipeline.steps.alignment import Alignment, align
from media_pipeline.steps.levels import Levels
from media_pipeline.storage import get_storage


def align_assets(older: Asset, newer: Asset) -> Alignment:
    """Return where each moment of the older asset is in the newer; from what was measured before.

    Raises Fingerprint.DoesNotExist or Waveform.DoesNotExist for an asset that is not ready.
    """
    return align(_words(older), _words(newer), _levels(older), _levels(newer))


def _words(asset: Asset) -> list[int]:
    return Fingerprint.objects.values_list("chromaprint", flat=True).get(asset=asset)


def _levels(asset: Asset) -> Levels:
    key = Waveform.objects.values_list("json_key", flat=True).get(asset=asset)
    return Levels.of_json(get_storage().read(key))
