"""Notes were once called comments: rows, rights and their kind of content survived the change."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from social.models import Note, User
from tests.factories.notes import NoteFactory
from tests.factories.social import UserFactory

BEFORE = "0006_email_confirmed_once"


@pytest.fixture
def forwards(transactional_db: None) -> Iterator[None]:
    """However the test ends, the database is as the code wants it."""
    yield
    call_command("migrate", verbosity=0)  # with the rooms above, which went back with it


@pytest.mark.long("all rooms above go back with it, and come again")
def test_rights_rows_and_content_type_keep_their_keys(forwards: None) -> None:
    note = NoteFactory.create()
    moderator: User = UserFactory.create()
    allowed = Permission.objects.get(content_type__app_label="social", codename="change_note")
    moderator.user_permissions.add(allowed)
    kind = ContentType.objects.get_for_model(Note)

    call_command("migrate", "social", BEFORE, verbosity=0)
    ContentType.objects.clear_cache()
    assert ContentType.objects.get(pk=kind.pk).model == "comment"
    assert Permission.objects.get(pk=allowed.pk).codename == "change_comment"

    call_command("migrate", verbosity=0)
    ContentType.objects.clear_cache()
    assert ContentType.objects.get(pk=kind.pk).model == "note"
    assert User.objects.get(pk=moderator.pk).has_perm("social.change_note")
    assert not Permission.objects.filter(codename="change_comment").exists()
    assert Note.objects.get(pk=note.pk).body_md == note.body_md
