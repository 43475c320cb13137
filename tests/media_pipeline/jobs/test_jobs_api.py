"""Trying again, by API."""

import pytest
from django.test import Client

from media_pipeline.models import Job
from tests.factories.media_pipeline import FailedJobFactory, JobFactory
from tests.factories.social import StaffFactory, UserFactory, bearer

pytestmark = pytest.mark.django_db


def address(job: Job) -> str:
    return f"/api/v1/jobs/{job.pk}/retry/"


def test_the_owner_and_staff_try_again(client: Client) -> None:
    first, second = FailedJobFactory.create(), FailedJobFactory.create()
    for failed, user in ((first, first.asset.owner), (second, StaffFactory.create())):
        response = client.post(address(failed), headers=bearer(user))
        assert response.status_code == 202
        assert response.json()["id"] == str(failed.pk)
        assert response.json()["state"] == "pending"


def test_strangers_find_no_job(client: Client) -> None:
    failed = FailedJobFactory.create()
    assert client.post(address(failed)).status_code == 401
    response = client.post(address(failed), headers=bearer(UserFactory.create()))
    assert response.status_code == 404
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_what_has_not_failed_is_not_tried_again(client: Client) -> None:
    job = JobFactory.create(state="succeeded")
    response = client.post(address(job), headers=bearer(job.asset.owner))
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/job-not-retryable"
