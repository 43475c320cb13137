"""Whoever changes a byte of the sealed log is found out, and nobody waits to write into it."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from config.lib import cipher
from media_pipeline.models import Seal, SealedEntry
from media_pipeline.sealing import services
from media_pipeline.sealing.services import append, close, close_all, head, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed() -> list[SealedEntry]:
    """Seven entries in two batches, and one that is not sealed yet."""
    for n in range(4):
        append(kind="evidence.opened", actor=n, subject=f"tracks.track:{n}", reason="Räuberei")
    assert close() == 4
    for n in range(3):
        append(kind="person.banned", actor=n, subject=f"social.user:{n}", days=n)
    assert close() == 3
    append(kind="person.banned", actor=9)
    return list(SealedEntry.objects.order_by("id"))


def tamper(statement: str, *values: object) -> None:
    """Do to the tables what nobody of ours does, past every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_untouched_it_is_whole(sealed: list[SealedEntry]) -> None:
    assert list(verify()) == []
    assert close() == 1
    assert close() == 0
    assert list(verify()) == []


def test_one_round_closes_more_than_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH_MOST", 2)
    for n in range(5):
        append(kind="person.banned", actor=n)
    assert close_all() == 5
    assert list(Seal.objects.order_by("id").values_list("count", flat=True)) == [2, 2, 1]
    assert list(verify()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {entry} SET kind = 'evidence.closed' WHERE id = %s",
        "UPDATE {entry} SET actor = '7' WHERE id = %s",
        "UPDATE {entry} SET subject = subject || ' ' WHERE id = %s",
        "UPDATE {entry} SET data = '{{}}' WHERE id = %s",
        "UPDATE {entry} SET created_at = created_at + interval '1 microsecond' WHERE id = %s",
        "UPDATE {entry} SET seal_id = NULL WHERE id = %s",
        "UPDATE {entry} SET id = 900000 WHERE id = %s",
        "DELETE FROM {entry} WHERE id = %s",
        "INSERT INTO {entry} (kind, actor, subject, data, created_at, seal_id) "
        "SELECT kind, actor, subject, data, created_at, seal_id FROM {entry} WHERE id = %s",
    ],
)
@pytest.mark.parametrize("which", [0, 3, 6])
def test_every_change_of_an_entry_is_found(
    sealed: list[SealedEntry], change: str, which: int
) -> None:
    tamper(change.format(entry=SealedEntry._meta.db_table), sealed[which].pk)
    assert list(verify()) != []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {seal} SET digest = repeat('0', 64) WHERE id = %s",
        "UPDATE {seal} SET previous = repeat('0', 64) WHERE id = %s",
        "UPDATE {seal} SET count = count + 1 WHERE id = %s",
        "UPDATE {seal} SET key = 'another' WHERE id = %s",
        "DELETE FROM {seal} WHERE id = %s",
    ],
)
def test_every_change_of_a_seal_is_found(sealed: list[SealedEntry], change: str) -> None:
    first = Seal.objects.order_by("id").first()
    assert first
    if change.startswith("DELETE"):  # with all that belongs to it
        tamper(f"DELETE FROM {SealedEntry._meta.db_table} WHERE seal_id = %s", first.pk)
    tamper(change.format(seal=Seal._meta.db_table), first.pk)
    assert list(verify()) != []


def test_who_reads_the_table_cannot_make_a_chain_that_fits(
    sealed: list[SealedEntry], settings: Any
) -> None:
    """Sealed anew, after a change, by somebody who has everything but the key."""
    tamper(f"UPDATE {SealedEntry._meta.db_table} SET actor = 'x', seal_id = NULL")
    tamper(f"DELETE FROM {Seal._meta.db_table}")
    ours = cipher.signing_keys()
    settings.SECRET_KEY = "somebody else's"
    close()
    assert list(verify()) == []
    settings.SECRET_KEY = "ours again"
    assert cipher.signing_keys() != ours
    assert any("key" in finding.sentence for finding in verify())


def test_an_end_that_was_cut_off_is_seen_by_who_kept_the_last_digest(
    sealed: list[SealedEntry],
) -> None:
    digest, last = head(), Seal.objects.order_by("id").last()
    assert last
    tamper(f"DELETE FROM {SealedEntry._meta.db_table} WHERE seal_id = %s", last.pk)
    tamper(f"DELETE FROM {Seal._meta.db_table} WHERE id = %s", last.pk)
    with pytest.raises(CommandError, match="end of the log is missing"):
        call_command("seal", "verify", "--expect", digest, stdout=StringIO())


DEEDS = [
    "UPDATE {entry} SET actor = 'x' WHERE seal_id IS NULL",
    "DELETE FROM {entry}",
    "UPDATE {entry} SET seal_id = NULL",
    "DELETE FROM {seal}",
    "UPDATE {seal} SET count = 0",
]


@pytest.mark.parametrize("deed", DEEDS)
def test_the_database_refuses_what_is_not_an_addition(sealed: list[SealedEntry], deed: str) -> None:
    names = {"entry": SealedEntry._meta.db_table, "seal": Seal._meta.db_table}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(**names))


def test_the_command_says_how_it_stands(sealed: list[SealedEntry]) -> None:
    out = StringIO()
    call_command("seal", "verify", stdout=out)
    assert "2 seals, nothing was touched" in out.getvalue()
    assert head() in out.getvalue()
    tamper(f"UPDATE {SealedEntry._meta.db_table} SET actor = 'x' WHERE id = %s", sealed[0].pk)
    err = StringIO()
    with pytest.raises(CommandError, match="1 things"):
        call_command("seal", "verify", stdout=out, stderr=err)
    assert "something in them was changed" in err.getvalue()


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_once_lose_nothing() -> None:
    def write(n: int) -> None:
        try:
            with transaction.atomic():
                append(kind="test", actor=n)
                if n % 5 == 0:
                    connection.cursor().execute("SELECT pg_sleep(0.02)")
            if n % 3 == 0:
                close()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        list(people.map(write, range(60)))
    close()
    assert SealedEntry.objects.filter(seal=None).count() == 0
    assert sum(Seal.objects.values_list("count", flat=True)) == 60
    assert list(verify()) == []
