"""Every socket ends within five seconds of a sign-out, a ban, a closed account, another password.

The routes are walked, so that a new one is covered or fails here.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client

from media_pipeline.routing import websocket_urlpatterns as of_machine
from moderation.routing import websocket_urlpatterns as of_bench
from social.accounts.services import closing as accounts
from social.models import User
from social.routing import websocket_urlpatterns as of_social
from tests.factories import moderation as judges
from tests.factories.media_pipeline import JobFactory, MediaFactory
from tests.factories.social import PASSWORD, UserFactory, enrol
from tests.factories.tracks import PlaylistFactory, PublicTrackFactory
from tests.sockets import drive, signed_in, socket
from tracks.models import Release, Stem, Track, TrackVisual
from tracks.routing import websocket_urlpatterns as of_tracks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("door")]
SOON = 5  # seconds
GONE = 4404
LIST = UUID(int=7)
ROUTES = sorted(str(route.pattern) for route in [*of_tracks, *of_social, *of_machine, *of_bench])
OF_BENCH = "ws/admin/cases/"


@pytest.fixture
def track() -> Track:
    """A piece that is still being worked on, with a stem and a picture: all sockets stay open."""
    found: Track = PublicTrackFactory()
    found.owner.user_permissions.add(Permission.objects.get(codename="view_backup"))
    version = found.primary_version
    assert version
    JobFactory(asset=version.media.asset, dedupe_key=f"process:{version.media.asset_id}")
    version.status = "processing"
    version.save()
    stem = Stem.objects.create(version=version, media=MediaFactory(), created_by=found.owner)
    JobFactory(asset=stem.media.asset, dedupe_key=f"process:{stem.media.asset_id}")
    visual = TrackVisual.objects.create(track=found, media=MediaFactory(), created_by=found.owner)
    JobFactory(asset=visual.media.asset, kind="visual", dedupe_key=f"visual:{visual.pk}")
    Release.objects.create(id=found.pk, owner=found.owner, slug="of-a-socket")
    PlaylistFactory.create(pk=LIST, owner=found.owner)
    return found


def path_of(route: str, track: Track) -> str:
    """Return the address of a route for this piece; fails for a parameter nobody has named here."""
    ids = {"track_id": track.pk, "version_id": track.primary_version_id}
    ids |= {"release_id": track.pk, "list_id": LIST}
    if "<uuid:case_id>" in route:
        ids["case_id"] = judges.make_case(track).pk
    for name, value in ids.items():
        route = route.replace(f"<uuid:{name}>", str(value))
    if "<str:key>" in route:
        report = judges.make_report(track)
        key = report.key if "reports" in route else judges.write_to(report.case).talk.key
        route = route.replace("<str:key>", key)
    assert "<" not in route, "say here what this parameter of a socket is"
    return f"/{route}"


def sign_out(track: Track, client: Client) -> None:
    client.post("/accounts/logout/")


def ban(track: Track, client: Client) -> None:
    """Staff are banned once they are none any more."""
    User.objects.filter(pk=track.owner_id).update(is_staff=False)
    judges.ban(User.objects.get(pk=track.owner_id))


def let_in(route: str, owner: User) -> None:
    """Make a moderator of whoever is to open a socket of the bench."""
    if route.startswith(OF_BENCH):
        User.objects.filter(pk=owner.pk).update(is_staff=True)
        owner.groups.add(Group.objects.get(name="moderator"))
        enrol(owner)
        owner.refresh_from_db()


def close_account(track: Track, client: Client) -> None:
    judges.as_before_decisions(User.objects.filter(pk=track.owner_id), is_active=False)
    with transaction.atomic():
        accounts.shut(person=track.owner)


def change_password(track: Track, client: Client) -> None:
    """From another browser, where it is known."""
    form = {"oldpassword": PASSWORD, "password1": "nine lanterns at sea"}
    form |= {"password2": form["password1"]}
    other = signed_in(track.owner)
    assert other.post("/accounts/password/change/", form).status_code == 302


ENDS = [sign_out, ban, close_account, change_password]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
@pytest.mark.parametrize("route", ROUTES)
def test_every_socket_ends(route: str, end: Callable[[Track, Client], None], track: Track) -> None:
    let_in(route, track.owner)
    here, elsewhere = signed_in(track.owner), signed_in(track.owner)
    stranger = signed_in(UserFactory())
    path = path_of(route, track)

    async def story() -> None:
        mine, other = socket(path, here), socket(path, elsewhere)
        assert (await mine.connect())[0]
        assert (await other.connect())[0]
        theirs = socket(path, stranger)
        may = (await theirs.connect())[0]
        await sync_to_async(end)(track, here)
        assert await closed(mine) == GONE
        if end is sign_out:  # of this session alone
            assert await stays(other)
        if may and end is change_password:
            assert await stays(theirs)
        for each in (mine, other, theirs):
            await each.disconnect()

    drive(story)


@pytest.mark.parametrize("route", ROUTES)
def test_who_listens_to_a_banned_persons_piece_is_out_too(route: str, track: Track) -> None:
    """And may come back when the ban is lifted."""
    visitor = signed_in(UserFactory())
    path = path_of(route, track)

    async def story() -> None:
        theirs = socket(path, visitor)
        may = (await theirs.connect())[0]
        await sync_to_async(judges.ban)(track.owner)
        # The others are about nobody else's things; and a key of a talk opens it to the banned.
        if may and "<uuid" in route:
            assert await closed(theirs) == GONE
            assert not (await socket(path, visitor).connect())[0]
        await sync_to_async(judges.unban)(track.owner)
        again = socket(path, visitor)
        assert (await again.connect())[0] == may
        for each in (theirs, again):
            await each.disconnect()

    drive(story)


async def stays(connection: Any) -> bool:
    """Tell whether a socket is still open when nothing more comes."""
    while not await connection.receive_nothing(timeout=0.3):
        if (await connection.receive_output())["type"] == "websocket.close":
            return False
    return True


async def closed(connection: Any) -> int:
    """Return the close code that comes soon, whatever else is told before."""
    while True:
        message = await connection.receive_output(timeout=SOON)
        if message["type"] == "websocket.close":
            return int(message["code"])
