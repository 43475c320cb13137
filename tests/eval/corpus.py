"""The pieces that are searched and what is asked of them, out of their files, as rows of a site."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from assistant.models import Transcript
from tests.factories.described import tag_on
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Lyrics, Track

HERE = Path(__file__).parent
WORD_MS = 380  # somebody who speaks slowly


@dataclass(frozen=True)
class Question:
    """What somebody looks for, which pieces are right, and the second where it is about one."""

    kind: str
    text: str
    answers: tuple[str, ...]
    at: int | None = None


@cache
def pieces() -> dict[str, dict[str, Any]]:
    """Return what is said of each piece, by its key."""
    return tomllib.loads((HERE / "corpus.toml").read_text())


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions, in the order of their file."""
    kinds = tomllib.loads((HERE / "questions.toml").read_text())
    return tuple(
        Question(kind, text, tuple(row["answers"]), row.get("at"))
        for kind, rows in kinds.items()
        for text, row in rows.items()
    )


def build() -> dict[str, Track]:
    """Make the pieces, public and of one person; return them by their keys."""
    owner = UserFactory.create()
    return {key: _make(key, piece, owner) for key, piece in pieces().items()}


def _make(key: str, piece: dict[str, Any], owner: Any) -> Track:
    track: Track = PublicTrackFactory.create(
        owner=owner,
        title=piece["title"],
        slug=f"{slugify(key)}-of-the-eval",
        description_md=piece["description"],
    )
    for tag in piece["tags"]:
        tag_on(track, tag)
    if lyrics := piece.get("lyrics"):
        Lyrics.objects.create(track=track, text=lyrics.strip())
    if lines := piece.get("transcript"):
        spoken = [line.partition(" ")[::2] for line in lines]
        say(track, [(int(second) * 1000, text) for second, text in spoken])
    return track


def say(track: Track, lines: list[tuple[int, str]]) -> None:
    """Let a piece say these lines, from these milliseconds on."""
    segments = []
    for begin, text in lines:
        words = [
            [begin + place * WORD_MS, begin + (place + 1) * WORD_MS, word, 0.9]
            for place, word in enumerate(text.split())
        ]
        segments.append({"begin_ms": begin, "end_ms": words[-1][1], "speaker": "", "words": words})
    version = track.primary_version
    assert version is not None
    Transcript.objects.create(version=version, segments=segments)
