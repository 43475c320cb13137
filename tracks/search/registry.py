"""What can be found by words besides tracks: each app registers its documents.

A document is found through what the viewer may see, by an index, a bounded number at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tracks.access import User

MOST = 12  # of one kind on a page


@dataclass(frozen=True)
class Found:
    """One thing that was found: its name, where it is, and a few words about it."""

    name: str
    url: str
    words: str = ""


Find = Callable[[str, User], list[Found]]


@dataclass(frozen=True)
class Document:
    """A kind of thing that can be found, and what stands above those that were."""

    kind: str
    heading: str
    find: Find


DOCUMENTS: dict[str, Document] = {}


def register(kind: str, heading: str, find: Find) -> None:
    """Say what can be found. Raises ValueError for a kind given twice."""
    if kind in DOCUMENTS:
        raise ValueError(f"There are two documents called {kind!r}.")
    DOCUMENTS[kind] = Document(kind, heading, find)


def found_beside(text: str, viewer: User) -> list[tuple[Document, list[Found]]]:
    """Return what was found of each kind, up to twelve, without the kinds of which nothing was."""
    pairs = [(document, document.find(text, viewer)[:MOST]) for document in DOCUMENTS.values()]
    return [(document, rows) for document, rows in pairs if rows]
