"""A machine marks what moderators might look at. It restricts nothing and hides nothing."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from media_pipeline.models import SealedEntry
from moderation.models import Case, Decision, Reason, Suggestion, WatchedWord
from moderation.suggestions import registry, rules, services
from moderation.suggestions.registry import Found, Suggester
from moderation.things import KINDS
from social.notes.services import notes
from social.profiles.services import describe
from tests.contracts.texts import FRAGMENTS, filled
from tests.factories.moderation import make_case, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tests.jobs import read_events
from tracks.catalogue.services.editing import edit

pytestmark = pytest.mark.django_db
MARKS = "\u0315\u0300"  # to be sorted: thousands of them in a row would take seconds
OLD = timezone.now() - timedelta(days=100)


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def watch(phrase: str, reason: str = "hate") -> None:
    WatchedWord.objects.create(phrase=phrase, reason=reason)


def old_hand() -> Any:
    return UserFactory.create(date_joined=OLD)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("a grim reaper sings", True),
        ("GRIM\u200b  Réaper!", True),
        ("ｇｒｉｍ reaper", True),
        ("grim-reaper", True),
        ("g" + "\u0315\u0300" * 50 + "rim reaper", True),
        ("grimreaper", False),
        ("a pilgrim reaper", False),
        ("grim and reaper", False),
        ("", False),
    ],
)
def test_a_phrase_is_found_as_whole_words_however_it_is_dressed(text: str, is_found: bool) -> None:
    assert bool(rules.found_in(text, [tuple(rules.folded("Grim Reaper"))])) is is_found


@pytest.mark.parametrize("fragment", [*FRAGMENTS, "https://", "www.", "www.a", "\ufdfa", MARKS])
def test_no_text_makes_looking_slow(fragment: str) -> None:
    text = filled(fragment, 200_000)
    phrases = [tuple(f"word{number} more".split()) for number in range(2000)]
    began = time.process_time()
    rules.found_in(text, phrases)
    rules.outside_hosts(text, "here.example")
    assert time.process_time() - began < 1


def test_watched_words_open_a_case_and_nothing_else_happens() -> None:
    watch("grim reaper")
    track = PublicTrackFactory.create(owner=old_hand())
    edit(track=track, by=track.owner, title="The Grim Réaper")
    read_events()
    case = Case.objects.get()
    assert (case.reason, case.target_id) == ("hate", track.pk)
    assert "“grim reaper” in the title" in case.suggestions.get().words
    assert Client().get(track.get_absolute_url()).status_code == 200
    assert not Decision.objects.exists()
    edit(track=track, by=track.owner, description_md="More of it.")
    read_events()
    assert Suggestion.objects.count() == 1


def test_notes_and_pages_of_people_are_looked_at_and_what_is_private_is_not() -> None:
    watch("grim reaper")
    track, private = PublicTrackFactory.create(), ReadyTrackFactory.create(owner=old_hand())
    writer = old_hand()
    notes.write(version=track.primary_version, author=writer, body_md="Grim reaper!", at_ms=0)
    describe(by=writer, words={"press_md": "I am the grim reaper."})
    edit(track=private, by=private.owner, title="Grim reaper")
    read_events()
    assert set(Case.objects.values_list("target", flat=True)) == {"note", "person"}


def test_only_newcomers_links_to_elsewhere_are_marked(settings: Any) -> None:
    new, old = (PublicTrackFactory.create(owner=one) for one in (UserFactory.create(), old_hand()))
    for track in (new, old):
        edit(track=track, by=track.owner, description_md="See https://Cheap.example/x?y and so on.")
    read_events()
    found = Suggestion.objects.get()
    assert found.case.target_id == new.pk
    assert found.case.reason == Reason.SPAM
    assert "cheap.example" in found.words
    assert rules.outside_hosts("http://here.example/a www.here.example", "here.example") == []


def suggest(track: Any, words: str = "Watched: x") -> Suggestion | None:
    return services.suggest(KINDS["track"], track, "tests", Found(Reason.MINORS, words))


def test_a_suggestion_marks_an_open_case_and_makes_it_no_graver() -> None:
    track = PublicTrackFactory.create()
    case = make_case(track, reason="spam")
    assert suggest(track)
    found = Case.objects.get()
    assert (found.reason, found.due_at) == ("spam", case.due_at)
    services.dismiss(case=found, by=moderator())
    assert Case.objects.get().is_open  # somebody reported it
    assert suggest(track) is None  # it was said


def test_dismissing_closes_what_nothing_else_has_opened() -> None:
    track = PublicTrackFactory.create()
    made = suggest(track)
    assert made
    services.dismiss(case=made.case, by=moderator())
    assert not Case.objects.get().is_open
    assert SealedEntry.objects.filter(kind="suggestion.dismissed").count() == 1
    assert suggest(track, "Watched: y")
    assert Case.objects.filter(state="open").count() == 1


def test_the_queue_marks_them_filters_by_them_and_sorts_by_the_clock_alone() -> None:
    first, second = (PublicTrackFactory.create(title=title) for title in ("One", "Two"))
    make_report(first, reason="spam")
    assert suggest(second)
    client = Client()
    client.force_login(moderator())
    queue = client.get("/admin/moderation/case/").text
    assert queue.index("Two") < queue.index("One")  # the reason of the second is graver
    assert '<strong class="desk__mark">suggested</strong>' in queue
    assert "One" not in client.get("/admin/moderation/case/?waiting=suggestions").text
    case = Case.objects.get(target_id=second.pk)
    client.post(f"/admin/moderation/case/{case.pk}/dismiss/")
    assert not Case.objects.get(pk=case.pk).is_open


def test_a_classifier_joins_by_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "SUGGESTERS", dict(registry.SUGGESTERS))
    monkeypatch.setattr(services, "SUGGESTERS", registry.SUGGESTERS)
    registry.register(Suggester("loud", "loud", lambda said: [Found("other", said.texts["title"])]))
    track = PublicTrackFactory.create(owner=old_hand())
    edit(track=track, by=track.owner, title="Aaa")
    read_events()
    assert Suggestion.objects.get().words == "Aaa"
    with pytest.raises(ValueError, match="two suggesters"):
        registry.register(Suggester("loud", "loud", lambda _said: []))


def test_watched_words_are_edited_in_the_admin_by_who_has_the_right() -> None:
    client = Client()
    client.force_login(moderator())
    form = {"phrase": " Grim  Reaper ", "reason": "hate", "is_active": "on"}
    assert client.post("/admin/moderation/watchedword/add/", form).status_code == 302
    assert WatchedWord.objects.get().phrase == "Grim Reaper"
    refused = client.post("/admin/moderation/watchedword/add/", form | {"phrase": "!!"})
    assert "Write one to" in refused.text
    assert SealedEntry.objects.filter(kind="admin.added").count() == 1
    client.force_login(UserFactory.create(is_staff=True))
    assert client.post("/admin/moderation/watchedword/add/", form).status_code == 403
