"""What everybody may not find is told by nothing that leads to music, to nobody, at no moment."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from social.models import User
from tests.contracts.found import OPEN, PEOPLE, SECRET, STATES, Shelf, feeds, make_shelf, places
from tests.factories import moderation as judges
from tests.indexing import index
from tracks.models import Release, Track
from tracks.tags.services import counting

AROUND = ("SAVEPOINT", "RELEASE", "SELECT set_config")
pytestmark = pytest.mark.django_db
# What one's own lists and neighbours tell their owner alone.
OWN = ("/similar/", "/lists/", "type=label", "/suggest/", "/search/", "/path/")


def told(shelf: Shelf, person: str, where: list[str]) -> dict[str, str]:
    client, found = shelf.client(person), {}
    for place in where:
        cache.clear()
        answer = client.get(place)
        assert answer.status_code < 500, place
        found[place] = answer.text if answer.status_code == 200 else ""
    return found


NOW, LONG_SINCE = "a moment ago", "long since"
CASES = [
    *((state, NOW, "visitor") for state in STATES),
    *(("private", made, person) for made in (NOW, LONG_SINCE) for person in PEOPLE[1:]),
]


@pytest.mark.parametrize(("state", "made", "person"), CASES)
def test_what_is_closed_is_told_by_nothing(state: str, made: str, person: str) -> None:
    shelf = make_shelf()
    where = places(shelf)
    shelf.close(state)
    if made == LONG_SINCE:
        counting.recount_all()
        index()
    answers = told(shelf, person, where)
    leaks = [place for place, text in answers.items() if SECRET in text.title()]
    if person == "owner":
        leaks = [place for place in leaks if not any(word in place for word in OWN)]
    assert leaks == []
    assert sum(OPEN in text for text in answers.values()) > len(where) / 2


@pytest.mark.parametrize("made", ["a moment ago", "by the deed"])
def test_nothing_of_whom_the_site_keeps_out(made: str) -> None:
    shelf = make_shelf()
    where = places(shelf)
    if made == "a moment ago":
        judges.as_before_decisions(User.objects.filter(pk=shelf.owner.pk), is_banned=True)
    else:
        judges.ban(shelf.owner)
    answers = told(shelf, "visitor" if made == "a moment ago" else "staff", where)
    assert [
        at for at, text in answers.items() if SECRET in text.title() or OPEN in text.title()
    ] == []
    assert {at for at in feeds(shelf) if answers[at]} == set(feeds(shelf)[:2]), "of the site"


@pytest.mark.parametrize("person", PEOPLE)
def test_counts_and_offers_tell_nothing_of_it(person: str) -> None:
    shelf = make_shelf()
    shelf.close("private")
    client = shelf.client(person)
    counts = client.get("/api/v1/search/counts/?q=harbour").json()
    own = {"label": 2, "artist": 4} if person == "owner" else {"label": 1, "artist": 2}
    one_of_each = dict.fromkeys(("track", "release", "playlist", "tag"), 1)
    if person == "owner":  # whose own lists are told to them alone
        counts["types"] |= {"release": 1, "playlist": 1}
    assert counts["types"] == one_of_each | own
    for group in counts["facets"]:
        assert {option["count"] for option in group["options"]} == {1}, group
    page: Any = client.get(f"/search/?q=harbour+{SECRET[:5]}&bpm=100..300")
    assert page.context["dropped"] == []
    assert page.context["bare_url"] == ""


def test_what_was_public_with_its_release_is_told_by_neither_words() -> None:
    """A piece that stays open is not found by the title of a release that is closed."""
    shelf = make_shelf()
    Release.objects.filter(title__contains=SECRET).update(visibility="private")
    index()
    client = shelf.client("visitor")
    asked = f"/api/v1/search/?q=tapes+{SECRET}"
    assert client.get(asked).json()["results"] == []
    assert Track.objects.get(pk=shelf.closed.pk).visibility == "public"


def test_what_leads_to_music_costs_few_queries() -> None:
    """Whatever is looked for: eight beside those of the transaction; counts ask of every kind."""
    shelf = make_shelf()
    client, dear = shelf.client("visitor"), {}
    for place in places(shelf):
        client.get(place)  # how broad words are, is remembered
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(place)
        counted = [row["sql"] for row in asked if not row["sql"].startswith(AROUND)]
        most = 20 if "counts" in place else 12 if "&bpm=300" in place else 8
        if len(counted) > most:
            dear[place] = len(counted)
    assert dear == {}
