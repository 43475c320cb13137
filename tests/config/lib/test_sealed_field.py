"""A column that only the site can read, and that outlives its key."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from config.lib import cipher
from config.management.commands import rotate_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def model() -> Iterator[Any]:
    """A table with one, as an app of ours would have it."""
    with isolate_apps("config"):

        class Account(models.Model):
            key = cipher.SealedField(blank=True)

            class Meta:
                app_label = "config"

        with connection.schema_editor(atomic=False) as editor:
            editor.create_model(Account)
        cipher.forget_keys()
        yield Account
    cipher.forget_keys()


def raw(model: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM {model._meta.db_table} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_the_database_never_sees_it(model: Any) -> None:
    account = model.objects.create(key="sk_live_1")
    model.objects.create(key="")
    assert model.objects.get(pk=account.pk).key == "sk_live_1"
    sealed, nothing = raw(model)
    assert "live" not in sealed
    assert nothing == ""
    account.key = "sk_live_2"
    account.save()
    account.refresh_from_db()
    assert account.key == "sk_live_2"


def test_all_is_sealed_anew(
    model: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    path = tmp_path / "keys"
    path.write_text(old)
    settings.NEXUS_KEY_FILE = str(path)
    cipher.forget_keys()
    for n in range(7):
        model.objects.create(key=f"secret {n}")
    path.write_text(f"{new}\n{old}")
    cipher.forget_keys()
    monkeypatch.setattr(rotate_keys, "ROWS_AT_ONCE", 3)
    monkeypatch.setattr(cipher, "sealed_fields", lambda: [model._meta.get_field("key")])
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    assert "7 secrets were sealed anew." in out.getvalue()
    path.write_text(new)
    cipher.forget_keys()
    kept = model.objects.order_by("id").values_list("key", flat=True)
    assert list(kept) == [f"secret {n}" for n in range(7)]
    path.write_text(Fernet.generate_key().decode())
    cipher.forget_keys()
    with pytest.raises(CommandError, match="7 cannot be read"):
        call_command("rotate_keys", stdout=out)


def test_a_new_key_is_printed_and_is_one() -> None:
    out = StringIO()
    call_command("rotate_keys", "--new", stdout=out)
    Fernet(out.getvalue().strip())
