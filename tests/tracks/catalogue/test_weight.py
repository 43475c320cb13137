"""What a list of music weighs, before a picture or a sound of it."""

import pytest
from django.test import Client

from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index

pytestmark = pytest.mark.django_db

KB = 1000


def test_a_whole_list_is_light(client: Client) -> None:
    owner = PublicTrackFactory.create(title="A piece with a name of some length").owner
    PublicTrackFactory.create_batch(23, owner=owner, title="A piece with a name of some length")
    index()
    for address in ("/", "/search/?q=piece", owner.get_absolute_url()):
        page = client.get(address).content
        assert page.count(b'class="card"') == 24
        assert len(page) <= 45 * KB, address
