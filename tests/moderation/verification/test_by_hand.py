"""Moderators verify by hand with what they have seen; nobody else does, and nobody themselves."""

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from moderation.verification import services
from social.models import User
from tests.factories.moderation import member_of, moderator
from tests.factories.social import UserFactory
from tests.moderation.verification.doing import (
    by_hand,
)

pytestmark = pytest.mark.django_db


def test_moderators_look_by_hand_with_words_and_revoke_with_a_reason(
    client: Client, ada: User
) -> None:
    row = by_hand(ada, "waiting")
    place = reverse("admin:moderation_verification_change", args=[row.pk])
    act = reverse("admin:moderation_verification_act", args=[row.pk])
    client.force_login(moderator())
    assert "Call me." in client.get(place).text
    queue = client.get(reverse("admin:moderation_case_changelist")).text
    assert "1 verification waits for a moderator" in queue
    client.post(act, {"act": "grant", "evidence": " "})
    row.refresh_from_db()
    assert row.state == "waiting"
    client.post(act, {"act": "grant", "evidence": "I called her."})
    ada.refresh_from_db()
    assert ada.verified == "Ada Byron"
    client.post(act, {"act": "revoke", "evidence": "It was her sister."})
    ada.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, row.evidence, ada.verified) == ("revoked", "It was her sister.", "")
    acts = SealedEntry.objects.filter(kind__startswith="verification").order_by("pk")
    assert [one.kind for one in acts] == ["verification.granted", "verification.revoked"]
    again = by_hand(ada, "waiting")
    services.refuse(row=again, by=moderator(), evidence="Nobody answered.")
    client.force_login(ada)
    assert "Nobody answered." in client.get(reverse("my-verifications")).text


@pytest.mark.parametrize("group", ["rights desk", "finance", "editor", ""])
def test_nobody_else_verifies_and_nobody_themselves(client: Client, ada: User, group: str) -> None:
    row = by_hand(ada, "waiting")
    person = member_of(group) if group else UserFactory.create()
    with pytest.raises(Problem) as refusal:
        services.grant(row=row, by=person, evidence="I know her.")
    assert refusal.value.type == "not-a-moderator"
    client.force_login(person)
    act = reverse("admin:moderation_verification_act", args=[row.pk])
    assert client.post(act, {"act": "grant", "evidence": "I."}).status_code in {302, 403}
    own, _other = moderator(), moderator()
    mine = by_hand(own, "waiting")
    with pytest.raises(Problem) as refusal:
        services.grant(row=mine, by=own, evidence="It is me.")
    assert refusal.value.type == "own-content"
    row.refresh_from_db()
    assert row.state == "waiting"
