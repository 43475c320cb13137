"""Who opens a piece to others says that they may: what was said, and who writes it down.

Whoever makes a piece public or unlisted attests that they own it or may share it. An entrance says
what came with its request (`said`); the services that open pieces ask `require`; an upper room
registers who keeps it (`witnessed_by`). Where no request stands behind an opening (an hour that has
come, the demonstration), nothing is asked and nothing written down. A command says it itself.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

PAGE, API, COMMAND = "page", "api", "command"
WAYS = (PAGE, API, COMMAND)
# What is said. Other words are another version: a number is never used for two texts.
VERSION = 1
SENTENCE = "You confirm that it is yours, or that you may share it."
TEXT = (
    "I confirm that I made this music, with its words, its pictures and everything it quotes, or "
    "that whoever did has allowed me to share it here with those to whom I open it. I take it back "
    "when that is no longer so."
)


@dataclass(frozen=True)
class Word:
    """What somebody has said with a request, and from where.

    `given` is True where it was said expressly, None where it follows from what was asked for, as
    the description of the API tells, and False where it was denied.
    """

    way: str
    address: str = ""
    given: bool | None = None


Witness = Callable[[Collection[UUID], Word], None]

_word: ContextVar[Word | None] = ContextVar("attesting", default=None)
_witnesses: list[Witness] = []


def witnessed_by(witness: Witness) -> None:
    """Let `witness` write down what is said of tracks (ids); it raises Problem where it is not."""
    _witnesses.append(witness)


@contextmanager
def said(word: Word) -> Iterator[None]:
    """Say this of whatever is opened inside."""
    token = _word.set(word)
    try:
        yield
    finally:
        _word.reset(token)


@contextmanager
def attested(given: bool | None) -> Iterator[None]:
    """Say what a program's request had as `attested`; elsewhere nothing changes."""
    word = _word.get()
    if word is None or word.way != API:
        yield
        return
    with said(replace(word, given=given)):
        yield


def require(tracks: Collection[UUID]) -> None:
    """Have it written down that these may be shared, where that was not said before.

    Raises Problem `attestation-missing` where that is denied, or was to be said expressly.
    """
    word = _word.get()
    if word is None or not tracks:
        return
    for witness in _witnesses:
        witness(tracks, word)
