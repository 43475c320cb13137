"""Times for lyrics that have none, out of the words that were heard."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.transcripts import selectors
from assistant.transcripts.passages import Row, key_of, split
from config.lib.problems import Problem
from tracks.access import Person
from tracks.catalogue.services.editing import edit
from tracks.lyrics import formats
from tracks.lyrics.services import text_of
from tracks.models import TrackVersion

WORDS_MOST = 3_000
LEAST_LINES = 0.5  # of those with words: less is another text
STEP_MS = 2_000  # from line to line where nothing is known
LEAD_MS = 300  # a word
TOO_FAR = "The lyrics and what was heard are too far apart to find the lines in it."


def give_times(*, version: TrackVersion, by: Person) -> None:
    """Let the lyrics follow what was heard; the save can be undone. Raises Problem."""
    found = selectors.shown(version, by)
    text = text_of(version.track)
    sung = formats.read(text)
    if found is None or not text or sung.is_timed:
        raise Problem("nothing-to-time", "There are no lyrics without times here.", status=409)
    lines = [line.text for line in sung.lines if line.text]
    times = timed(lines, found.segments)
    if times is None:
        raise Problem("too-far-apart", TOO_FAR, status=409)
    made = [f"[{_stamp(at)}]{line}" for at, line in zip(times, lines, strict=True)]
    edit(track=version.track, by=by, lyrics="\n".join(made))


def timed(lines: Sequence[str], rows: Sequence[Row]) -> list[int] | None:
    """Return when each line begins, in milliseconds; None where too few of them are heard."""
    heard = [(key_of(word[2]), word[0]) for row in rows for word in row["words"]]
    sung = [(key_of(word), line) for line, text in enumerate(lines) for word in split(text)]
    if not heard or not sung or max(len(heard), len(sung)) > WORDS_MOST:
        return None
    matcher = SequenceMatcher(None, [key for key, _ in sung], [key for key, _ in heard])
    known: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            line = sung[block.a + step][1]
            if line not in known:
                first = next(at for at, (_key, number) in enumerate(sung) if number == line)
                early = LEAD_MS * (block.a + step - first)
                known[line] = max(0, heard[block.b + step][1] - early)
    if len(known) < LEAST_LINES * len(lines):
        return None
    return _filled(known, len(lines))


def _filled(known: dict[int, int], count: int) -> list[int]:
    """Return a time for each line, never before that of the line before."""
    found, places = list[int](), sorted(known)
    for line in range(count):
        before = max((place for place in places if place <= line), default=None)
        after = min((place for place in places if place >= line), default=None)
        if before is None and after is not None:
            at = known[after] - STEP_MS * (after - line)
        elif after is None and before is not None:
            at = known[before] + STEP_MS * (line - before)
        elif before is not None and after is not None and before != after:
            share = (line - before) / (after - before)
            at = round(known[before] + share * (known[after] - known[before]))
        else:
            at = known[line]
        found.append(max(0, at, found[-1] if found else 0))
    return found


def _stamp(ms: int) -> str:
    return f"{ms // 60_000:02}:{ms // 1000 % 60:02}.{ms % 1000 // 10:02}"
