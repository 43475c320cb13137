"""The job that hears a version: a copy of 16 kHz for as long as it runs, and the words of it."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg as graph

from assistant.events import TRANSCRIPT_MADE
from assistant.models import ModelRun, Transcript
from assistant.providers.registry import (
    Heard,
    OtherLanguage,
    Segment,
    Speech,
    Unavailable,
    Useless,
    WatchedSpeech,
    Word,
    about,
)
from assistant.runs.services import record
from assistant.transcripts import rules, selectors
from assistant.transcripts.levels import levels_of
from assistant.transcripts.passages import SPEAKER_MOST, Row, checked, split
from media_pipeline import ffmpeg
from media_pipeline.events.services import VIEWERS, tell
from media_pipeline.jobs.errors import Permanent, Transient
from media_pipeline.jobs.services import ending
from media_pipeline.jobs.services.announcing import changed
from media_pipeline.jobs.services.leases import Lease
from media_pipeline.processing.services.muting import spans_of
from media_pipeline.processing.services.workspace import workspace
from media_pipeline.steps.probe import Probe, probe
from media_pipeline.steps.recipes import Spans, heard
from media_pipeline.steps.sniff import sniff
from tracks.models import TrackVersion
from tracks.visibility.services.closing import draw_anew

RATE, SAMPLE_BYTES, HEADER_BYTES = 16_000, 2, 44
MOST_S = 4 * 3600  # what is longer is heard so far
WRITE_PAUSE_S = 2.0
SOUND_LIMITS = ffmpeg.Limits(
    wall_s=1800, file_size=MOST_S * RATE * SAMPLE_BYTES + (1 << 20), nice=15
)
Outcome = Transcript.Outcome


@dataclass(frozen=True)
class Made:
    """What a run has found."""

    outcome: Outcome
    rows: list[Row]
    language: str
    dropped: int
    sound_sha256: str
    took_ms: int


def transcribe(lease: Lease) -> None:
    """Hear the version of this job, unless it may not be read any more or was heard before.

    Raises Transient and Permanent (the machine), Refused or ProcessFailed (the file), Stopped,
    LeaseLost. Done twice it writes once: the words and the end of the job are one transaction.
    """
    version = _version(lease)
    speech = selectors.machine()
    if version is None or speech is None or not selectors.may_hear(version.track_id, speech):
        return
    if not lease.job.payload.get("again") and Transcript.objects.filter(version=version).exists():
        return
    sung = not getattr(version.track, "is_speech", False)
    try:
        made = _hear(lease, version, speech, sung=sung)
    except Unavailable as error:
        raise Transient("speech-away", str(error), error.seconds) from error
    except Useless as error:
        raise Permanent("not-heard", str(error)) from error
    with lease.fence():
        version = _version(lease)
        if version is not None and selectors.may_keep(version.track_id, speech):
            write(version, speech, made, sung=sung)
        ending.done(lease)


def _version(lease: Lease) -> TrackVersion | None:
    rows = TrackVersion.objects.filter(
        pk=lease.job.subject_id, hidden_at=None, track__deleted_at=None
    )
    return rows.select_related("track", "media__asset").first()


def _hear(lease: Lease, version: TrackVersion, speech: Speech, *, sung: bool) -> Made:
    began = time.monotonic()
    with workspace(lease) as place:
        original = place.original(lease.asset)
        demuxer = sniff(original)
        claims = probe(original, demuxer)
        sound = place.folder / "sound.wav"
        muted = spans_of(lease.asset.pk)
        write_sound(original, demuxer, claims, sound, muted=muted, should_stop=lease.should_stop)
        digest = _digest(sound)
        seconds = (sound.stat().st_size - HEADER_BYTES) / (RATE * SAMPLE_BYTES)
        language = version.track.language
        try:
            asked = about(speech, [version.track_id])
            told = _told(lease, asked, sound, seconds, language=language, sung=sung)
        except OtherLanguage:
            return Made(Outcome.LANGUAGE, [], language, 0, digest, _since(began))
        cleaned = rules.clean(told, levels_of(sound), sung=sung)
    rows = checked([row for row in map(row_of, cleaned.segments) if row["words"]])
    outcome = Outcome.HEARD if rows else Outcome.NOTHING
    if rows and not cleaned.is_understood:
        outcome, rows = Outcome.UNSURE, []
    spoken = told.language or language
    return Made(outcome, rows, spoken, cleaned.dropped, digest, _since(began))


def _told(
    lease: Lease, speech: Speech, sound: Path, seconds: float, *, language: str, sung: bool
) -> Heard:
    if not isinstance(speech, WatchedSpeech):
        return speech.hear(sound, language=language, sung=sung)
    written = time.monotonic()

    def tell_progress(at_s: float) -> None:
        nonlocal written
        if time.monotonic() - written >= WRITE_PAUSE_S:
            written = time.monotonic()
            lease.write(progress=min(99, int(100 * at_s / max(seconds, 1))))
            changed(lease.asset.pk)

    return speech.watched(
        sound,
        language=language,
        sung=sung,
        on_progress=tell_progress,
        should_stop=lease.should_stop,
    )


def write(version: TrackVersion, speech: Speech, made: Made, *, sung: bool) -> Transcript:
    """Keep what was heard, and by what; beside what people have changed it is an offer.

    Runs in the caller's transaction.
    """
    run = record(
        ModelRun.Task.TRANSCRIPT,
        speech,
        read=made.sound_sha256.encode(),
        track=version.track_id,
        took_ms=made.took_ms,
        sung=sung,
        dropped=made.dropped,
    )
    row, is_new = Transcript.objects.select_for_update().get_or_create(version=version)
    is_peoples = not is_new and row.segments and (row.edited_at or row.run_id is None)
    if is_peoples:
        if made.rows:
            row.offer, row.offer_run = list(made.rows), run
            row.save(update_fields=["offer", "offer_run"])
    else:
        row.run, row.outcome, row.language = run, made.outcome, made.language[:12]
        row.segments = list(made.rows)
        row.revision += 0 if is_new else 1
        row.save()
    tell(TRANSCRIPT_MADE, of=version.track, audience=VIEWERS, version=version.pk)
    draw_anew([version.track_id])
    changed(version.media.asset_id)
    return row


def write_sound(
    source: Path,
    demuxer: str,
    claims: Probe,
    target: Path,
    *,
    muted: Spans = (),
    should_stop: Any = None,
) -> None:
    """Write what listeners hear of a file as a mono WAV of 16 kHz. Raises as `ffmpeg.run`."""
    mono = heard(demuxer, claims, clean=True, muted=muted).filter("aresample", RATE)
    mono = mono.filter("aformat", channel_layouts="mono", sample_fmts="s16")
    ffmpeg.run(
        graph.output(
            mono,
            "pipe:4",
            format="wav",
            acodec="pcm_s16le",
            map_metadata=-1,
            fflags="+bitexact",
            t=MOST_S,
        ),
        file=source,
        files={"sound": target},
        limits=SOUND_LIMITS,
        should_stop=should_stop,
    )
    _say_sizes(target)


def _say_sizes(wav: Path) -> None:
    """Write the sizes into the header: on a pipe nobody could go back to it."""
    size = wav.stat().st_size
    with wav.open("r+b") as file:
        for offset, value in ((4, size - 8), (HEADER_BYTES - 4, size - HEADER_BYTES)):
            file.seek(offset)
            file.write(max(0, value).to_bytes(4, "little"))


def row_of(segment: Segment) -> Row:
    """Return a segment as it is kept."""
    words = [_word(word) for word in segment.words if split(word.text)]
    begin, end = segment.begin_ms, max(segment.begin_ms, segment.end_ms)
    speaker = " ".join(split(segment.speaker))[:SPEAKER_MOST]
    return Row(begin_ms=begin, end_ms=end, speaker=speaker, words=words)


def _word(word: Word) -> list[Any]:
    sure = None if word.confidence is None else round(float(word.confidence), 3)
    text = "\u00a0".join(split(word.text))  # one word, for whoever counts them
    return [word.begin_ms, max(word.begin_ms, word.end_ms), text, sure]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
