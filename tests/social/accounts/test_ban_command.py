"""Banning by whoever has the machine: said, sealed, and undone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from media_pipeline.models import SealedEntry
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


def run(command: str, *words: str) -> str:
    out = StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


def test_a_ban_closes_what_is_theirs_and_lifting_it_opens_it_again(client: Client) -> None:
    track = PublicTrackFactory(owner=UserFactory(handle="mira"))
    assert client.get(track.get_absolute_url()).status_code == 200
    assert "mira is banned" in run("ban", "@Mira", "--reason", "stolen music")
    assert client.get(track.get_absolute_url()).status_code == 404
    with pytest.raises(CommandError, match="banned already"):
        run("ban", "mira", "--reason", "again")
    assert "let in again" in run("unban", "mira", "--reason", "an error of ours")
    assert client.get(track.get_absolute_url()).status_code == 200
    with pytest.raises(CommandError, match="was not banned"):
        run("unban", "mira", "--reason", "again")
    sealed = SealedEntry.objects.order_by("id")
    assert [(entry.kind, entry.data["reason"]) for entry in sealed] == [
        ("person.banned", "stolen music"),
        ("person.unbanned", "an error of ours"),
    ]
    assert {entry.subject for entry in sealed} == {f"social.user:{track.owner_id}"}


@pytest.mark.parametrize("command", ["ban", "unban"])
def test_whom_and_why_have_to_be_said(command: str) -> None:
    StaffFactory(handle="boss")
    with pytest.raises(CommandError, match="nobody called nora"):
        run(command, "nora", "--reason", "x")
    with pytest.raises(CommandError, match="Say why"):
        run(command, "boss", "--reason", " ")
    with pytest.raises(CommandError, match="boss"):
        run(command, "boss", "--reason", "x")
