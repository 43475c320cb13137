"""What is taken is said as its owner would say it; what is not stays out."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from assistant.models import Consent, Suggestion
from assistant.suggestions.services import deciding
from config.lib.problems import Problem
from media_pipeline.models import Event
from tests.factories.assistant import make_run, make_suggestion
from tests.factories.social import UserFactory, bearer
from tests.factories.tracks import ReadyTrackFactory
from tracks.catalogue.services import deletion, revisions
from tracks.models import Revision, Track, TrackTag
from tracks.tags.rules import MOST

pytestmark = pytest.mark.django_db


def take(row: Suggestion, value: Any = None) -> Track:
    deciding.accept(suggestion=row, by=row.track.owner, value=value)
    found: Track = Track.objects.get(pk=row.track_id)
    return found


def test_a_title_that_is_taken_is_a_save_that_can_be_undone() -> None:
    row = make_suggestion(ReadyTrackFactory.create(title="take_01.wav"), "title", "Harbour")
    track = take(row)
    assert track.title == "Harbour"
    revision = Revision.objects.get(track=track)
    assert (revision.before["title"], revision.by_id) == ("take_01.wav", track.owner_id)
    revisions.undo(revision=revision, by=track.owner)
    assert Track.objects.get(pk=track.pk).title == "take_01.wav"


def test_a_summary_goes_before_the_description() -> None:
    track = ReadyTrackFactory.create(description_md="My own words.")
    assert take(make_suggestion(track, "summary", "About boats.")).description_md == (
        "About boats.\n\nMy own words."
    )


def test_a_language_is_written_as_the_form_writes_it() -> None:
    assert take(make_suggestion(None, "language", "en"), "PT_br").language == "pt-BR"


def test_tags_join_those_there_and_moods_are_moods() -> None:
    track = ReadyTrackFactory.create()
    take(make_suggestion(track, "tags", ["harbour"]))
    take(make_suggestion(track, "mood", ["calm"]))
    rows = TrackTag.objects.filter(track=track, state="accepted").values_list(
        "tag__name", "tag__kind"
    )
    assert set(rows) == {("harbour", "free"), ("calm", "mood")}


def test_what_was_changed_is_remembered_beside_what_was_suggested() -> None:
    row = make_suggestion(None, "tags", ["harbour", "nets"])
    take(row, "harbour, sea")
    row.refresh_from_db()
    assert (row.value, row.taken, row.state) == (
        ["harbour", "nets"],
        ["harbour", "sea"],
        "accepted",
    )


def test_it_is_told_once_and_taken_once() -> None:
    row = make_suggestion(None, "title", "Harbour")
    take(row)
    take(row)
    assert Event.objects.filter(kind="suggestion.decided").count() == 1
    assert Revision.objects.filter(track=row.track).count() == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("title", ""),
        ("title", "\u200b"),
        ("title", "x" * 201),
        ("title", ["a"]),
        ("title", 7),
        ("title", {"a": 1}),
        ("title", "a\x00b"),
        ("summary", "x" * 20_001),
        ("language", "klingon"),
        ("language", "xx"),
        ("tags", []),
        ("tags", [1]),
        ("tags", ["x" * 41]),
        ("tags", [" "]),
        ("tags", {"a": 1}),
        ("tags", [f"tag {at}" for at in range(MOST + 1)]),
        ("mood", ""),
    ],
)
def test_what_the_form_would_refuse_is_refused(kind: str, value: Any) -> None:
    row = make_suggestion(None, kind, ["x"] if kind in {"tags", "mood"} else "x")
    response = Client().post(
        f"/api/v1/suggestions/{row.pk}/accept/",
        {"value": value},
        content_type="application/json",
        headers=bearer(row.track.owner),
    )
    assert response.status_code in {400, 422}, response.content
    row.refresh_from_db()
    assert row.state == "open"
    assert not Revision.objects.exists()


@pytest.mark.parametrize("body", ['"x"', "[]", "7", "{", "null"])
def test_odd_bodies_are_refused(body: str) -> None:
    row = make_suggestion()
    where = f"/api/v1/suggestions/{row.pk}/accept/"
    headers = bearer(row.track.owner)
    response = Client().post(where, body, content_type="application/json", headers=headers)
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("state", "status"), [("dismissed", 409), ("withdrawn", 409), ("accepted", 200)]
)
def test_what_was_decided_stays_decided(state: str, status: int) -> None:
    row = make_suggestion(None, "title", "Harbour", state=state)
    where = f"/api/v1/suggestions/{row.pk}/accept/"
    response = Client().generic("POST", where, headers=bearer(row.track.owner))
    assert response.status_code == status
    assert not Revision.objects.exists()


def test_only_its_owner_decides() -> None:
    row, other = make_suggestion(), UserFactory.create()
    with pytest.raises(Problem) as refusal:
        deciding.accept(suggestion=row, by=other)
    assert refusal.value.type == "not-the-owner"
    with pytest.raises(Problem):
        deciding.dismiss(suggestion=row, by=other)


def test_what_was_deleted_since_takes_nothing() -> None:
    row = make_suggestion()
    deletion.delete(track=row.track, by=row.track.owner)
    with pytest.raises(Problem) as refusal:
        deciding.accept(suggestion=row, by=row.track.owner)
    assert refusal.value.status == 404


def test_programs_read_what_waits() -> None:
    row = make_suggestion(came_from=["transcript"])
    make_suggestion(row.track, "title", "Old", state="dismissed", run=row.run)
    answer = Client().get(
        f"/api/v1/tracks/{row.track_id}/suggestions/", headers=bearer(row.track.owner)
    )
    (told,) = answer.json()["results"]
    assert (told["kind"], told["value"], told["model"]) == (
        "tags",
        ["harbour", "nets"],
        "extractive",
    )
    assert told["came_from"] == ["transcript"]


def test_what_may_be_read_nowhere_shows_no_suggestions() -> None:
    row = make_suggestion()
    Consent.objects.create(track=row.track, where="nowhere")
    client = Client()
    client.force_login(row.track.owner)
    assert "Suggestions" not in client.get(edit_of(row)).content.decode()


def edit_of(row: Suggestion) -> str:
    return reverse("track-edit", args=[row.track.slug])


def test_the_page_of_changing_shows_and_takes_them() -> None:
    track = ReadyTrackFactory.create(title="take_01.wav")
    run = make_run(track)
    title = make_suggestion(track, "title", "Har<b>our", run=run, came_from=["file"])
    tags = make_suggestion(track, "tags", ["sea"], run=run)
    client = Client()
    client.force_login(track.owner)
    page = client.get(edit_of(title)).content.decode()
    assert "Har&lt;b&gt;our" in page
    assert "From the name of the file" in page
    sent = client.post(f"/suggestions/{title.pk}/", {"act": "change", "value": "Harbour"})
    assert sent["Location"].endswith("#suggestions")
    client.post(f"/suggestions/{tags.pk}/", {"act": "dismiss"})
    page = client.get(sent["Location"]).content.decode()
    assert 'id="suggestions"' not in page
    assert Track.objects.get(pk=track.pk).title == "Harbour"


def test_a_refused_change_is_shown_with_what_was_said() -> None:
    row = make_suggestion(None, "language", "en")
    client = Client()
    client.force_login(row.track.owner)
    response = client.post(f"/suggestions/{row.pk}/", {"act": "change", "value": "klingon"})
    assert response.status_code == 422
    assert 'value="klingon"' in response.content.decode()
    assert client.post(f"/suggestions/{row.pk}/", {"act": "burn"}).status_code == 422


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("acts", [("accept", "accept"), ("accept", "dismiss")])
def test_two_who_decide_at_once_decide_once(acts: tuple[str, str]) -> None:
    row, together = make_suggestion(None, "title", "Harbour"), Barrier(2)

    def decide(act: str) -> str:
        try:
            together.wait(10)
            getattr(deciding, act)(suggestion=row, by=row.track.owner)
            return "done"
        except Problem as refusal:
            return refusal.type
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(decide, acts))
    assert Event.objects.filter(kind="suggestion.decided").count() == 1
    assert found == (["done", "done"] if acts[0] == acts[1] else ["already-decided", "done"])
    row.refresh_from_db()
    taken = Track.objects.get(pk=row.track_id).title == "Harbour"
    assert taken is (row.state == "accepted")
    assert Revision.objects.count() == int(taken)
