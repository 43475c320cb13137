"""The address of hidden X: it tells which test and which trial, and not which version.

Whoever holds it gets the bytes of X, read here and sent without an ETag or a redirect that A or B
have as well. Both versions are as loud as the quieter one, and X is so already: its header carries
the gain, so that no figure in the page tells what X is. What cannot be hidden: the sound itself
reaches the listener's machine, so whoever compares its bytes with those of A and B knows; and where
bars were moved, so does where X has to begin. A test proves something about the ears of those who
do not cheat themselves.
"""

import time
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from config.lib import limits
from media_pipeline.delivery import paths
from media_pipeline.delivery.paths import Item
from media_pipeline.steps.opus import with_output_gain
from media_pipeline.storage import get_storage
from tracks.models import BlindTest, VersionAlignment
from tracks.player import facts_of
from tracks.versions import aligning

LIFE_SECONDS = 6 * 3600
FILES_A_MINUTE = 240  # far more than a listener needs who jumps about
FOLDER = "opus/"


@dataclass(frozen=True)
class Ticket:
    """What opens a test to whoever began it, and one trial's X to the page."""

    test: UUID
    what: str  # "test", or the number of a trial
    expiry: int

    def signature(self, epochs: str) -> str:
        """Return 32 hex digits; raising a version's epoch (a takedown, a hiding) ends them all."""
        words = f"{self.test}/{self.what}/{self.expiry}/{epochs}"
        return salted_hmac("tracks.blind_tests.v1", words, algorithm="sha256").hexdigest()[:32]


def key_of(test: BlindTest) -> str:
    """Return the key that whoever began the test sends along with every answer."""
    expiry = int(time.time()) + LIFE_SECONDS
    return f"{expiry}-{Ticket(test.pk, 'test', expiry).signature(_epochs(test))}"


def x_url(test: BlindTest, trial: int) -> str:
    """Return where X of a trial is heard: a master playlist's address, of Opus only."""
    expiry = int(time.time()) + LIFE_SECONDS
    signature = Ticket(test.pk, str(trial), expiry).signature(_epochs(test))
    return reverse("blind-media", args=[test.pk, trial, expiry, signature, "master.m3u8"])


def opened_by_key(test_id: UUID, key: str) -> BlindTest | None:
    """Return the test if the key is its own and its time has not ended."""
    expiry, _, signature = key.partition("-")
    test = _find(test_id)
    if test is None or not expiry.isdecimal() or len(expiry) > 12 or int(expiry) < time.time():
        return None
    good = Ticket(test_id, "test", int(expiry)).signature(_epochs(test))
    return test if constant_time_compare(signature, good) else None


@dataclass(frozen=True)
class X:
    """One file of hidden X; its header is to carry the gain that makes X as loud as the other."""

    item: Item
    test: BlindTest
    side: str

    def read(self) -> bytes:
        """Return its bytes. Raises FileNotFoundError."""
        body = get_storage().read(self.item.key)
        if not self.item.key.endswith(".mp4"):
            return body
        return with_output_gain(body, _down_by(self.test, self.side))


def find_x(test_id: UUID, trial: int, expiry: int, signature: str, path: str) -> X | None:
    """Return the file of X in the trial that is open; None for anything else."""
    if not (path.startswith(FOLDER) and paths.is_allowed("std", path) and expiry > time.time()):
        return None
    test = _find(test_id)
    if test is None or trial != test.trials or test.finished_at or trial >= len(test.hidden):
        return None
    good = Ticket(test_id, str(trial), expiry).signature(_epochs(test))
    if not constant_time_compare(signature, good):
        return None
    side = test.hidden[trial]
    asset = (test.version_a if side == "a" else test.version_b).media.asset
    return X(paths.item(asset.pk, asset.attempt, path), test, side)


def passages_to(test: BlindTest, side: str) -> list[list[int]]:
    """Return [start, end, offset] in ms: where each passage of A is in that side.

    None where all is at the same second.
    """
    row = _alignment(test)
    if side == "a" or row is None or not row.is_moved:
        return []
    return aligning.passages_from(row, test.version_a)


def loudness_of(test: BlindTest) -> dict[str, float | None]:
    """Return the LUFS of A and B: of what both have in common, else of each as a whole."""
    row = _alignment(test)
    both = {"a": test.version_a, "b": test.version_b}
    shared = {side: aligning.loudness_of(row, version) for side, version in both.items()}
    if None not in shared.values():
        return shared
    return {side: getattr(facts_of(one), "loudness_lufs", None) for side, one in both.items()}


def _alignment(test: BlindTest) -> VersionAlignment | None:
    """Return how the two lie beside each other, as it was known when the test began."""
    row = aligning.alignment_between(test.version_a, test.version_b)
    return row if row and row.created_at <= test.created_at else None


def _down_by(test: BlindTest, side: str) -> float:
    """Return the dB that make one side no louder than the other (EBU R128)."""
    loudness = loudness_of(test)
    own, other = loudness[side], loudness["b" if side == "a" else "a"]
    return 0.0 if own is None or other is None else min(0.0, other - own)


def has_room(test_id: UUID) -> bool:
    """Count a file sent; False when this test asks for more than anybody can hear."""
    share = limits.take("blind", test_id, most=FILES_A_MINUTE, seconds=limits.MINUTE)
    return share.passes


def _find(test_id: UUID) -> BlindTest | None:
    facts = [f"version_{side}__media__asset__facts" for side in "ab"]
    rows = BlindTest.objects.select_related("listener", *facts)
    return rows.filter(pk=test_id, track_id=F("version_a__track_id")).first()


def _epochs(test: BlindTest) -> str:
    return f"{test.version_a.media.epoch}/{test.version_b.media.epoch}"
