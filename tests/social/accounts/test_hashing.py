"""Two passwords are hashed at a time, whoever else waits."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.test import Client

from social.accounts import hashers
from tests.factories.social import UserFactory

PASSWORD = "seven quiet harbours"


@pytest.fixture
def most_at_once(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The largest number of hashes under way at one moment, as it grows."""
    guard, now, most = threading.Lock(), [0], [0]
    real = Argon2PasswordHasher.encode

    def counted(self: Any, *args: Any) -> Any:
        with guard:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)  # gives the others the chance to break in
        try:
            return real(self, *args)
        finally:
            with guard:
                now[0] -= 1

    monkeypatch.setattr(Argon2PasswordHasher, "encode", counted)
    return most


def test_twenty_at_once_take_turns(most_at_once: list[int]) -> None:
    with ThreadPoolExecutor(20) as people:
        made = list(people.map(make_password, [PASSWORD] * 20))
    assert most_at_once[0] == hashers.AT_ONCE
    assert all(each.startswith("argon2$") for each in made)
    assert check_password(PASSWORD, made[0])
    assert not check_password("wrong", made[0])


@pytest.mark.usefixtures("real_hashes")
def test_hashes_made_before_still_fit() -> None:
    assert hashers.TurnTakingArgon2.memory_cost == Argon2PasswordHasher.memory_cost
    assert check_password(PASSWORD, Argon2PasswordHasher().encode(PASSWORD, "somesaltsomesalt"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_who_has_waited_long_is_asked_to_come_back(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    UserFactory(handle="mira")
    monkeypatch.setattr(hashers, "PATIENCE_SECONDS", 0.05)
    form = {"login": "mira", "password": PASSWORD, "username": "nora", "password1": PASSWORD}
    form |= {"email": "nora@example.org"}
    with hashers.turn(), hashers.turn():
        answer = client.post(address, form)
    assert answer.status_code == 429
    assert "Too many people" in answer.content.decode()
    assert answer.headers["Retry-After"] == "5"
    assert client.post(address, form).status_code != 429
