"""What is read of a piece, and what was made of it."""

import re
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from assistant.consent.selectors import may_read
from assistant.models import ModelRun, Suggestion, Transcript
from assistant.suggestions.formats import LIST_MOST, Kind, Material
from assistant.suggestions.rules.checks import is_of
from assistant.suggestions.rules.phrases import grams
from assistant.suggestions.rules.titles import is_of_file
from config.lib.lines import one_line
from tracks.lyrics.services import text_of
from tracks.models import Tag, Track, TrackTag
from tracks.music_facts.rules import SURE_KEY, SURE_TEMPO
from tracks.tags.rules import KNOWN, MOODS, tag_key
from tracks.tags.selectors import used

READ = 200_000  # characters of one text
GRAMS = 1500  # runs of words that may be tags
TOKEN = re.compile(r"\S+")
ADDRESS = re.compile(r"://|www\.|@")
MARKS = re.compile(r"[*_`~#>\[\]|]+")
TIMES = re.compile(r"[\[<]\d{1,3}:\d{2}(?:[.:]\d{1,3})?[\]>]")  # of LRC
HEAD = re.compile(r"^[ \t]*\[[a-z#]+:[^\]\n]*\][ \t]*$", re.IGNORECASE | re.MULTILINE)
OPEN, ACCEPTED, DISMISSED, _WITHDRAWN = Suggestion.State
# Kinds that only the artist's own words tell: who sings of a country makes no country music.
SAID_OF_MUSIC = {Tag.Kind.GENRE, Tag.Kind.MOOD, Tag.Kind.INSTRUMENT}


def open_of(track: UUID) -> list[Suggestion]:
    """Return what waits for an answer, with its run; nothing where no machine may read it."""
    if not may_read(track):
        return []
    order = Kind.values
    rows = Suggestion.objects.filter(track=track, state=OPEN).select_related("run", "track")
    return sorted(rows, key=lambda row: order.index(row.kind))


def find_own(person: Any, id: UUID) -> Suggestion | None:
    """Return a suggestion about a piece of somebody's own; None where there is none."""
    tracks = Track.objects.filter(owner_id=person.pk)
    rows = Suggestion.objects.filter(pk=id, track__in=tracks)
    found: Suggestion | None = rows.select_related("run", "track").first()
    return found


def material(track: Track) -> Material:
    """Return all that may be read of a piece. Four queries."""
    version = track.primary_version
    asset = version.media.asset if version else None
    facts = getattr(asset, "facts", None)
    heard = Transcript.objects.filter(version=version).first() if version else None
    file_tags = facts.tags if facts and isinstance(facts.tags, dict) else {}
    return Material(
        title=track.title,
        is_guessed=track.title_guessed or is_of_file(track.title),
        of_music=one_line(str(file_tags.get("title", "")))[:200],
        file_name=one_line(asset.filename) if asset else "",
        description=_plain(track.description_md),
        lyrics=_sung(text_of(track)),
        transcript=_said(heard.segments) if heard else "",
        heard_language=heard.language if heard else "",
        is_speech=bool(getattr(track, "is_speech", False)),
        bpm=float(track.bpm) if track.bpm is not None and _is_sure_tempo(track) else None,
        key=track.music_key if _is_sure_key(track) else "",
        loudness=facts.loudness_lufs if facts else None,
        spread=facts.lra if facts else None,
    )


def offered(found: Material) -> dict[str, tuple[str, ...]]:
    """Return the words that a writer chooses among: tags in use that the texts say, moods."""
    return {"known_tags": tuple(_known_tags(found)), "moods": tuple(sorted(MOODS.split()))}


def refused(track: UUID) -> dict[Kind, set[str]]:
    """Return by kind what an owner did not want: keys of words, whole texts."""
    found: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    rows = Suggestion.objects.filter(track=track, state__in=[DISMISSED, ACCEPTED])
    for row in rows.only("kind", "value", "taken", "state"):
        words = row.value if isinstance(row.value, list) else [row.value]
        taken = row.taken if isinstance(row.taken, list) else [row.taken]
        left = [] if row.state == ACCEPTED and row.taken is None else words
        kept = {tag_key(str(word)) for word in taken} if row.state == ACCEPTED else set()
        found[Kind(row.kind)] |= {tag_key(str(word)) for word in left} - kept
    return found


def has_summary(track: UUID) -> bool:
    """Tell whether a summary of it was taken."""
    rows = Suggestion.objects.filter(track=track, kind=Kind.SUMMARY, state=ACCEPTED)
    return rows.exists()


def tag_keys(track: UUID) -> set[str]:
    """Return the keys of all tags on a piece, those that were refused too."""
    return set(TrackTag.objects.filter(track=track).values_list("tag__key", flat=True))


def was_read(track: UUID, machine: Any, sha256: str) -> bool:
    """Tell whether this machine has read just this before."""
    return ModelRun.objects.filter(
        track=track,
        task=ModelRun.Task.SUGGESTION,
        provider=machine.name,
        model=machine.model,
        version=machine.version,
        input_sha256=sha256,
    ).exists()


def for_reading(id: UUID) -> QuerySet[Track]:
    """Return a piece with all that `material` asks for."""
    rows = Track.objects.filter(pk=id)
    return rows.select_related("owner", "lyrics", "primary_version__media__asset__facts")


def _known_tags(found: Material) -> list[str]:
    said = f"{found.title}\n{found.description}"
    everything = "\n".join([said, *found.texts.values()])
    runs = dict.fromkeys(key for gram in grams(everything, most=GRAMS) if (key := tag_key(gram)))
    rows = used().filter(key__in=list(runs)).order_by("-uses", "key")
    tags = {tag.key: (tag.name, tag.kind) for tag in rows[: 4 * LIST_MOST[Kind.TAGS]]}
    tags |= {key: (key, KNOWN[key]) for key in runs if key in KNOWN and key not in tags}
    return [
        name
        for key, (name, kind) in tags.items()
        if kind not in SAID_OF_MUSIC or (kind != Tag.Kind.MOOD and is_of(key, said))
    ][: LIST_MOST[Kind.TAGS]]


def _is_sure_tempo(track: Track) -> bool:
    return track.bpm_confidence is None or track.bpm_confidence >= SURE_TEMPO


def _is_sure_key(track: Track) -> bool:
    return track.music_key_confidence is None or track.music_key_confidence >= SURE_KEY


def _plain(markdown: str) -> str:
    said = TOKEN.sub(lambda word: " " if ADDRESS.search(word[0]) else word[0], markdown[:READ])
    return MARKS.sub(" ", said).strip()


def _sung(lyrics: str) -> str:
    return TIMES.sub("", HEAD.sub("", lyrics[:READ])).strip()


def _said(segments: Any) -> str:
    """Return the words of a transcript: a line for what is said in one go."""
    lines, length = [], 0
    for segment in segments if isinstance(segments, list) else []:
        words = segment.get("words", []) if isinstance(segment, dict) else []
        line = " ".join(str(word[2]).strip() for word in words if len(word) > 2)
        lines.append(line)
        length += len(line) + 1
        if length > READ:
            break
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    """Return lines as a text: its own sentences where it has some, else a line is one."""
    ended = sum(line.rstrip().endswith((".", "?", "!", "。", "…")) for line in lines)
    return (" " if ended >= len(lines) / 4 else "\n").join(lines).strip()
