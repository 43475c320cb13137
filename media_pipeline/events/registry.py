"""What can happen, and who reads of it: each app says so of its own, in `AppConfig.ready`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of event: its name, what it means to people, and which ids come with it."""

    name: str
    sentence: str
    data: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {}
# The name of a reader, and the kinds of event that wake it.
READERS: dict[str, frozenset[str]] = {}


def register(name: str, sentence: str, *data: str) -> Kind:
    """Say that this can happen. Raises ValueError when somebody has said so already."""
    if name in KINDS:
        raise ValueError(f"The event {name!r} is registered twice.")
    kind = KINDS[name] = Kind(name, sentence, data)
    return kind
