"""The page of the queue says how many cases have come that it would show; it moves nothing."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.test import Client

from moderation.appeals import services as appeals
from moderation.models import Case
from tests.factories.moderation import decide, make_case, make_report, member_of, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sockets import drive, signed_in, socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]
SOON = 5


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def page(desk: Client, **words: Any) -> Any:
    asked = {"drawn": datetime.now(UTC).isoformat()} | words
    return socket(f"/ws/admin/cases/?{urlencode(asked)}", desk)


async def count(connection: Any) -> int:
    return int((await connection.receive_json_from(timeout=SOON))["new"])


def come(reason: str = "hate") -> Case:
    return make_case(PublicTrackFactory.create(), reason=reason)


def test_what_comes_is_counted_and_what_is_there_is_not() -> None:
    here = come()
    desk = signed_in(moderator())

    async def story() -> None:
        queue, of_spam = page(desk), page(desk, reason="spam")
        for each in (queue, of_spam):
            assert (await each.connect())[0]
            assert await count(each) == 0
        await sync_to_async(come)()
        assert await count(queue) == 1
        assert await count(of_spam) == 0
        await sync_to_async(make_report)(here.person, "person", "spam")
        assert await count(queue) == 2
        assert await count(of_spam) == 1
        for each in (queue, of_spam):
            await each.disconnect()

    drive(story)


def test_many_at_once_are_told_as_few() -> None:
    desk = signed_in(moderator())

    async def story() -> None:
        queue = page(desk)
        assert (await queue.connect())[0]
        assert await count(queue) == 0
        for _ in range(10):
            await sync_to_async(come)()
        words = [await count(queue)]
        while words[-1] < 10:
            words.append(await count(queue))
        assert len(words) < 10
        await queue.disconnect()

    drive(story)


def test_what_came_while_the_page_was_drawn_and_what_comes_again_counts() -> None:
    made = decide(PublicTrackFactory.create(), "hide")
    desk = signed_in(moderator())
    queue = page(desk)
    come()

    async def story() -> None:
        assert (await queue.connect())[0]
        assert await count(queue) == 1
        await sync_to_async(appeals.appeal)(decision=made, text="It quotes.")
        assert await count(queue) == 2
        await queue.disconnect()

    drive(story)


def test_only_who_sees_the_queue_is_let_in() -> None:
    people = [None, UserFactory.create(), member_of("finance"), member_of("editor")]
    browsers = [signed_in(one) if one else Client() for one in people]
    desk = signed_in(member_of("rights desk"))

    async def story() -> None:
        for browser in browsers:
            assert not (await page(browser).connect())[0]
        for words in ({"drawn": "never"}, {"drawn": "2026-13-01T00:00:00Z"}, {"reason": "none"}):
            odd = page(desk, **words)
            assert (await odd.connect())[0], words
            await odd.disconnect()

    drive(story)


def test_its_page_asks_for_its_own_filters() -> None:
    client = signed_in(moderator())
    text = client.get("/admin/moderation/case/?reason=spam").text
    assert 'data-arrivals="/ws/admin/cases/?state=open&amp;reason=spam' in text
