"""Where each original lies in the archive of an artist's data, and under which name."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from config.lib.lines import one_line
from tracks.access import Person
from tracks.models import Release, Stem, Track, TrackVersion, TrackVisual

NAME_BYTES = 160  # of UTF-8: some systems take 255 for a name, and "v12 " stands before it
UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')


def paths_of(person: Person) -> dict[str, str]:
    """Return the path of each original, by its key in the storage; five queries.

    Equal bytes have one key and so one path: that of the version, stem or picture named first.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    found_in = (_versions(person), _stems(person), _visuals(person), _covers(person))
    for key, path in chain(*found_in):
        if key not in found:
            found[key] = _free(path, taken)
            taken.add(found[key].casefold())
    return found


def files_below(person: Person, folder: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the storage's key of each original whose path begins with `folder/`."""
    for key, path in paths_of(person).items():
        if path.startswith(f"{folder}/"):
            yield path, key


def safe_name(filename: str) -> str:
    """Return a name of a file that every system takes; its ending stays."""
    name = UNSAFE.sub("_", one_line(filename)).strip(". ") or "untitled"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    room = NAME_BYTES - len((dot + ending).encode())
    kept = stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") or "untitled"
    return f"{kept}.{ending}" if ending else kept


def _versions(person: Person) -> Iterator[tuple[str, str]]:
    rows = TrackVersion.objects.filter(track__owner=person).order_by("track_id", "number")
    columns = ("media__asset__key", "track__slug", "number", "media__asset__filename")
    for key, slug, number, filename in rows.values_list(*columns).iterator():
        yield key, f"originals/{slug}/v{number} {safe_name(filename)}"


def _stems(person: Person) -> Iterator[tuple[str, str]]:
    rows = Stem.objects.filter(version__track__owner=person)
    columns = ("media__asset__key", "version__track__slug", "version__number", "position")
    ordered = rows.order_by("version__track_id", "version__number", "position", "id")
    named = ordered.values_list(*columns, "media__asset__filename")
    for key, slug, number, position, filename in named.iterator():
        yield key, f"stems/{slug}/v{number}/{position:02d} {safe_name(filename)}"


def _visuals(person: Person) -> Iterator[tuple[str, str]]:
    rows = TrackVisual.objects.filter(track__owner=person).order_by("track_id")
    columns = ("media__asset__key", "track__slug", "media__asset__filename")
    for key, slug, filename in rows.values_list(*columns).iterator():
        yield key, f"visuals/{slug}/{safe_name(filename)}"


def _covers(person: Person) -> Iterator[tuple[str, str]]:
    models: dict[str, Any] = {"tracks": Track, "releases": Release}
    for folder, model in models.items():
        rows = model.objects.filter(owner=person).exclude(cover=None).order_by("pk")
        columns = ("cover__asset__key", "slug", "cover__asset__filename")
        for key, slug, filename in rows.values_list(*columns).iterator():
            yield key, f"covers/{folder}/{slug}/{safe_name(filename)}"


def _free(path: str, taken: set[str]) -> str:
    """Return the path, with a number behind its name where another has it already."""
    stem, dot, ending = path.rpartition(".")
    if not dot or "/" in ending:
        stem, dot, ending = path, "", ""
    number, free = 2, path
    while free.casefold() in taken:
        free = f"{stem} ({number}){dot}{ending}"
        number += 1
    return free
