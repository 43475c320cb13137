"""Somebody who leaves while the machine dies has left as a whole afterwards, or not at all."""

import signal
from datetime import timedelta

import pytest
from django.utils import timezone

from media_pipeline.storage import get_storage
from social.departure.services import leaving
from social.models import User
from tests.sites import Site
from tests.social.departure.belongings import everything, left_of
from tracks.models import Track

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_in_the_middle_nothing_has_happened_and_it_is_done_again(site: Site) -> None:
    made = everything()
    person = made.person
    words = ["forget", person.handle, "--now", "--reason", "A test."]
    process = site.launch(*words, NEXUS_FAULT="departure:farewell")
    assert process.wait(60) == -signal.SIGKILL
    assert User.objects.get(pk=person.pk).left_at is None
    assert Track.objects.filter(owner=person).exists()
    assert all(get_storage().exists(key) for key in made.files)
    User.objects.filter(pk=person.pk).update(leaves_at=timezone.now() - timedelta(days=1))
    assert leaving.carry_out_due() == 1
    assert left_of(made.words, person) == []
    assert not any(get_storage().exists(key) for key in made.files)
