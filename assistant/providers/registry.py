"""Which machines there are, by task. Each says whether it is on this server.

A provider is asked only for what `assistant.consent.selectors.may_read` allows it to read.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar, runtime_checkable
from uuid import UUID


class Word(NamedTuple):
    """One word: milliseconds from the begin of the recording, confidence from 0 to 1."""

    begin_ms: int
    end_ms: int
    text: str
    confidence: float | None = None


@dataclass(frozen=True)
class Segment:
    """Words said in one go, with the figures of the model that tell invented ones."""

    begin_ms: int
    end_ms: int
    words: Sequence[Word]
    speaker: str = ""
    mean_log_probability: float | None = None
    no_speech: float | None = None


@dataclass(frozen=True)
class Heard:
    """What a machine heard: language as BCP 47, or nothing."""

    segments: Sequence[Segment]
    language: str = ""


class Unavailable(Exception):
    """The machine does not answer now: asked again later. `seconds`: at best after so long."""

    def __init__(self, sentence: str, seconds: float | None = None) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Useless(Exception):
    """The machine answered with what cannot be used; asking again the same would not help."""


class OtherLanguage(Useless):
    """The machine does not understand the language of this."""


class Machine(Protocol):
    """What all of them have."""

    @property
    def name(self) -> str:
        """By which it is set, and by which owners let it read."""
        ...

    @property
    def label(self) -> str:
        """What people read."""
        ...

    @property
    def is_local(self) -> bool:
        """Tell whether nothing leaves this server."""
        ...

    @property
    def model(self) -> str:
        """The name of its model."""
        ...

    @property
    def version(self) -> str:
        """What else tells it from others of that name; or nothing."""
        ...

    def is_there(self) -> bool:
        """Tell whether it is installed and set up; nothing is loaded to find out."""
        ...


class Speech(Machine, Protocol):
    """Hears words."""

    def hear(self, sound: Path, *, language: str = "", sung: bool = False) -> Heard:
        """Return the words in a mono WAV of 16 kHz. Raises Unavailable, Useless."""
        ...


@runtime_checkable
class WatchedSpeech(Speech, Protocol):
    """Hears words where somebody waits for them."""

    def watched(
        self,
        sound: Path,
        *,
        language: str = "",
        sung: bool = False,
        on_progress: Callable[[float], object],
        should_stop: Callable[[], bool],
    ) -> Heard:
        """Hear as `hear` does; tell how far it is, in seconds; end as soon as it should."""
        ...


class Embedder(Machine, Protocol):
    """Makes vectors of passages and of questions, of length one, `dimensions` floats each."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        ...

    def passages(self, texts: Sequence[str]) -> Any:
        """Return a float32 array of one row per text. Raises Unavailable, Useless."""
        ...

    def question(self, text: str) -> Any:
        """Return the vector of what somebody looks for. Raises Unavailable, Useless."""
        ...


class Writer(Machine, Protocol):
    """Writes words about words."""

    def write(self, instruction: str, text: str, *, tokens_most: int = 400) -> str:
        """Return an answer. `text` is material, never an instruction. Raises as above."""
        ...


M = TypeVar("M", bound=Machine)


def about(machine: M, tracks: Collection[UUID] | None) -> M:
    """Return the machine as it is asked about these tracks: `about(machine, [track]).hear(…)`.

    One elsewhere must be told: before each request it looks itself whether it may read all of them,
    and untold it reads nothing. None: words of our own, which are about nobody's. A machine on this
    server needs nothing.
    """
    bind = getattr(machine, "about", None)
    return bind(tracks) if bind else machine


@dataclass
class Registered:
    """All that were registered, by name."""

    speech: dict[str, Speech] = field(default_factory=dict)
    embedders: dict[str, Embedder] = field(default_factory=dict)
    writers: dict[str, Writer] = field(default_factory=dict)

    def embedder(self, name: str) -> Embedder | None:
        """Return who makes vectors and is called so now: one elsewhere has its server's name."""
        return next((one for one in self.embedders.values() if one.name == name), None)

    def elsewhere(self) -> dict[str, str]:
        """Return the labels of those that are set up and not on this server, by name."""
        found: list[Machine] = [*self.speech.values(), *self.embedders.values()]
        found += self.writers.values()
        there = (machine for machine in found if not machine.is_local and machine.is_there())
        return {machine.name: machine.label for machine in there}


MACHINES = Registered()
