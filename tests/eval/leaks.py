"""People look for what is not theirs, while it opens and closes: nothing of it may come out.

Each piece has words of its own, made up, in its title, its description, its lyrics and what it
says. Who may find it is kept here beside the site, as plainly as can be: public or one's own, not
deleted, and its owner not banned. After each change, before and after the site has done its work,
people ask; each answer is looked through for what they may not know.
"""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from django.conf import settings
from django.test import Client

from tests.eval.corpus import say
from tests.eval.seams import SEARCH, read_all
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks.deleted import services as deleted
from tracks.models import Lyrics, Track
from tracks.visibility.services.visibility import set_visibility

MAKE = {
    "public": PublicTrackFactory,
    "unlisted": UnlistedTrackFactory,
    "private": ReadyTrackFactory,
}
ASKED_AFTER_EACH = 10
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass
class Piece:
    """A piece and who may find it."""

    track: Track
    owner: int
    visibility: str
    words: dict[str, str]
    is_deleted: bool = False


@dataclass
class Outcome:
    """What the probe has done and found. `answered`: its own words were found by who may."""

    asked: int = 0
    answered: int = 0
    leaks: list[str] = field(default_factory=list)


class World:
    """Four people and nobody in particular, twelve pieces, and what happens to them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [UserFactory.create() for _ in range(4)]
        self.banned: set[int] = set()
        self.clients = [Client() for _ in range(len(self.people) + 1)]
        for client, person in zip(self.clients, self.people, strict=False):
            client.force_login(person)
        self.pieces = [self._piece(number) for number in range(12)]
        self.outcome = Outcome()

    def _piece(self, number: int) -> Piece:
        visibility = self.chance.choice(list(MAKE))
        owner = number % len(self.people)
        words = {part: self._word() for part in ("title", "description", "lyrics", "said")}
        track = MAKE[visibility].create(
            owner=self.people[owner],
            title=f"Song {words['title']}",
            slug=words["title"],
            description_md=f"Recorded with {words['description']} at night.",
        )
        Lyrics.objects.create(track=track, text=f"We sang {words['lyrics']} by the river")
        say(track, [(2000, f"and then somebody said {words['said']} to me")])
        return Piece(track, owner, visibility, words)

    def _word(self) -> str:
        draw = self.chance.choice
        return "".join(draw("bdfgklmnprstvz") + draw("aeiou") for _ in range(5))

    def may_find(self, piece: Piece, viewer: int) -> bool:
        """Tell whether this person may; the last number is nobody in particular."""
        if piece.is_deleted or piece.owner in self.banned:
            return False
        return piece.visibility == "public" or piece.owner == viewer

    def change(self) -> None:
        """Let one thing happen, by the services that pages call."""
        deed: Callable[[Piece], None] = self.chance.choice(
            [self._show, self._show, self._show, self._delete, self._restore, self._ban]
        )
        deed(self.chance.choice(self.pieces))

    def _show(self, piece: Piece) -> None:
        if piece.is_deleted or piece.owner in self.banned:
            return
        piece.visibility = self.chance.choice(list(MAKE))
        by = self.people[piece.owner]
        set_visibility(track=piece.track, visibility=piece.visibility, by=by)

    def _delete(self, piece: Piece) -> None:
        if not piece.is_deleted and piece.owner not in self.banned:
            deleted.delete(thing=piece.track, by=self.people[piece.owner])
            piece.is_deleted = True

    def _restore(self, piece: Piece) -> None:
        for each in self.pieces:
            if each.is_deleted and each.owner not in self.banned:
                each.track.refresh_from_db()
                deleted.restore(thing=each.track, by=self.people[each.owner])
                each.is_deleted = False

    def _ban(self, piece: Piece) -> None:
        if self.banned:
            owner = self.banned.pop()
            judges.unban(self.people[owner])
            self.clients[owner].force_login(self.people[owner])
        else:
            judges.ban(self.people[piece.owner])
            self.banned.add(piece.owner)

    def ask(self, viewer: int) -> None:
        """Let this person look for words of a piece, by one of the ways there are."""
        piece = self.chance.choice(self.pieces)
        part = self.chance.choice(list(piece.words))
        word = piece.words[part]
        query = self.chance.choice([word, f"{word} night", f"song {word}", "said somebody river"])
        way = self.chance.choice(list(WAYS))
        answer = WAYS[way](self.clients[viewer], query)
        assert answer.status_code in {200, 302}, (way, query, answer.status_code)
        text = answer.content.decode()
        self.outcome.asked += 1
        where = f"{way} {query!r} by {viewer}"
        for other in self.pieces:
            if not self.may_find(other, viewer):
                self._look_for(other, text, query, where)
        if self.may_find(piece, viewer) and way.startswith("post") and word in query:
            self.outcome.answered += str(piece.track.pk) in text
        if not self.may_find(piece, viewer) and query == word and way != "page":
            self._count(answer.json(), where)

    def _look_for(self, piece: Piece, text: str, query: str, where: str) -> None:
        """Look through an answer for anything of a piece; what was asked may come back."""
        rest = text.replace(quote_plus(query), "").replace(query, "")
        found = [word for word in piece.words.values() if word not in query and word in rest]
        if str(piece.track.pk) in UUIDS.findall(rest):
            found.append(str(piece.track.pk))
        if f"/{piece.words['title']}" in rest:
            found.append("its address")
        if found:
            self.outcome.leaks.append(f"{where}: {', '.join(found)}")

    def _count(self, answer: Any, where: str) -> None:
        """Look for counts of what nobody but others may find: of a made-up word there is none."""
        told = json.dumps(answer)
        for name in ("count", "total"):
            if any(int(number) for number in re.findall(rf'"{name}": (\d+)', told)):
                self.outcome.leaks.append(f"{where}: a count above zero")
        if answer.get("types") and any(answer["types"].values()):
            self.outcome.leaks.append(f"{where}: a count of a kind above zero")


def _post(mode: str) -> Callable[[Client, str], Any]:
    def ask(client: Client, query: str) -> Any:
        words = {"query": query, "mode": mode}
        return client.post(SEARCH, words, content_type="application/json")

    return ask


WAYS: dict[str, Callable[[Client, str], Any]] = {
    "post both": _post("both"),
    "post words": _post("words"),
    "post meaning": _post("meaning"),
    "get": lambda client, query: client.get(SEARCH, {"q": query}),
    "counts": lambda client, query: client.get(f"{SEARCH}counts/", {"q": query}),
    "suggest": lambda client, query: client.get("/api/v1/suggest/", {"q": query}),
    "page": lambda client, query: client.get("/search/", {"q": query}),
}


def probe(queries: int, *, seed: int = 1) -> Outcome:
    """Ask so often, in a world of this seed; return what was found that should not be."""
    assert queries <= settings.NEXUS_API_RATE_USER
    world = World(seed)
    read_all()
    while world.outcome.asked < queries:
        world.change()
        for step in range(ASKED_AFTER_EACH):
            if step == ASKED_AFTER_EACH // 2:
                read_all()
            world.ask(world.chance.randrange(len(world.clients)))
    return world.outcome
