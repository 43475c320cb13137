"""What waits stands on the first page of the administration, for whoever looks at cases."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from moderation.cases.services import assign
from moderation.models import Case
from tests.factories.moderation import decide, make_case, member_of, moderator
from tests.factories.tracks import PublicTrackFactory

pytestmark = pytest.mark.django_db


def first_page(person: object) -> str:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return str(client.get("/admin/").text)


def test_a_moderator_reads_what_waits_what_is_late_and_what_is_theirs() -> None:
    one, track = moderator(), PublicTrackFactory.create()
    mine, late = make_case(track), make_case(PublicTrackFactory.create())
    decide(PublicTrackFactory.create(), "warn")  # which closes its case
    assign(case=mine, by=one, to=one)
    page = first_page(one)
    assert "2 open cases" in page
    assert "1 that you took" in page
    assert " late<" not in page
    Case.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(hours=1))
    assert "<strong>1 late</strong>" in first_page(one)


def test_nobody_else_reads_it() -> None:
    make_case(PublicTrackFactory.create())
    assert "open case" not in first_page(member_of("editor"))


def test_a_late_case_says_so_in_the_queue() -> None:
    case, one = make_case(PublicTrackFactory.create()), Client()
    one.force_login(moderator())
    assert ">late<" not in one.get("/admin/moderation/case/").text
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(hours=1))
    assert ">late<" in one.get("/admin/moderation/case/").text
    assert ">late<" in one.get(f"/admin/moderation/case/{case.pk}/change/").text
