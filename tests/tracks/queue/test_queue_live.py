"""What one device does with the queue, the others hear at once."""

import pytest
from asgiref.sync import sync_to_async

from social.models import User
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sockets import ELSEWHERE, drive, signed_in, socket
from tracks.queue import services as queue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]
PATH = "/ws/queue/"


def test_a_change_is_told_to_ones_own_devices_only() -> None:
    fan, other = UserFactory.create(), UserFactory.create()
    item = {"id": "a", "version": str(PublicTrackFactory.create().primary_version_id)}
    client, foreign = signed_in(fan), signed_in(other)

    async def story() -> None:
        watching, elsewhere = socket(PATH, client), socket(PATH, foreign)
        assert (await watching.connect())[0]
        assert (await elsewhere.connect())[0]
        first = await watching.receive_json_from()
        assert (first["revision"], first["ids"]) == (0, [])
        await elsewhere.receive_json_from()
        changes = {"items": [item], "current": "a", "position_ms": 5000, "device": "phone"}
        await sync_to_async(queue.write)(user=fan, revision=0, changes=changes)
        told = await watching.receive_json_from(timeout=3)
        assert told == {
            "revision": 1, "current": "a", "position_ms": 5000, "shuffle": False,
            "repeat": "off", "device": "phone", "ids": ["a"],
        }  # fmt: skip
        assert await elsewhere.receive_nothing()
        await watching.disconnect()
        await elsewhere.disconnect()

    drive(story)


def test_visitors_and_other_sites_are_refused() -> None:
    client = signed_in(UserFactory.create())

    async def story() -> None:
        assert not (await socket(PATH).connect())[0]
        assert not (await socket(PATH, client, ELSEWHERE).connect())[0]

    drive(story)


def test_a_closed_account_is_cut_off() -> None:
    fan = UserFactory.create()
    client = signed_in(fan)

    async def story() -> None:
        watching = socket(PATH, client)
        await watching.connect()
        await watching.receive_json_from()
        closing = sync_to_async(judges.as_before_decisions)
        await closing(User.objects.filter(pk=fan.pk), is_active=False)
        await sync_to_async(queue.write)(user=fan, revision=0, changes={"shuffle": True})
        assert (await watching.receive_output(timeout=3))["code"] == 4404
        await watching.disconnect()

    drive(story)
