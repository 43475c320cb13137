"""Which providers elsewhere can be named. The floor above knows them, and tells."""

from collections.abc import Callable, Mapping

Source = Callable[[], Mapping[str, str]]

_sources: list[Source] = []


def named_by(source: Source) -> None:
    """Let a function say which providers elsewhere there are: labels by name."""
    _sources.append(source)


def providers() -> dict[str, str]:
    """Return all that can be named: labels by name."""
    return {name: label for source in _sources for name, label in source().items()}
