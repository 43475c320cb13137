"""Which pieces are read into passages, of which of their words, and who finds them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from assistant.chunks.splitting import Bit, Passage, joined, of_text, of_words
from assistant.consent.selectors import readable
from assistant.models import Chunk, Transcript
from assistant.transcripts import selectors as transcripts
from media_pipeline.processing.services.muting import spans_of
from social.models import Note
from tracks import access
from tracks.findable import findable
from tracks.hidden_words import LYRICS, WORDS, told
from tracks.lyrics import formats
from tracks.models import Credit, Track, TrackTag, TrackVersion
from tracks.models.track import TrackQuerySet

MOST = 60  # tags or credits of one piece
Source = Chunk.Source
NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Made:
    """A passage, where it comes from, and its number there."""

    source: str
    source_id: UUID | None
    place: int
    passage: Passage


def searched_by(viewer: access.User) -> TrackQuerySet:
    """Return the pieces among which this person looks: what is public, and what is their own.

    What they may open beside these (as a reviewer, by a link) is found by its link alone.
    """
    among = Q(visibility="public", published_at__isnull=False)
    if viewer.is_authenticated:
        among |= Q(owner_id=viewer.pk)
    found: TrackQuerySet = findable(Track.objects.visible_to(viewer)).filter(among).order_by()
    return found


def to_read() -> QuerySet[Track]:
    """Return the pieces that have passages: not deleted, nor denied, nor kept back."""
    return readable(Track.objects.filter(access.unless_denied(Q(pk__isnull=False), NOBODY)))


def shut(tracks: Sequence[UUID]) -> QuerySet[Chunk]:
    """Return the passages of these pieces that must not be there any more. One query."""
    return Chunk.objects.filter(closed(), track__in=tracks)


def closed() -> Q:
    """Return the Q of all passages that must not be there any more, whoever asks."""
    closed = ~Q(track__in=to_read())
    versions = TrackVersion.objects.filter(hidden_at=None).undenied(NOBODY)
    closed |= Q(source=Source.TRANSCRIPT) & ~Q(source_id__in=versions.values("pk"))
    notes = Note.objects.meant_for(NOBODY).filter(removed_at=None)
    closed |= Q(source=Source.NOTES) & ~Q(source_id__in=notes.values("pk"))
    hidden = Track.everything.annotate(**told())
    sung = (Source.LYRICS, Source.TRANSCRIPT)
    for sources, part in (((Source.WORDS,), WORDS), (sung, LYRICS)):
        rows = hidden.filter(**{f"hides_{part}": True}).values("pk")
        closed |= Q(source__in=sources, track__in=rows)
    return closed


def made_of(tracks: Sequence[UUID]) -> dict[UUID, list[Made]]:
    """Return the passages of each of these pieces that may be read here.

    Four queries, and one for each version with words.
    """
    rows = list(_told(to_read().filter(pk__in=tracks)).values(*COLUMNS))
    found = {row["pk"]: list(_of_row(row)) for row in rows}
    for one in _transcripts([row["pk"] for row in rows if not row[f"hides_{LYRICS}"]]):
        spoken = _spoken(transcripts.audible(one.segments, one.version))
        found[one.version.track_id] += _numbered(Source.TRANSCRIPT, one.version_id, spoken)
    for note in _notes(list(found)):
        bits = of_text(note.body_md)
        for passage in bits:
            passage.at_ms, passage.end_ms = note.at_ms, note.until_ms
        found[note.track_id] += _numbered(Source.NOTES, note.pk, bits)
    return found


COLUMNS = (
    *("pk", "title", "artist_credit", "description_md", "lyrics__text"),
    *("owner__display_name", "owner__handle", "tagged", "credited"),
    *(f"hides_{WORDS}", f"hides_{LYRICS}"),
)


def _told(tracks: QuerySet[Track]) -> Any:
    track = OuterRef("pk")
    tags = TrackTag.objects.filter(track=track, state=TrackTag.State.ACCEPTED).order_by("pk")
    credits = Credit.objects.filter(track=track).order_by("position", "id")
    credit = JSONObject(as_written="credited_as", name="name__name", role="role")
    return tracks.annotate(
        tagged=ArraySubquery(tags.values("tag__name")[:MOST]),
        credited=ArraySubquery(credits.values(row=credit)[:MOST]),
        **told(),
    )


def _of_row(row: dict[str, Any]) -> Iterator[Made]:
    artist = row["artist_credit"] or row["owner__display_name"] or row["owner__handle"]
    yield from _numbered(Source.TITLE, None, of_text(f"{row['title']} · {artist}"))
    if not row[f"hides_{WORDS}"]:
        yield from _numbered(Source.WORDS, None, of_text(row["description_md"] or ""))
    yield from _numbered(Source.TAGS, None, of_text(", ".join(row["tagged"])))
    yield from _numbered(Source.CREDITS, None, of_text(", ".join(_credits(row))))
    if not row[f"hides_{LYRICS}"]:
        yield from _numbered(Source.LYRICS, None, _sung(row["lyrics__text"] or ""))


def _credits(row: dict[str, Any]) -> Iterator[str]:
    for credit in row["credited"]:
        names = dict.fromkeys(filter(None, (credit["as_written"], credit["name"])))
        yield f"{Credit.Role(credit['role']).label}: {', '.join(names)}"


def _sung(text: str) -> list[Passage]:
    try:
        lines = [line for line in formats.read(text).lines if line.text] if text else []
    except ValueError:
        return []
    following = [*(line.at_ms for line in lines[1:]), None][: len(lines)]
    bits = [Bit(it.text, it.at_ms, end) for it, end in zip(lines, following, strict=True)]
    return joined([[bit] for bit in bits], joint="\n")


def _spoken(segments: Sequence[Any]) -> list[Passage]:
    spoken = [
        Bit(str(text).strip(), int(begin), int(end))
        for segment in segments
        for begin, end, text, *_ in segment.get("words", ())
        if str(text).strip()
    ]
    return joined(of_words(spoken))


def _transcripts(tracks: list[UUID]) -> Any:
    versions = TrackVersion.objects.filter(track__in=tracks, hidden_at=None).undenied(NOBODY)
    return transcripts.told().filter(version__in=versions).select_related("version__media")


def muted(tracks: Sequence[UUID]) -> QuerySet[Chunk]:
    """Return what is said in these pieces and stands in a moment that is muted; few pieces."""
    found = Q(pk__in=[])
    said = Transcript.objects.filter(version__track__in=tracks).select_related("version__media")
    for one in said:
        for begin, end in spans_of(one.version.media.asset_id):
            found |= Q(source_id=one.version_id, at_ms__lt=end, end_ms__gt=begin)
    return Chunk.objects.filter(found, source=Source.TRANSCRIPT)


def _notes(tracks: list[UUID]) -> QuerySet[Note]:
    rows = Note.objects.meant_for(NOBODY).filter(track__in=tracks, removed_at=None)
    return rows.only("track_id", "at_ms", "until_ms", "body_md")


def _numbered(source: str, source_id: UUID | None, passages: list[Passage]) -> list[Made]:
    return [Made(source, source_id, place, one) for place, one in enumerate(passages) if one.text]
