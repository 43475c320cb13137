"""What was found, as pages and programs are told of it: each with the reason why it is there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tracks.access import User
from tracks.alike import selectors
from tracks.alike.rules import Traits, harmonic_with, reason
from tracks.alike.selectors import STEPS, STEPS_MOST, Near, seed_of
from tracks.cards import ListedTrack, listed
from tracks.collections.entries import entry
from tracks.criteria.selectors import in_order
from tracks.models import Track
from tracks.music_facts.rules import camelot
from tracks.search import grammar
from tracks.search import selectors as searching

ON_SHELF, ON_PAGE, IN_HARMONY, CHOICES = 6, 12, 10, 8
LONGEST = 200  # characters of what is looked for
ADDRESS = re.compile(r"/tracks/([\w-]{1,200})/?", re.ASCII)
SLUG = re.compile(r"[\w-]{1,200}", re.ASCII)
Reasons = dict[UUID, str]


@dataclass(frozen=True)
class Neighbour:
    """A card, and the words below it."""

    track: ListedTrack
    reason: str


def shelf(track: Track, viewer: User) -> dict[str, Any]:
    """Return the few nearest tracks, for the page of the one they are near to."""
    seed = seed_of(track)
    found = selectors.similar(seed, viewer, count=ON_SHELF)
    return {"track": track, "found": neighbours(beside(seed.traits, found))}


def similar_page(track: Track, viewer: User) -> dict[str, Any]:
    """Return what sounds like a track, and what goes with it."""
    seed = seed_of(track)
    found = selectors.similar(seed, viewer, count=ON_PAGE)
    fitting = selectors.in_harmony(seed, viewer, count=IN_HARMONY)
    reasons, harmonies = beside(seed.traits, found), beside(seed.traits, fitting)
    cards = {one.track.pk: one.track for one in neighbours({**reasons, **harmonies})}
    return {
        "track": track,
        "is_described": seed.vector is not None,
        "is_measured": harmonic_with(seed.traits) is not None,
        "found": _chosen(cards, reasons),
        "in_harmony": _chosen(cards, harmonies),
    }


def path_page(track: Track, viewer: User, *, to: str, steps: str) -> dict[str, Any]:
    """Return the steps to the piece that `to` names, or the pieces it may mean."""
    count = int(steps) if steps.isascii() and steps.isdigit() and len(steps) <= 2 else STEPS
    count = min(max(count, 1), STEPS_MOST)
    context: dict[str, Any] = {
        "track": track,
        "looked_for": to[:LONGEST],
        "steps": count,
        "steps_most": STEPS_MOST,
        "end": None,
        "choices": [],
        "found": [],
    }
    if not to:
        return context
    end = _named(to, viewer)
    if end is None:
        rows = _meant(to[:LONGEST], viewer)
        return context | {"choices": [row for row in rows if row.pk != track.pk][:CHOICES]}
    start = seed_of(track)
    found = selectors.path(start, seed_of(end), viewer, steps=count)
    return context | {
        "end": end,
        "looked_for": end.title,
        "found": neighbours(along(start.traits, found)),
        "start": neighbours({track.pk: "Here it begins"}),
    }


def _meant(text: str, viewer: User) -> list[ListedTrack]:
    """Return the tracks that somebody may mean by these words, the best first."""
    with searching.bounded():
        return searching.results(grammar.read({"q": [text]}), viewer, size=CHOICES + 1).tracks


def _named(text: str, viewer: User) -> Track | None:
    """Return the track of this address or its last part, if the viewer may open it."""
    found = ADDRESS.search(text)
    slug = found[1] if found else text
    if not SLUG.fullmatch(slug):
        return None
    return Track.objects.visible_to(viewer).filter(slug=slug).first()


def _chosen(cards: Mapping[UUID, ListedTrack], reasons: Reasons) -> list[Neighbour]:
    return [Neighbour(cards[key], words) for key, words in reasons.items() if key in cards]


def beside(seed: Traits, found: Iterable[Near]) -> Reasons:
    """Return why each stands beside the one piece they were looked for from."""
    return {near.track: reason(seed, near.traits, near.distance) for near in found}


def along(start: Traits, found: Sequence[Near]) -> Reasons:
    """Return why each step of a path follows the one before."""
    before = [start, *(near.traits for near in found)]
    return {
        near.track: reason(last, near.traits, near.distance)
        for last, near in zip(before, found, strict=False)
    }


def neighbours(reasons: Reasons) -> list[Neighbour]:
    """Return the cards of these tracks in their order. One query."""
    return [Neighbour(track, reasons[track.pk]) for _, track in listed(list(reasons))]


def entries(found: Sequence[Near], reasons: Reasons, viewer: User) -> list[dict[str, Any]]:
    """Return what a player and a program are told of these tracks, in their order. One query."""
    known = {near.track: near for near in found}
    return [
        entry(track, track.primary_version)
        | {
            "reason": reasons[track.pk],
            "distance": known[track.pk].distance,
            "bpm": known[track.pk].traits.bpm,
            "music_key": known[track.pk].traits.key,
            "camelot": camelot(known[track.pk].traits.key),
        }
        for track in in_order(list(reasons), viewer).for_entry()
        if track.primary_version
    ]
