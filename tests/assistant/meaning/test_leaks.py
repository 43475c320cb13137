"""What is closed to somebody is in nothing that they are answered, whatever they ask."""

import json
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from assistant.chunks import services
from assistant.meaning.services import filling
from config.lib import kept_pages
from social.models import User
from tests.assistant.passages import read_all, say
from tests.depth import depth
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks.catalogue.services import deletion
from tracks.models import Lyrics, Track
from tracks.visibility.services.visibility import set_visibility

pytestmark = pytest.mark.django_db
QUERIES = depth(some=60, all_of_them=2_000)
SYLLABLES = [
    "ba",
    "de",
    "fo",
    "gi",
    "ku",
    "la",
    "me",
    "no",
    "pi",
    "ru",
    "sa",
    "te",
    "vo",
    "wi",
    "xe",
    "zu",
]
MAKE: list[Callable[..., Track]] = [PublicTrackFactory, UnlistedTrackFactory, ReadyTrackFactory]


def secret(chance: random.Random) -> str:
    """Return a word that stands nowhere else."""
    return "".join(chance.choices(SYLLABLES, k=5))


class World:
    """People, pieces with words of their own, and who may find which."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people = [UserFactory.create() for _ in range(4)]
        self.words: dict[Any, list[str]] = {}
        for number in range(9):
            words = [secret(chance) for _ in range(4)]
            make = MAKE[number % len(MAKE)]
            track = make(owner=chance.choice(self.people), title=f"Piece {words[0]}")
            Track.objects.filter(pk=track.pk).update(description_md=f"About the {words[1]} hill.")
            Lyrics.objects.create(track=track, text=f"Sing of {words[2]} and the sea")
            say(track, f"They talk of {words[3]} by the river.")
            self.words[track.pk] = words
        read_all()

    def open_to(self, viewer: User | None) -> set[Any]:
        public = Track.objects.filter(visibility="public", owner__is_banned=False)
        found = set(public.values_list("pk", flat=True))
        if viewer is not None:
            found |= set(Track.objects.filter(owner=viewer).values_list("pk", flat=True))
        return found

    def change(self) -> None:
        """Let something become open or closed."""
        track = self.chance.choice(list(Track.everything.filter(pk__in=self.words)))
        deed = self.chance.choice(["public", "private", "unlisted", "delete", "restore"])
        if deed == "delete" and track.deleted_at is None:
            deletion.delete(track=track, by=track.owner)
        elif deed == "restore" and track.deleted_at is not None:
            deletion.restore(track=track, by=track.owner)
        elif track.deleted_at is None and deed in {"public", "private", "unlisted"}:
            set_visibility(track=track, visibility=deed, by=track.owner)

    def catch_up(self) -> None:
        while services.work_off():
            pass
        while filling.work_off():
            pass


def ask(client: Client, text: str, mode: str) -> dict[str, Any]:
    body = {"query": text, "mode": mode, "limit": 50}
    answer = client.post("/api/v1/search/", body, content_type="application/json")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_nobody_is_told_of_what_is_closed_to_them() -> None:
    chance = random.Random(16)
    world = World(chance)
    clients: list[tuple[User | None, Client]] = [(None, Client())]
    for person in world.people:
        client = Client()
        client.force_login(person)
        clients.append((person, client))
    found = 0
    for turn in range(QUERIES):
        if turn % 10 == 5:
            world.change()
            if chance.random() < 0.5:
                world.catch_up()
        if turn == QUERIES // 2:
            judges.ban(world.people[0])
            clients = [one for one in clients if one[0] != world.people[0]]
        viewer, client = chance.choice(clients)
        asked = chance.choice(chance.choice(list(world.words.values())))
        text = chance.choice([asked, asked[:-1], f"the {asked} hill", f"{asked} river sea", "hill"])
        told = ask(client, text, chance.choice(["words", "meaning", "both"]))
        may = world.open_to(viewer)
        found += len(told["results"])
        assert {row["track"] for row in told["results"]} <= {str(pk) for pk in may}
        said = json.dumps(told["results"])
        foreign = {word for pk, words in world.words.items() if pk not in may for word in words}
        assert not [word for word in foreign if word in said], text
    assert found > QUERIES / 4, "there was something to be found"


def test_a_word_that_only_others_have_moves_no_answer() -> None:
    """The same question has the same answer whether or not a stranger's piece has its words."""
    say(PublicTrackFactory(title="Quarry"), "A trumpet over the old quarry at night.")
    read_all()
    texts = ["xylofant trumpet", "xylofant", "xylofant quarry night", "old xylofant trumpet"]
    before = [ask(Client(), text, "both") for text in texts]
    for _ in range(5):
        say(ReadyTrackFactory(title="Xylofant"), "The xylofant trumpet of the xylofant.")
    read_all()
    assert [ask(Client(), text, "both") for text in texts] == before


def test_kept_answers_are_looked_at_again(client: Client) -> None:
    track = PublicTrackFactory(title="Quarry", description_md="Stones by the lake.")
    read_all()
    assert ask(client, "stones lake", "both")["results"]
    # Behind the back of everything that would forget the answer.
    Track.objects.filter(pk=track.pk).update(visibility="private")
    assert ask(client, "stones lake", "both")["results"] == []


def test_kept_answers_are_for_one_person_alone() -> None:
    track = ReadyTrackFactory(title="Quarry", description_md="Stones by the lake.")
    read_all()
    owner, visitor, stranger = Client(), Client(), Client()
    owner.force_login(track.owner)
    stranger.force_login(UserFactory())
    for _ in range(2):
        assert len(ask(owner, "stones lake", "both")["results"]) == 1
        assert ask(visitor, "stones lake", "both")["results"] == []
        assert ask(stranger, "stones lake", "both")["results"] == []


def test_a_page_of_passages_is_ones_own() -> None:
    track = ReadyTrackFactory(title="Quarry", description_md="Stones by the lake.")
    read_all()
    cache.clear()
    owner = Client()
    owner.force_login(track.owner)
    assert "Quarry" in owner.get("/search/passages/?q=stones+lake").text
    assert "Quarry" not in Client().get("/search/passages/?q=stones+lake").text
    assert "Quarry" not in owner.get("/search/?q=stones+lake").text, "that page is for all"


def test_what_is_limited_is_found_by_nobody() -> None:
    track = PublicTrackFactory(title="Quarry", description_md="Stones by the lake.")
    read_all()
    judges.decide(track, "limit")
    owner = Client()
    owner.force_login(track.owner)
    for client in (Client(), owner):
        assert ask(client, "stones lake", "both")["results"] == []


def test_what_is_to_come_is_not_found_before_its_hour(client: Client) -> None:
    track = PublicTrackFactory(title="Quarry", description_md="Stones by the lake.")
    Track.objects.filter(pk=track.pk).update(release_at=timezone.now() + timedelta(days=1))
    read_all()
    assert ask(client, "stones lake", "both")["results"] == []
    kept_pages.forget(f"track:{track.pk}")
