"""What administrators see and may do."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client

from media_pipeline.models import Job
from media_pipeline.sealing import services as sealing
from moderation.models import Case
from social.models import ApiToken, User
from tests.factories.media_pipeline import FailedJobFactory, UploadFactory
from tests.factories.moderation import as_before_decisions
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PlaylistFactory, ReadyTrackFactory, ReleaseFactory, TrackFactory
from tracks.deleted import services as deleted

pytestmark = pytest.mark.django_db
SEALED_LOG = "/admin/media_pipeline/sealedentry/"
OURS = ("social", "tracks", "media_pipeline")


@pytest.fixture
def boss(client: Client) -> Client:
    """A client in which an administrator is signed in."""
    client.force_login(StaffFactory(), backend="social.accounts.backends.PeopleBackend")
    return client


def lists() -> list[str]:
    """Return the address of every list of ours."""
    models = [model._meta for model in admin.site._registry if model._meta.app_label in OURS]
    return [f"/admin/{meta.app_label}/{meta.model_name}/" for meta in models]


def act(client: Client, url: str, action: str, row: Any, **words: str) -> str:
    """Run an action on one row; return the page that answers."""
    data = {"action": action, "_selected_action": [str(row.pk)]} | words
    return client.post(url, data, follow=True).content.decode()


def test_every_list_and_page_opens(boss: Client) -> None:
    track = ReadyTrackFactory()
    FailedJobFactory()
    UploadFactory()
    ApiToken.issue(user=track.owner)
    sealing.append(kind="case.noted")
    assert len(lists()) >= 9
    for url in lists():
        page = boss.get(url, {"q": "x"})
        assert page.status_code == 200, url
        page = boss.get(url)
        if url == SEALED_LOG:
            rows = [row for row, _address in page.context["rows"]]  # a page of our own
            assert rows
        else:
            rows = list(page.context["cl"].result_list)
        for row in rows[:1]:
            assert boss.get(f"{url}{row.pk}/change/").status_code == 200, url


@pytest.mark.parametrize("url", lists())
def test_lists_ask_little_of_the_database(
    boss: Client, url: str, django_assert_max_num_queries: Any
) -> None:
    TrackFactory.create_batch(3)
    with django_assert_max_num_queries(8) as few:
        boss.get(url)
    TrackFactory.create_batch(5)
    with django_assert_max_num_queries(len(few.captured_queries)):
        boss.get(url)


def test_nobody_else_comes_in(client: Client) -> None:
    client.force_login(UserFactory(), backend="social.accounts.backends.PeopleBackend")
    for url in lists():
        assert client.get(url).status_code in {302, 403}


def test_a_failed_job_shows_why_and_is_tried_again(boss: Client) -> None:
    job = FailedJobFactory()
    url = "/admin/media_pipeline/job/"
    assert job.error in boss.get(url).content.decode()
    assert job.stderr_tail in boss.get(f"{url}{job.pk}/change/").content.decode()
    assert "Queued again: 1" in act(boss, url, "retry", job)
    assert Job.objects.get(pk=job.pk).state == Job.State.PENDING
    assert "Only work that has failed" in act(boss, url, "retry", job)


def test_a_token_is_revoked_and_its_text_never_shown(boss: Client) -> None:
    row, text = ApiToken.issue(user=UserFactory(), name="phone")
    url = "/admin/social/apitoken/"
    pages = boss.get(url).content.decode() + boss.get(f"{url}{row.pk}/change/").content.decode()
    assert row.prefix in pages
    assert text not in pages
    assert row.digest not in pages
    act(boss, url, "revoke", row)
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_nobody_is_banned_here_but_decided_about_at_the_desk(boss: Client) -> None:
    person, other = UserFactory(), UserFactory()
    url = "/admin/social/user/"
    page = act(boss, url, "to_desk", person)
    case = Case.objects.get(target_id=person.pk)
    assert f"/admin/moderation/case/{case.pk}/assign/" in page
    assert '<option value="ban"' in page
    act(boss, url, "ban", person)
    boss.post(f"{url}{person.pk}/change/", {"display_name": "x", "email": "x@example.org"})
    row = User.objects.get(pk=person.pk)
    assert (row.is_banned, row.is_active, row.display_name) == (False, True, "x")
    boss.post(url, {"action": "to_desk", "_selected_action": [str(person.pk), str(other.pk)]})
    assert Case.objects.count() == 2


def test_who_was_inactive_before_there_were_decisions_is_made_active_again(boss: Client) -> None:
    person = UserFactory()
    as_before_decisions(User.objects.filter(pk=person.pk), is_active=False)
    words = {"display_name": "x", "email": "x@example.org", "is_active": "on"}
    boss.post(f"/admin/social/user/{person.pk}/change/", words)
    assert User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("kind", ["track", "release", "playlist"])
def test_staff_delete_nothing_of_others_and_bring_back(boss: Client, kind: str) -> None:
    factory: Any = {
        "track": ReadyTrackFactory,
        "release": ReleaseFactory,
        "playlist": PlaylistFactory,
    }
    thing = factory[kind].create(title="Cider")
    model, url = type(thing), f"/admin/tracks/{kind}/"
    assert boss.post(f"{url}{thing.pk}/delete/", {"post": "yes"}).status_code == 403
    act(boss, url, "delete_selected", thing, post="yes")
    assert model.objects.exists()
    assert "Cider" in act(boss, url, "to_desk", thing)
    assert Case.objects.get(target=kind, target_id=thing.pk).is_open
    deleted.delete(thing=thing, by=thing.owner)
    assert "Cider" in boss.get(url).text
    assert "Brought back: 1." in act(boss, url, "bring_back", thing)
    assert model.objects.get().deleted_at is None
    assert "Brought back: 0." in act(boss, url, "bring_back", thing)


def test_what_the_machine_owns_is_not_written_here(boss: Client) -> None:
    job = FailedJobFactory()
    page = boss.post(f"/admin/media_pipeline/job/{job.pk}/change/", {"state": "succeeded"})
    assert page.status_code == 403
    assert boss.get("/admin/media_pipeline/asset/add/").status_code == 403
    assert boss.get("/admin/social/user/add/").status_code == 403
    assert Job.objects.get().state == Job.State.FAILED
