"""The account that acts for automation."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from social.models import User

pytestmark = pytest.mark.django_db(transaction=True)  # so that the rows of the migrations are there


def test_comes_with_the_first_migration_and_never_signs_in() -> None:
    system = User.objects.get(handle="system")
    assert system.name == "System"
    request = RequestFactory().post("/accounts/login/")
    assert not system.has_usable_password()
    assert authenticate(request, username="system", password="") is None
    assert authenticate(request, username="system", password="system") is None
