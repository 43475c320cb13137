"""What kind of piece it is, guessed from its file and its sound until its owner says it.

A genre that names speech decides. Else speech has no key to speak of, and pauses: most of it is
much quieter than its loudest moments. Neither alone tells: drums have no key, and pianos pause.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from media_pipeline.models import Asset
from tracks.models import Track
from tracks.models.described import Form
from tracks.visibility.services.closing import draw_anew

NAMES = re.compile(
    r"speech|spoken|podcast|audio\s?book|interview|lecture|talk|radio play|sermon|audio theat",
    re.IGNORECASE,
)
NUMBERS = re.compile(r"\(?(101|183|184|186)\)?")  # Speech, Audiobook, Audio Theatre, Podcast: ID3
LEAST_KEY = 0.5  # of a key's confidence, from 0 to 1: below it is none
QUIET, PAUSES = 0.1, 0.35  # of the highest peak; of all peaks, those that are below


def guess(*, asset: Asset) -> None:
    """Say of the tracks whose primary version this file is what kind of piece they seem to be."""
    tracks = Track.everything.filter(primary_version__media__asset=asset)
    if keys := list(tracks.values_list("pk", flat=True)):
        _write(keys, Form.SPEECH if sounds_spoken(asset) else Form.AUDIO)


@transaction.atomic
def _write(keys: list[UUID], form: Form) -> None:
    others = Track.everything.filter(pk__in=keys).exclude(form_guessed=form)
    changed = list(others.values_list("pk", flat=True))
    if changed:
        Track.everything.filter(pk__in=changed).update(form_guessed=form)
        draw_anew(changed)


def sounds_spoken(asset: Asset) -> bool:
    """Tell whether a file is speech, by its own words or by its sound."""
    tags = getattr(getattr(asset, "facts", None), "tags", {})
    genre = str(tags.get("genre", "")).strip()
    if NAMES.search(genre) or NUMBERS.fullmatch(genre):
        return True
    music, wave = getattr(asset, "music", None), getattr(asset, "waveform", None)
    if genre or music is None or wave is None:
        return False
    return (music.key_confidence or 0) < LEAST_KEY and _pauses(wave.overview) >= PAUSES


def _pauses(overview: Sequence[Any]) -> float:
    """Return how much of a waveform, least and most by turns, is quiet beside its loudest peak."""
    peaks: list[int] = [
        max(-low, high) for low, high in zip(overview[::2], overview[1::2], strict=False)
    ]
    highest = max(peaks, default=0)
    if highest <= 0:
        return 0.0
    return sum(peak < QUIET * highest for peak in peaks) / len(peaks)
