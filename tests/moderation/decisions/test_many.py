"""Whether decisions are few and collected, or many and looked up: what they close is the same."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils import timezone

from moderation.decisions import services
from moderation.models import decision as module
from tests.factories.moderation import REASONS, decide, moderator
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Track

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("few", [0, 10_000])
def test_what_is_closed_is_the_same(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(module, "FEW", few)
    tracks = PublicTrackFactory.create_batch(7)
    free, hidden, removed, undone, over, of_version, without = tracks
    decide(hidden, "hide")
    decide(removed, "remove")
    services.restore(decision=decide(undone, "hide"), by=moderator(), facts="No.")
    decide(of_version.primary_version, "hide", "version")
    Track.objects.filter(pk=without.pk).update(primary_version=None)
    now = timezone.now()
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: now - timedelta(days=8))
        decide(over, "hide", statement=replace(REASONS, days=7))

    def seen(user: Any) -> set[Any]:
        return set(Track.objects.visible_to(user).values_list("pk", flat=True))

    open_to_all = {free.pk, undone.pk, over.pk}
    assert seen(AnonymousUser()) - {without.pk} == open_to_all
    assert hidden.pk in seen(hidden.owner)
    assert of_version.pk in seen(of_version.owner)
    assert removed.pk not in seen(removed.owner)
