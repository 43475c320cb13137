"""Sealing a bundle: AES-256-GCM in frames, each of which knows its number and whether it is last.

So nothing can be changed, put elsewhere or cut off unseen (the STREAM construction: Hoang,
Reyhanitabar, Rogaway and Vizár, 2015). Each bundle has a key of its own, used once.
"""

import os
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FRAME, TAG = 2**20, 16


class Broken(Exception):
    """The bundle is not as it was sealed."""


def new_secret() -> str:
    """Return a key, in hex."""
    return os.urandom(32).hex()


def sealed(chunks: Iterable[bytes], secret: str) -> Iterator[bytes]:
    """Yield the frames of what is to be sealed."""
    cipher, number, rest = AESGCM(bytes.fromhex(secret)), 0, bytearray()
    for chunk in chunks:
        rest += chunk
        while len(rest) > FRAME:
            yield cipher.encrypt(_nonce(number, last=False), bytes(rest[:FRAME]), None)
            del rest[:FRAME]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(rest), None)


def opened(chunks: Iterable[bytes], secret: str) -> Iterator[bytes]:
    """Yield what was sealed, frame by frame. Raises Broken at the first one that does not fit."""
    cipher, number, rest = AESGCM(bytes.fromhex(secret)), 0, bytearray()
    try:
        for chunk in chunks:
            rest += chunk
            while len(rest) > FRAME + TAG:
                frame = bytes(rest[: FRAME + TAG])
                yield cipher.decrypt(_nonce(number, last=False), frame, None)
                del rest[: FRAME + TAG]
                number += 1
        yield cipher.decrypt(_nonce(number, last=True), bytes(rest), None)
    except (InvalidTag, ValueError) as error:
        raise Broken("The bundle was changed, or is not whole.") from error


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
