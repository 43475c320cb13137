"""Finding: orders joined by rank, what is no evidence left out, and answers kept a while."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from assistant.chunks import stems
from assistant.chunks.services import GENERATION
from assistant.meaning import asking, rules, selectors
from assistant.meaning.lexical import Lexical
from assistant.meaning.rules import Asked
from assistant.meaning.selectors import Near, Read
from config.lib import redis
from tracks.access import User
from tracks.search.grammar import LETTERS_MOST

WORDS, MEANING, BOTH = MODES = ("words", "meaning", "both")
KEPT_S = 300
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Hit:
    """A piece that was found, and its passage; None where the piece as a whole has the words.

    `read` is the passage where it was read just now: what comes of a kept answer is read anew.
    """

    track: UUID
    passage: UUID | None
    read: Read | None = None
    is_kept: bool = False


def find(text: str, viewer: User, most: int, mode: str = BOTH) -> list[Hit]:
    """Return the pieces that answer, each once, the best first. Runs within the bound of a search.

    Kept for some minutes: for all who are not signed in together, else for each person alone. What
    is kept are keys, and only whoever may open what they lead to is shown anything.
    """
    text = " ".join(text.split())[:LETTERS_MOST]
    asked = Asked(stems.asked(text))
    if not asked.stems:
        return []
    client = cast(Any, redis.client())
    key = _key(text, viewer, most, mode, client.get(GENERATION) or b"")
    if (kept := client.get(key)) is not None:
        pairs = [(track, passage) for track, passage in json.loads(kept)]
        return [_kept(track, passage) for track, passage in pairs]
    found = _found(text, asked, viewer, mode)[:most]
    told = [[str(hit.track), str(hit.passage) if hit.passage else None] for hit in found]
    client.set(key, json.dumps(told), ex=KEPT_S)
    return found


def _kept(track: str, passage: str | None) -> Hit:
    return Hit(UUID(track), UUID(passage) if passage else None, is_kept=True)


def _key(text: str, viewer: User, most: int, mode: str, generation: bytes) -> str:
    who = str(viewer.pk) if viewer.is_authenticated else EVERYBODY
    parts = "\0".join((who, mode, str(most), text, generation.decode()))
    return redis.key("meaning", "found", hashlib.sha256(parts.encode()).hexdigest())


def _found(text: str, asked: Asked, viewer: User, mode: str) -> list[Hit]:
    orders, whole = list[list[UUID]](), list[UUID]()
    if mode != MEANING:
        written = selectors.by_words(stems.query_of(text), viewer)
        orders.append([pk for pk, _ in written])
        whole = selectors.by_documents(text, viewer, selectors.DEPTH)
    meant, outstanding = list[UUID](), set[UUID]()
    if mode != WORDS:
        for is_meaning, near, nearer in _by_vectors(text, viewer):
            orders.append([one.pk for one in near])
            if is_meaning:
                meant = orders[-1]
                outstanding = {one.pk for one in near if nearer and one.distance < nearer}
    read = selectors.passages(list({pk for order in orders for pk in order}), viewer)
    texts = {pk: [word.stem for word in stems.words_of(one.text)] for pk, one in read.items()}
    said = {pk: set(text) for pk, text in texts.items()}
    asked.weigh(list(said.values()))
    orders.append(rules.in_a_row([word.stem for word in stems.words_of(text)], texts))
    places = {pk: place for place, pk in enumerate(meant, start=1)}
    answers = {
        pk: score
        for pk, score in rules.fused(orders).items()
        if pk in read
        and rules.is_evidence(asked.share(said[pk]), places.get(pk), stands_out=pk in outstanding)
    }
    return _one_each(answers, read, whole)


def _by_vectors(text: str, viewer: User) -> list[tuple[bool, list[Near], float | None]]:
    """Return the order of each model that serves and answers in time, and what is elsewhere."""
    found = []
    for model, machine in selectors.serving():
        is_meaning = machine.name != Lexical.name
        vector = asking.vector_of(machine, text) if is_meaning else machine.question(text)
        if vector is not None:
            near = selectors.by_vector(model, vector, viewer)
            nearer = selectors.elsewhere(model, vector) if is_meaning else None
            found.append((is_meaning, near, nearer))
    return found


def _one_each(answers: dict[UUID, float], read: dict[UUID, Read], whole: list[UUID]) -> list[Hit]:
    """Return each piece once, with its best passage; what as a whole has the words counts too."""
    best: dict[UUID, tuple[float, UUID | None]] = {}
    for pk, score in answers.items():
        track = read[pk].track
        if score > best.get(track, (0.0, None))[0]:
            best[track] = (score, pk)
    for track, score in rules.fused([whole]).items():
        before = best.get(track, (0.0, None))
        best[track] = (before[0] + score, before[1])
    order = sorted(best, key=lambda track: (-best[track][0], track))
    return [Hit(track, key := best[track][1], read[key] if key else None) for track in order]
