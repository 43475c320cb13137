"""Which machines there are, by task. Each says whether it is on this server.

A provider is asked only for what `assistant.consent.selectors.may_read` allows it to read.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol, runtime_checkable


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
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def is_local(self) -> bool: ...
    @property
    def model(self) -> str: ...
    @property
    def version(self) -> str: ...

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

    dimensions: int

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


@dataclass
class Registered:
    """All that were registered, by name."""

    speech: dict[str, Speech] = field(default_factory=dict)
    embedders: dict[str, Embedder] = field(default_factory=dict)
    writers: dict[str, Writer] = field(default_factory=dict)


MACHINES = Registered()
