"""Banning by whoever has the machine: decided with reasons, told, sealed, and undone."""

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from media_pipeline.models import SealedEntry
from moderation.models import Case, Decision
from social.models import User
from tests.factories.moderation import as_before_decisions
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs

pytestmark = pytest.mark.django_db
WHY = ("--ground", "terms", "--clause", "Terms of use: copyright")


def run(command: str, *words: str, **options: Any) -> str:
    out = StringIO()
    call_command(command, *words, stdout=out, **options)
    return out.getvalue()


def test_a_ban_is_a_decision_and_another_one_undoes_it(client: Client) -> None:
    track = PublicTrackFactory(owner=UserFactory(handle="mira"))
    assert client.get(track.get_absolute_url()).status_code == 200
    assert "mira is banned" in run("ban", "@Mira", "--facts", "Stolen music.", *WHY)
    assert client.get(track.get_absolute_url()).status_code == 404
    made = Decision.objects.get(kind="ban")
    assert (made.person, made.by.handle, made.automated) == (track.owner, "system", False)
    assert (made.facts, made.ground, made.clause) == ("Stolen music.", "terms", WHY[3])
    assert Case.objects.get().state == "closed"
    do_jobs()
    assert "Stolen music." in str(mail.outbox[0].body)
    with pytest.raises(CommandError, match="so already"):
        run("ban", "mira", "--facts", "again", *WHY)
    assert "let in again" in run("unban", "mira", "--facts", "An error of ours.")
    assert client.get(track.get_absolute_url()).status_code == 200
    assert Decision.objects.get(kind="restore").undoes == made
    with pytest.raises(CommandError, match="was not banned"):
        run("unban", "mira", "--facts", "again")
    sealed = list(SealedEntry.objects.order_by("id").values_list("kind", flat=True))
    assert sealed == ["decision.made", "person.banned", "decision.made", "person.unbanned"]


def test_whom_and_why_have_to_be_said() -> None:
    StaffFactory(handle="boss")
    UserFactory(handle="mira")
    with pytest.raises(CommandError, match="nobody called nora"):
        run("ban", "nora", "--facts", "x", *WHY)
    with pytest.raises(CommandError, match="owed complete reasons"):
        run("ban", "mira", "--facts", " ", *WHY)
    with pytest.raises(CommandError, match="owed complete reasons"):
        run("ban", "mira", "--facts", "x", "--ground", "law", "--clause", " ")
    for missing in ("--facts", "--ground", "--clause"):
        words = dict(zip(("--facts", "--ground", "--clause"), ("x", "law", "y"), strict=True))
        rest = [word for name, said in words.items() if name != missing for word in (name, said)]
        with pytest.raises(CommandError, match=missing):
            run("ban", "mira", *rest)
    with pytest.raises(CommandError, match="Administrators"):
        run("ban", "boss", "--facts", "x", *WHY)
    with pytest.raises(CommandError, match="Say why"):
        run("unban", "mira", "--facts", " ")
    assert not Decision.objects.exists()
    assert not Case.objects.exists(), "what is refused leaves no case"


def test_a_ban_from_before_there_were_decisions_is_lifted() -> None:
    person = UserFactory(handle="mira")
    as_before_decisions(User.objects.filter(pk=person.pk), is_banned=True)
    assert "let in again" in run("unban", "mira", "--facts", "An error of ours.")
    assert not User.objects.get(pk=person.pk).is_banned
    assert SealedEntry.objects.get().data["reason"] == "An error of ours."
