"""Two uploads that begin at the same moment share one room."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from config.lib.problems import Problem
from media_pipeline.models import StorageQuota, Upload
from media_pipeline.uploads.services import quota, uploads
from tests.factories.social import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_rush_gets_no_more_than_the_quota() -> None:
    artist = UserFactory.create()
    StorageQuota.objects.create(user=artist, bytes=3)

    def begin(_number: int) -> str:
        try:
            uploads.create(owner=artist, filename="song.wav", size=1)
        except Problem as refusal:
            return refusal.type
        finally:
            connections.close_all()
        return "created"

    with ThreadPoolExecutor(8) as crowd:
        outcomes = sorted(crowd.map(begin, range(8)))
    assert outcomes == ["created"] * 3 + ["quota-exceeded"] * 5
    assert Upload.objects.count() == 3
    assert quota.quota_of(artist).left == 0
