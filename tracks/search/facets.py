"""What can be asked of music beside words: operators of the search, and chips of its page.

Upper apps register facets of their own. A facet reads what a person wrote into one spelling of a
value, says which documents have it, and what its chip reads.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tracks.criteria import music_keys
from tracks.dates import EARLIEST, LATEST
from tracks.keys_of_words import key_of
from tracks.models.described import Licence
from tracks.models.tag import TAG_MAX
from tracks.music_facts.rules import camelot, key_words
from tracks.search import traits, words
from tracks.search.spans import (
    between,
    clock,
    ends_of,
    figure,
    in_figures,
    read_span,
    seconds_of,
    span_words,
    written,
)

YEARS = (EARLIEST, LATEST)
TEMPOS = (20, 400)
SAME_TEMPO = 0.5  # beats a minute
NAMED = 30  # beats that are named one by one, so that the index of words finds them


@dataclass(frozen=True)
class Condition:
    """Which documents have a value: by a tsquery of traits, by figures, or by both."""

    query: str = ""
    figures: Q | None = None


@dataclass(frozen=True)
class Facet:
    """One thing to ask. `read` raises ValueError with a sentence; `several` values of it are joined
    by AND, else by OR."""

    name: str
    label: str
    read: Callable[[str], str]
    condition: Callable[[str], Condition]
    words: Callable[[str], str]
    hint: str
    several: bool = False
    offered: Sequence[str] = ()


FACETS: dict[str, Facet] = {}
# Of this app's own facets: pages say beforehand which parameters they read.
NAMES = (
    *("by", "tag", "bpm", "key", "year", "before", "after", "length", "licence", "has", "codec"),
    "form",
)


def register(*facets: Facet) -> None:
    """Let people ask this. Raises ValueError for a name given twice."""
    for facet in facets:
        if facet.name in FACETS:
            raise ValueError(f"There are two facets called {facet.name!r}.")
        FACETS[facet.name] = facet


def _any(queries: Sequence[str]) -> str:
    return f"({' | '.join(queries)})"


def _read_tempo(text: str) -> str:
    sentence = "Write a tempo in beats a minute, such as 120 or 120..128."
    return read_span(text, lambda end: figure(end, *TEMPOS, sentence), written)


def _of_tempo(value: str) -> Condition:
    least, most = in_figures(value)
    if ".." not in value and least is not None:
        least, most = least - SAME_TEMPO, least + SAME_TEMPO
    low, high = int(least or TEMPOS[0]), int(most or TEMPOS[1])
    named = [words.quoted(traits.one("bpm", str(beat))) for beat in range(low, high + 1)]
    query = _any(named) if len(named) <= NAMED else ""
    return Condition(query, between("bpm", least, most))


def _read_year(text: str) -> str:
    sentence = f"Write a year from {YEARS[0]} to {YEARS[1]}, or two: 1990..1999."
    return read_span(text, lambda end: figure(end, *YEARS, sentence), lambda year: str(int(year)))


def _of_year(value: str) -> Condition:
    least, most = in_figures(value)
    years = range(int(least or YEARS[0]), int(most or YEARS[1]) + 1)
    return Condition(_any([words.quoted(traits.one("year", str(year))) for year in years]))


def _read_length(text: str) -> str:
    return read_span(text, seconds_of, clock)


def _of_length(value: str) -> Condition:
    least, most = (float(seconds_of(end)) if end else None for end in ends_of(value))
    if ".." not in value and least is not None:
        least, most = least - 0.5, least + 0.5
    return Condition(figures=between("seconds", least, most))


def _read_day(text: str) -> str:
    sentence = "Write a year or a day, such as 2024 or 2024-05-01."
    whole = f"{text.strip()}-01-01" if re.fullmatch(r"\d{4}", text.strip()) else text.strip()
    try:
        return date.fromisoformat(whole).isoformat()
    except ValueError:
        raise ValueError(sentence) from None


def _read_by(text: str) -> str:
    found = " ".join(part for chunk in words.chunks(text) for part in chunk)[:TAG_MAX].strip()
    if not found:
        raise ValueError("Write the name of an artist.")
    return found


def _of_maker(value: str) -> Condition:
    named = [f"{words.quoted(traits.one('by', word))}:*" for word in value.split()]
    return Condition(" & ".join(named))


def _read_tag(text: str) -> str:
    found = key_of(text.strip().lstrip("#"))[:TAG_MAX].strip()
    if not words.chunks(found):
        raise ValueError("Write a tag, such as ambient.")
    return found


def _of_tag(value: str) -> Condition:
    # A tag has one key, in which marks between words are blanks: no other tag is meant by it.
    spelled = {value, re.sub(r"[-_.·/\s]+", " ", value).strip() or value}
    return Condition(_any([words.quoted(traits.one("tag", word)) for word in sorted(spelled)]))


def _read_key(text: str) -> str:
    return camelot(music_keys.read(text))


def _of_key(value: str) -> Condition:
    return Condition(words.quoted(traits.key(music_keys.read(value))))


def _key_label(value: str) -> str:
    return f"{value} · {key_words(music_keys.read(value))}"


def _read_licence(text: str) -> str:
    bare = text.strip().lower()
    found = [code for code in Licence.values if bare in {code, code.rpartition("-")[0]}]
    if bare == "cc":
        return bare
    if not found:
        raise ValueError(f"Write one of cc, {', '.join(Licence.values)}.")
    return found[0]


def _of_licence(value: str) -> Condition:
    return Condition(words.quoted(traits.one("licence", value)) + (":*" if value == "cc" else ""))


def _licence_label(value: str) -> str:
    return "Creative Commons" if value == "cc" else str(Licence(value).label)


def _choice(name: str, label: str, choices: dict[str, str], *, several: bool) -> Facet:
    def read(text: str) -> str:
        found = text.strip().lower()
        if found not in choices:
            raise ValueError(f"Write one of {', '.join(choices)}.")
        return found

    def condition(value: str) -> Condition:
        named = sorted(traits.LOSSLESS) if value == "lossless" else [value]
        return Condition(_any([words.quoted(traits.one(name, word)) for word in named]))

    return Facet(
        name, label, read, condition, choices.__getitem__, next(iter(choices)), several, [*choices]
    )


FORMS = {"speech": "Speech"}
HAS = {"stems": "Has stems", "lyrics": "Has lyrics", "download": "Downloadable"}
CODECS = {
    **{"lossless": "Lossless", "flac": "FLAC", "wav": "WAV", "aiff": "AIFF", "alac": "ALAC"},
    **{"mp3": "MP3", "aac": "AAC", "ogg": "Ogg Vorbis", "opus": "Opus"},
}


def register_all() -> None:
    """Say what can be asked of tracks."""

    def same(value: str) -> str:
        return value

    register(
        Facet("by", "Artist", _read_by, _of_maker, same, "anna", several=True),
        Facet("tag", "Tag", _read_tag, _of_tag, lambda tag: f"#{tag}", "ambient", several=True),
        Facet(
            "bpm",
            "Tempo",
            _read_tempo,
            _of_tempo,
            lambda span: f"{span_words(span)} bpm",
            "120..128",
        ),
        Facet("key", "Key", _read_key, _of_key, _key_label, "8A"),
        Facet("year", "Year", _read_year, _of_year, span_words, "1990..1999"),
        Facet(
            *("before", "Before", _read_day, lambda day: Condition(figures=Q(day__lt=day))),
            *(lambda day: f"Before {day}", "2024"),
        ),
        Facet(
            *("after", "After", _read_day, lambda day: Condition(figures=Q(day__gte=day))),
            *(lambda day: f"Since {day}", "2024-05-01"),
        ),
        Facet("length", "Length", _read_length, _of_length, span_words, "2:00..4:00"),
        Facet("licence", "Licence", _read_licence, _of_licence, _licence_label, "cc-by"),
        _choice("has", "Has", HAS, several=True),
        _choice("codec", "Original", CODECS, several=False),
        _choice("form", "Kind of piece", FORMS, several=False),
    )
