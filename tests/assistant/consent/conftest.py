"""Two machines elsewhere that could be named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.providers.registry import MACHINES, Heard


class Ear:
    """A machine elsewhere that hears nothing."""

    is_local = False
    model = version = "1"

    def __init__(self, name: str) -> None:
        self.name, self.label = name, f"{name.capitalize()} of somebody else"

    def is_there(self) -> bool:
        return True

    def hear(self, sound: Path, *, language: str = "", sung: bool = False) -> Heard:
        return Heard([])


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, str]]:
    names = ("attic", "cellar")
    MACHINES.speech |= {name: Ear(name) for name in names}
    yield names
    for name in names:
        del MACHINES.speech[name]
