"""Who may tell: a signature over the very bytes and the moment, with one of a provider's keys."""

import hashlib
import hmac
from collections.abc import Sequence

from config.lib.problems import Problem

HEADER = "Nexus-Signature"
TOLERANCE_S = 300
BODY_BYTES = 64 * 1024
KEY_CHARS = 16  # a key has at least so many
SIGNATURES = 8  # of one message: one for each key while keys are changed
MOMENT_CHARS = 12


def signature(key: str, moment: int, body: bytes) -> str:
    """Return HMAC-SHA256 over `moment.body`, in hexadecimal; `moment` in Unix seconds."""
    return hmac.new(key.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()


def header(keys: Sequence[str], moment: int, body: bytes) -> str:
    """Return the header of a message: `t=1700000000,v1=…`, one `v1` for each key."""
    return ",".join([f"t={moment}", *(f"v1={signature(key, moment, body)}" for key in keys)])


def require_signed(body: bytes, told: str, keys: Sequence[str], now: float) -> None:
    """Raise Problem unless one of these keys has signed these bytes within the last minutes.

    `no-key` (503) without a key: then nothing is let in. `signature-wrong`, `signature-old` (400).
    """
    usable = [key for key in keys if len(key) >= KEY_CHARS]
    if not usable:
        raise Problem("no-key", "There is no key here to check this with.", status=503)
    moment, signatures = _read(told)
    expected = [signature(key, moment, body) for key in usable]
    # All pairs are compared, so that time tells nothing of which key it was.
    fits = [hmac.compare_digest(one, own) for one in signatures for own in expected]
    if not any(fits):
        raise Problem("signature-wrong", "The signature does not fit these bytes.")
    if abs(now - moment) > TOLERANCE_S:
        raise Problem("signature-old", f"Signed more than {TOLERANCE_S} s from now.")


def _read(told: str) -> tuple[int, list[str]]:
    parts = [part.strip().partition("=") for part in told.split(",")]
    moments = [value for name, _, value in parts if name == "t"]
    signatures = [value for name, _, value in parts if name == "v1" and value.isascii()]
    whole = len(moments) == 1 and moments[0].isascii() and moments[0].isdigit()
    if not whole or len(moments[0]) > MOMENT_CHARS or not 0 < len(signatures) <= SIGNATURES:
        sentence = f"Sign it: {HEADER}: t=<Unix seconds>,v1=<HMAC-SHA256 in hexadecimal>."
        raise Problem("signature-wrong", sentence)
    return int(moments[0]), signatures
