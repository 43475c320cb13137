"""The columns of a version that lists and pages read, and no more: six tables are wide."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


# Of a version: who reads whole rows of six tables reads more than is played.
FOR_ENTRY = (
    "media__epoch",
    "media__asset__playable_at",
    "media__asset__facts__duration_ms",
    "media__asset__facts__loudness_lufs",
    "media__asset__facts__true_peak_dbtp",
    "media__asset__artwork__accent",
    "media__asset__artwork__origin",
)


# Of an artwork: its colour, and whether the file brought it.
PICTURED = ("accent", "origin")


FIGURES = (
    *("duration_ms", "sample_rate", "channels", "bit_depth", "container", "codec"),
    *("loudness_lufs", "true_peak_dbtp", "lra"),
)


# Of a track: what its page tells beside its title and its words.
SAID = (
    *(
        "form",
        "form_guessed",
        "language",
        "is_explicit",
        "content_warning",
        "ai_made",
        "is_sponsored",
    ),
    *("licence", "isrc", "iswc", "release_at", "time_zone"),
    *("bpm", "bpm_confidence", "music_key", "music_key_confidence"),
)
# To whom each kind of file is open.
GIVES = ("gives_original", "gives_flac", "gives_mp3", "gives_stems", "opens_lossless_listed")


# Of an original: its size, and where it came from.
ORIGINAL = (
    *("attempt", "playable_at", "ready_at", "size_bytes"),
    *("source_type", "source_url", "imported_at"),
)


VERSION_SHOWN = (
    *("number", "label", "note_md", "status", "hidden_at", "created_at", "media__epoch"),
    *("created_by__handle", "created_by__display_name"),
)
