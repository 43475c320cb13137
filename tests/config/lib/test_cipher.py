"""What is sealed is read again with any key that is here, and with no other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config.lib import cipher


@pytest.fixture(autouse=True)
def _keys_anew() -> Iterator[None]:
    cipher.forget_keys()
    yield
    cipher.forget_keys()


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "keys"
    settings.NEXUS_KEY_FILE = str(path)
    return path


def test_what_is_sealed_is_read_and_says_nothing() -> None:
    sealed = cipher.seal("sk_live_naïve")
    assert "live" not in sealed
    assert cipher.unseal(sealed) == "sk_live_naïve"
    assert cipher.seal("a") != cipher.seal("a")


@pytest.mark.parametrize("text", ["", "nonsense", "gAAAAA", "\x00", "é"])
def test_what_is_no_seal_is_unreadable(text: str) -> None:
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(text)


def test_a_changed_byte_is_unreadable() -> None:
    sealed = cipher.seal("secret")
    for at in range(10, len(sealed), 7):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(cipher.Unreadable):
            cipher.unseal(changed)


def test_a_new_key_writes_and_the_old_one_still_reads(keys: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    keys.write_text(old)
    before = cipher.seal("secret")
    keys.write_text(f"{new}\n{old}\n")
    cipher.forget_keys()
    assert cipher.unseal(before) == "secret"
    after = cipher.rotate(before)
    keys.write_text(new)
    cipher.forget_keys()
    assert cipher.unseal(after) == "secret"
    with pytest.raises(cipher.Unreadable):
        cipher.unseal(before)


def test_a_key_file_that_is_none_is_a_sentence(keys: Path) -> None:
    keys.write_text("no key")
    with pytest.raises(ImproperlyConfigured, match="one Fernet key in each line"):
        cipher.seal("x")
