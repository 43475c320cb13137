"""Two people order one list at the same time, and both see what came of it."""

import random
import threading
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from tests.depth import depth
from tests.factories.social import UserFactory
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory
from tests.sockets import drive, signed_in, socket
from tracks.collections import ordering
from tracks.collections import services as collections
from tracks.collections.ordering import Beside
from tracks.models import Playlist, PlaylistItem, Track

pytestmark = pytest.mark.django_db(transaction=True)


def filled(count: int) -> tuple[Playlist, list[UUID]]:
    """Return a playlist with so many places of one track, and their keys in order."""
    playlist, track = PlaylistFactory.create(), PublicTrackFactory.create()
    PlaylistItem.objects.bulk_create(
        PlaylistItem(playlist=playlist, track=track, position=place)
        for place in range(1, count + 1)
    )
    return playlist, order(playlist)


def order(playlist: Playlist) -> list[UUID]:
    return list(playlist.items.order_by("position").values_list("pk", flat=True))


class Editor:
    """An open editor: what it knows follows from what its socket tells, and from nothing else."""

    def __init__(self) -> None:
        self.revision = -1
        self.order: list[str] = []

    def hear(self, told: dict[str, Any]) -> None:
        """Take one message as `static/js/collections/order.js` does."""
        if "order" in told:
            self.order = list(told["order"])
        else:
            assert told["revision"] == self.revision + 1, "told in order, or told whole"
            key = told.get("moved") or told["removed"]
            self.order.remove(key)
            if "moved" in told:
                place = self.order.index(told["behind"]) + 1 if told["behind"] else 0
                self.order.insert(place, key)
        self.revision = told["revision"]


def shuffle(playlist: Playlist, keys: list[UUID], seed: int, times: int) -> None:
    """Move places at random, each beside neighbours of the order as it was at the beginning."""
    dice = random.Random(seed)
    try:
        for _ in range(times):
            moved, behind, before = dice.sample(keys, 3)
            to = Beside(dice.choice(["", str(behind)]), str(before))
            ordering.move(collection=playlist, item_id=moved, to=to, by=playlist.owner)
    finally:
        connections.close_all()


@pytest.mark.usefixtures("door")
def test_two_editors_come_to_one_order_whatever_both_move() -> None:
    playlist, keys = filled(30)
    here, elsewhere = signed_in(playlist.owner), signed_in(playlist.owner)
    each = depth(some=60, all_of_them=500)
    path = f"/ws/playlists/{playlist.pk}/"

    async def story() -> None:
        sockets = [socket(path, here), socket(path, elsewhere)]
        editors = [Editor(), Editor()]
        for one in sockets:
            assert (await one.connect())[0]

        def both() -> None:
            people = [
                threading.Thread(target=shuffle, args=(playlist, keys, seed, each))
                for seed in (1, 2)
            ]
            for person in people:
                person.start()
            for person in people:
                person.join()

        await sync_to_async(both, thread_sensitive=False)()
        last = await sync_to_async(lambda: Playlist.objects.get(pk=playlist.pk).revision)()
        assert last > each
        for one, editor in zip(sockets, editors, strict=True):
            while editor.revision < last:
                editor.hear(await one.receive_json_from(timeout=5))
            await one.disconnect()
        wanted = [str(key) for key in await sync_to_async(order)(playlist)]
        assert set(wanted) == {str(key) for key in keys}
        assert editors[0].order == editors[1].order == wanted

    drive(story)


@pytest.mark.usefixtures("door")
def test_what_somebody_may_not_see_is_not_told_by_its_key() -> None:
    playlist, (first, second, third) = filled(3)
    hidden = PublicTrackFactory.create(visibility="private")
    PlaylistItem.objects.filter(pk=second).update(track=hidden)
    client = signed_in(playlist.owner)

    async def story() -> None:
        watching = socket(f"/ws/playlists/{playlist.pk}/", client)
        assert (await watching.connect())[0]
        assert (await watching.receive_json_from())["order"] == [str(first), str(third)]
        to = Beside(behind=str(second))
        await sync_to_async(ordering.move)(
            collection=playlist, item_id=first, to=to, by=playlist.owner
        )
        told = await watching.receive_json_from(timeout=3)
        assert told == {"revision": 1, "moved": str(first), "behind": ""}
        await sync_to_async(collections.remove)(collection=playlist, item_id=second)
        assert (await watching.receive_json_from(timeout=3)) == {"revision": 2, "removed": ""}
        await watching.send_json_to({"whole": True})
        assert (await watching.receive_json_from(timeout=3))["order"] == [str(first), str(third)]
        await sync_to_async(collections.add)(
            collection=playlist, track=await sync_to_async(Track.objects.get)(pk=hidden.pk)
        )
        assert (await watching.receive_json_from(timeout=3))["revision"] == 3
        await sync_to_async(collections.delete)(collection=playlist, by=playlist.owner)
        assert (await watching.receive_output(timeout=3))["code"] == 4404
        await watching.disconnect()

    drive(story)


@pytest.mark.usefixtures("door")
def test_strangers_watch_nobodys_editor() -> None:
    playlist, _ = filled(1)
    client = signed_in(UserFactory.create())

    async def story() -> None:
        assert not (await socket(f"/ws/playlists/{playlist.pk}/", client).connect())[0]
        assert not (await socket(f"/ws/playlists/{playlist.pk}/").connect())[0]

    drive(story)


def test_what_moves_beside_something_hidden_passes_it_by() -> None:
    """A step goes by what is seen, and the hidden one keeps its neighbours."""
    playlist, (first, second, third) = filled(3)
    hidden = PublicTrackFactory.create(visibility="private")
    PlaylistItem.objects.filter(pk=second).update(track=hidden)
    words: dict[str, Any] = {"collection": playlist, "by": playlist.owner}
    assert ordering.step(item_id=third, steps=-1, **words) == (1, "")
    assert order(playlist) == [third, first, second]
    assert ordering.step(item_id=third, steps=-1, **words) == (1, "")
    assert ordering.step(item_id=second, steps=1, **words) is None
