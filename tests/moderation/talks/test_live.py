"""What is written in a talk appears at once on the pages of its side and of moderators."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import sync_to_async
from django.contrib.auth.models import Group
from django.core.cache import cache

from moderation.models import Report, Talk
from moderation.talks import services
from social.models import User
from tests.factories import moderation as judges
from tests.factories.moderation import make_report, member_of, moderator, write_to
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.sockets import drive, signed_in, socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]
SOON, GONE = 5, 4404


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


@pytest.fixture
def report() -> Report:
    return make_report(PublicTrackFactory.create())


def at_desk(report: Report) -> str:
    return f"/ws/admin/cases/{report.case_id}/"


def of_reporter(report: Report) -> str:
    return f"/ws/reports/{report.key}/"


async def told(connection: Any) -> dict[str, Any]:
    found: dict[str, Any] = await connection.receive_json_from(timeout=SOON)
    return found


async def closed(connection: Any) -> int:
    while True:
        message = await connection.receive_output(timeout=SOON)
        if message["type"] == "websocket.close":
            return int(message["code"])


def test_each_side_hears_its_own_and_moderators_all(report: Report) -> None:
    talk = write_to(report.case, "To the person.").talk
    by = moderator()
    desk = signed_in(by)

    async def story() -> None:
        person = socket(f"/ws/talks/{talk.key}/")
        reporter = socket(of_reporter(report))
        staff = socket(at_desk(report), desk)
        for page in (person, reporter, staff):
            assert (await page.connect())[0]
        assert "To the person." in (await told(person))["lines"]
        assert await told(reporter) == {"lines": "", "may_answer": False}
        assert list((await told(staff))["talks"]) == ["person"]
        write = sync_to_async(services.write)
        await write(case=report.case, by=by, report=report, words="To the *reporter*.")
        heard = await told(reporter)
        assert "<em>reporter</em>" in heard["lines"]
        assert str(by) not in heard["lines"], "moderators have no names"
        assert heard["may_answer"] is True
        seen = (await told(staff))["talks"]
        assert "<em>reporter</em>" in seen[str(report.pk)]
        assert "reporter" not in seen["person"]
        assert await person.receive_nothing(timeout=0.2)
        await sync_to_async(services.answer)(talk=talk, words="From the person.")
        assert "From the person." in (await told(person))["lines"]
        assert "From the person." in (await told(staff))["talks"]["person"]
        assert await reporter.receive_nothing(timeout=0.2)
        for page in (person, reporter, staff):
            await page.disconnect()

    drive(story)


def test_nobody_else_is_let_in(report: Report) -> None:
    theirs = write_to(report.case).talk
    judges.write_to_reporter(report)
    other = Talk.objects.get(report=report)
    people = [None, UserFactory.create(), report.case.person, member_of("finance")]
    unproven = moderator()
    Authenticator.objects.filter(user=unproven).delete()
    browsers = [signed_in(one) if one else None for one in [*people, unproven]]
    wrong = ["/ws/talks/nothing/", "/ws/reports/nothing/", "/ws/talks/a%00b/"]
    wrong += [f"/ws/reports/{theirs.key}/", f"/ws/talks/{other.key}/"]

    async def story() -> None:
        for browser in browsers:
            assert not (await socket(at_desk(report), browser).connect())[0]
        for path in wrong:
            assert not (await socket(path).connect())[0], path

    drive(story)


def lose_staff(person: User) -> None:
    person.is_staff = False
    person.save()


def lose_group(person: User) -> None:
    person.groups.clear()


def be_taken_out(person: User) -> None:
    Group.objects.get(name="moderator").user_set.remove(person)


def lose_right(_person: User) -> None:
    Group.objects.get(name="moderator").permissions.clear()


LOSSES = [lose_staff, lose_group, be_taken_out, lose_right]


@pytest.mark.parametrize("lose", LOSSES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("place", ["case", "queue"])
def test_who_is_no_moderator_any_more_is_out_at_once(
    report: Report, lose: Callable[[User], None], place: str
) -> None:
    by = moderator()
    desk = signed_in(by)
    path = at_desk(report) if place == "case" else "/ws/admin/cases/"

    async def story() -> None:
        page = socket(path, desk)
        assert (await page.connect())[0]
        await told(page)
        await sync_to_async(lose)(by)
        assert await closed(page) == GONE
        assert not (await socket(path, desk).connect())[0]

    drive(story)


def test_nothing_is_told_to_who_lost_it_unseen(report: Report) -> None:
    """Where nothing was announced, as by raw SQL, the next word is asked for anew."""
    by, other = moderator(), moderator()
    desk = signed_in(by)

    async def story() -> None:
        page = socket(at_desk(report), desk)
        assert (await page.connect())[0]
        await told(page)
        await sync_to_async(User.objects.filter(pk=by.pk).update)(is_staff=False)
        await sync_to_async(services.write)(case=report.case, by=other, words="Secret.")
        message = await page.receive_output(timeout=SOON)
        assert message["type"] == "websocket.close"

    drive(story)


def test_a_key_that_is_gone_ends_its_page(report: Report) -> None:
    async def story() -> None:
        page = socket(of_reporter(report))
        assert (await page.connect())[0]
        await told(page)
        await sync_to_async(judges.write_to_reporter)(report)
        await told(page)
        await sync_to_async(Report.objects.filter(pk=report.pk).update)(key="another")
        await sync_to_async(judges.write_to_reporter)(report, "Still there?")
        assert await closed(page) == GONE

    drive(story)
