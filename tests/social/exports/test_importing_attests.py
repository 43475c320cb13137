"""Whoever brings an archive with open pieces says that they may, and reads that they do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from moderation.models import Attestation
from social.models import User
from tests.social.exports.test_importing import eve, import_archive
from tracks import attesting
from tracks.models import Track

__all__ = ["eve"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)
ArchiveOf = Callable[[User], Path]


@pytest.mark.parametrize("words", [(), ("--attested",)])
def test_what_others_may_open_is_written_down(
    ada: User, eve: User, archive_of: ArchiveOf, words: tuple[str, ...]
) -> None:
    Track.objects.filter(owner=ada).update(visibility="public")
    said = import_archive(archive_of(ada), "--as", "eve", "--from", "ada", *words)
    assert attesting.SENTENCE in said
    opened = Track.objects.filter(owner=eve, visibility="public")
    assert opened
    rows = Attestation.objects.filter(person=eve)
    assert {row.track_id for row in rows} == {track.pk for track in opened}
    assert {(row.way, row.expressly) for row in rows} == {("command", bool(words))}


def test_nothing_is_said_of_what_stays_private_or_is_only_looked_through(
    ada: User, eve: User, archive_of: ArchiveOf
) -> None:
    Track.objects.filter(owner=ada).update(visibility="private")
    path = archive_of(ada)
    assert attesting.SENTENCE not in import_archive(path, "--as", "eve", "--from", "ada", "--dry")
    import_archive(path, "--as", "eve", "--from", "ada")
    assert not Attestation.objects.filter(person=eve).exists()


def test_a_house_that_wants_it_said_takes_none_without(
    ada: User, eve: User, archive_of: ArchiveOf, settings: Any
) -> None:
    settings.NEXUS_ATTEST_EXPRESSLY = True
    Track.objects.filter(owner=ada).update(visibility="public")
    path = archive_of(ada)
    with pytest.raises(CommandError, match="theirs to share"):
        import_archive(path, "--as", "eve", "--from", "ada")
    assert not Track.objects.filter(owner=eve, visibility="public").exists()
    import_archive(path, "--as", "eve", "--from", "ada", "--attested")
    assert Track.objects.filter(owner=eve, visibility="public").exists()
