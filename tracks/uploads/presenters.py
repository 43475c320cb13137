"""What My uploads offers for many pieces at once, and what is said of it afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.messages import constants
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tracks.access import Person
from tracks.bulk import DEEDS, MOST, Deed, Outcome

REFUSALS_SHOWN = 5


@dataclass(frozen=True)
class Offered:
    """A deed as a page offers it, with its part of the form."""

    name: str
    label: str
    form: SafeString


def deeds_for(person: Person) -> list[Offered]:
    """Return all deeds in the order of their registration."""
    return [Offered(deed.name, deed.label, _form(deed, person)) for deed in DEEDS.values()]


def result_of(deed: Deed, outcome: Outcome, *, asked: int) -> Iterator[tuple[int, str]]:
    """Yield what was done and what was not: a message's level and a sentence each."""
    if outcome.done:
        pieces = "1 piece" if outcome.done == 1 else f"{outcome.done} pieces"
        yield constants.SUCCESS, deed.said.format(pieces)
    for sentence in outcome.refused[:REFUSALS_SHOWN]:
        yield constants.ERROR, sentence
    if (rest := len(outcome.refused) - REFUSALS_SHOWN) > 0:
        yield constants.ERROR, f"And {rest} more could not be done, for such reasons."
    if asked > MOST:
        yield constants.WARNING, f"Up to {MOST} at once: choose the others once more."


def _form(deed: Deed, person: Person) -> SafeString:
    return render_to_string(deed.template, deed.context(person)) if deed.template else SafeString()
