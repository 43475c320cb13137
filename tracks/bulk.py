"""What can be done with many pieces at once: each topic registers its own deed.

A deed brings the part of the form that asks what it needs (`template`, drawn with what `context`
returns), and acts on tracks of one owner. It is named in the form as `deed`; its fields begin with
its name and a hyphen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracks.access import Person
from tracks.models import Track

MOST = 500  # pieces at once


@dataclass(frozen=True)
class Outcome:
    """What came of it: how many pieces it was done to, and a sentence for each that was refused.

    `place` is the name of the page that shows the result, where My uploads is not.
    """

    done: int
    refused: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class Deed:
    """Something that is done to many pieces at once.

    `act(tracks, data, by)` changes rows through services, and raises Problem where nothing can be
    done at all. `said` is the sentence for what was done, with `{}` for “12 pieces”.
    """

    name: str
    label: str
    said: str
    act: Callable[[list[Track], Mapping[str, str], Person], Outcome]
    template: str = ""
    context: Callable[[Person], dict[str, Any]] = lambda _person: {}


DEEDS: dict[str, Deed] = {}


def register(deed: Deed) -> None:
    """Offer a deed. Raises ValueError for a name given twice."""
    if deed.name in DEEDS:
        raise ValueError(f"There are two deeds called {deed.name!r}.")
    DEEDS[deed.name] = deed
