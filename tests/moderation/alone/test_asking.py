"""What staff ask for themselves, where they meet it in the admin: a name, a verification."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.alone.rules import MARK
from moderation.models import Verification
from moderation.verification import services as verification
from social.models import User
from tests.factories.described import credit
from tests.factories.moderation import moderator
from tests.factories.social import AGAIN, code_now, stale
from tests.factories.tracks import PublicTrackFactory
from tracks import parties
from tracks.credits.services import claims
from tracks.models import Name, NameClaim

pytestmark = pytest.mark.django_db
CLAIMS = "/admin/tracks/nameclaim/"
LONG_AGO = timedelta(hours=25)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def claimed(by: User) -> dict[str, Any]:
    """Return the form that grants a name that stands on another's music to whoever asks."""
    name = credit(PublicTrackFactory.create(), "Ada Byron").name
    return {"action": "grant", "_selected_action": [claims.claim(name=name, by=by).pk]}


def test_nobody_grants_a_name_to_themselves_while_another_could() -> None:
    by, other = moderator(), moderator()
    form, client = claimed(by), signed_in(by)
    assert "Somebody else has to look at it." in client.post(CLAIMS, form, follow=True).text
    assert Name.objects.get().account is None
    signed_in(other).post(CLAIMS, form)
    assert Name.objects.get().account == by


def test_who_is_alone_grants_it_after_a_day_and_a_code() -> None:
    by = moderator()
    form, client = claimed(by), stale(by)
    assert "look again after 24 hours" in client.post(CLAIMS, form, follow=True).text
    NameClaim.objects.update(created_at=timezone.now() - LONG_AGO)
    asked = client.post(CLAIMS, form).headers["Location"]
    assert asked.startswith(AGAIN)
    assert Name.objects.get().account is None
    client.post(asked, {"code": code_now()})
    assert Name.objects.get().account == by


def test_a_house_that_says_nothing_of_parties_refuses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parties, "_rules", [])
    by = moderator()
    claimed(by)
    with pytest.raises(Problem) as refusal:
        claims.decide(claim=NameClaim.objects.get(), by=by, is_theirs=True)
    assert refusal.value.type == "own-content"


def test_one_verifies_oneself_where_nobody_else_is_after_a_day_and_a_code() -> None:
    by = moderator()
    row = verification.begin(person=by, method="hand", subject="Ada", words="Call me.")
    page, act = (f"/admin/moderation/verification/{row.pk}/{end}/" for end in ("change", "act"))
    form, client = {"act": "grant", "evidence": "My passport."}, stale(by)
    told = client.get(page).text
    assert "look again after 24 hours" in told
    assert 'value="grant"' not in told
    client.post(act, form)
    Verification.objects.update(created_at=timezone.now() - LONG_AGO)
    told = client.get(page).text
    assert "the public log will say so" in told
    assert 'value="grant"' in told
    asked = client.post(act, form).headers["Location"]
    assert asked.startswith(AGAIN)
    row.refresh_from_db()
    assert row.state == "waiting"
    client.post(asked, {"code": code_now()})
    row.refresh_from_db()
    assert (row.state, row.evidence) == ("verified", "My passport.")
    assert SealedEntry.objects.filter(kind=MARK, actor=str(by.pk)).count() == 1
