"""Moderators read the sealed log: by case, by person, by act, and page by page."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from media_pipeline.sealing import services as sealing
from moderation.cases import services as cases
from tests.factories.moderation import make_case, member_of, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db
LOG = "/admin/media_pipeline/sealedentry/"


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_it_is_read_by_case_by_person_and_by_act() -> None:
    one, other = moderator(handle="ada"), moderator(handle="bea")
    first, second = (make_case(PublicTrackFactory.create()) for _ in range(2))
    cases.assign(case=first, by=one, to=one)
    cases.write(case=second, by=other, words="Not told here.")
    client = signed_in(one)
    for asked, shown, hidden in (
        (f"?about={first.pk}", "case.assigned</th>", "case.noted</th>"),
        (f"?about=moderation.case:{second.pk}", "case.noted</th>", "case.assigned</th>"),
        ("?who=ada", "case.assigned</th>", "case.noted</th>"),
        (f"?who={other.pk}", "case.noted</th>", "case.assigned</th>"),
        ("?act=case.noted", "case.noted</th>", "case.assigned</th>"),
    ):
        page = client.get(LOG + asked).text
        assert (shown in page, hidden in page) == (True, False), asked
    page = client.get(LOG).text
    assert f"/admin/moderation/case/{first.pk}/change/" in page
    assert "Not told here." not in page
    assert "Nothing is like this." in client.get(f"{LOG}?who=nobody-at-all").text
    assert "Nothing is like this." in client.get(f"{LOG}?about=nobody-at-all").text
    assert client.get(f"{LOG}?about=%00").status_code == 400


def test_a_long_log_goes_on_and_costs_no_more() -> None:
    by = moderator()
    for number in range(60):
        sealing.append(kind="case.noted", actor=by.pk, subject=f"moderation.case:{number:03}")
    client = signed_in(by)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"{LOG}?act=case.noted")
    assert len(asked) <= 8, [query["sql"][:90] for query in asked]
    assert "moderation.case:059" in page.text
    assert "moderation.case:009" not in page.text
    more = page.text.partition('href="?act=case.noted&amp;before=')[2].partition('"')[0]
    rest = client.get(f"{LOG}?act=case.noted&before={more}").text
    assert "moderation.case:009" in rest
    assert "moderation.case:010" not in rest
    assert client.get(f"{LOG}?before=nonsense").status_code == 404


def test_only_who_judges_reads_it_and_nobody_writes_there() -> None:
    entry = sealing.append(kind="case.noted")
    for person in (moderator(), member_of("rights desk")):
        client = signed_in(person)
        assert client.get(LOG).status_code == 200
        assert client.get(f"{LOG}{entry.pk}/change/").status_code == 200
        assert client.post(f"{LOG}{entry.pk}/change/", {"kind": "x"}).status_code == 403
        assert client.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{LOG}add/").status_code == 403
    for nobody in (member_of("finance"), member_of("editor"), UserFactory.create()):
        assert signed_in(nobody).get(LOG).status_code in {302, 403}
