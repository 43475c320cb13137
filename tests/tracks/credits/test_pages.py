"""The page of a name, its claims, and the page on which an owner says who made it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.lib.problems import Problem
from tests.factories.described import credit, credited
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, ReleaseFactory
from tests.indexing import index
from tracks.credits.services import claims
from tracks.models import Credit, Name, NameClaim

pytestmark = pytest.mark.django_db


def test_a_name_gathers_what_it_is_credited_for_by_role() -> None:
    (track, _) = credited(2, title="Shore")
    credit(track, "Ada", "writer")
    shown = Client().get("/artists/ada/").content.decode()
    assert shown.index("As writer") < shown.index("As producer")
    assert shown.count('class="card"') == 3


def test_more_of_a_role_is_on_pages_of_its_own() -> None:
    tracks = credited(30)
    shown = Client().get("/artists/ada/").content.decode()
    assert shown.count('class="card"') == 8
    assert "All 30 tracks" in shown
    first = Client().get("/artists/ada/?role=producer").content.decode()
    assert first.count('class="card"') == 24
    following = first.partition('class="more"><a class="button" href="')[2].partition('"')[0]
    second = Client().get(f"/artists/ada/{following.replace('&amp;', '&')}").content.decode()
    assert second.count('class="card"') == 6
    assert tracks[-1].get_absolute_url() in second
    assert Client().get("/artists/ada/?role=cook").status_code == 404


def test_what_is_not_published_is_not_there() -> None:
    (track,) = credited(1)
    private = ReadyTrackFactory.create(owner=track.owner, title="Secret")
    credit(private, "Ada", "writer")
    credit(private, "Bo", "writer")
    shown = Client().get("/artists/ada/").content.decode()
    assert "Secret" not in shown
    assert "As writer" not in shown
    assert Client().get("/artists/bo/").status_code == 404
    index()
    assert "/artists/bo/" not in Client().get("/search/?q=bo").content.decode()


def test_more_credits_cost_no_more_queries() -> None:
    counts = []
    for count in (1, 6):
        credited(count)
        credited(count, "writer")
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"/artists/ada/?n={count}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_a_name_is_found_by_its_words() -> None:
    credited(1)
    index()
    assert 'href="/artists/ada/"' in Client().get("/search/?q=ada").content.decode()


def test_a_name_on_own_music_alone_is_ones_own_at_once() -> None:
    (track,) = credited(1)
    client = Client()
    client.force_login(track.owner)
    answer = client.post("/artists/ada/claim/", {}, follow=True).content.decode()
    assert "leads to your page now" in answer
    assert Name.objects.get().account == track.owner
    assert f"@{track.owner.handle}" in Client().get("/artists/ada/").content.decode()
    assert "/artists/ada/" in Client().get(track.owner.get_absolute_url()).content.decode()


def test_on_music_of_others_a_moderator_decides() -> None:
    credited(1)
    ada, bo, staff = UserFactory.create(), UserFactory.create(), StaffFactory.create()
    name = Name.objects.get()
    asked = claims.claim(name=name, by=ada, words="It is me.")
    assert claims.claim(name=name, by=ada) == asked
    other = claims.claim(name=name, by=bo)
    with pytest.raises(Problem, match="Moderators"):
        claims.decide(claim=asked, by=ada, is_theirs=True)
    claims.decide(claim=asked, by=staff, is_theirs=True)
    claims.decide(claim=other, by=staff, is_theirs=True)
    name.refresh_from_db()
    assert name.account == ada
    states = {row.person: row.state for row in NameClaim.objects.all()}
    assert states == {ada: "granted", bo: "refused"}
    with pytest.raises(Problem, match="Somebody else"):
        claims.claim(name=name, by=bo)


def test_a_person_takes_the_link_off_a_credit_and_gives_the_name_up() -> None:
    (track,) = credited(1)
    ada = UserFactory.create(handle="ada")
    Name.objects.update(account=ada)
    client = Client()
    client.force_login(ada)
    row = Credit.objects.get()
    assert track.title in client.get("/artists/ada/own/").content.decode()
    client.post(f"/credits/{row.pk}/link/", {"link": "off"})
    shown = Client().get(track.get_absolute_url()).content.decode()
    assert '<a href="/artists/ada/"><bdi>Ada</bdi></a>' in shown
    client.post(f"/credits/{row.pk}/link/", {"link": "on"})
    assert '<a href="/@ada/">' in Client().get(track.get_absolute_url()).content.decode()
    client.post("/artists/ada/own/", {"name": "ÁDA"})
    assert "<h1" in Client().get("/artists/ada/").content.decode()
    assert Name.objects.get().name == "ÁDA"
    client.post("/artists/ada/own/", {"name": "Bo"})
    assert Name.objects.get().name == "ÁDA", "that would be another name"
    client.post("/artists/ada/give-up/")
    assert Name.objects.get().account is None


def test_an_owner_says_it_without_scripts() -> None:
    track = PublicTrackFactory.create()
    client, address = Client(), f"/tracks/{track.slug}/credits/"
    client.force_login(track.owner)
    form: dict[str, Any] = {"artist-name": ["Ada", "Bo"], "artist-join": ["x", ""]}
    added = client.post(address, form | {"act": "add:credit"}).content.decode()
    assert added.count('name="credit-name"') == 2, "a row and the blank one of the template"
    moved = client.post(address, form | {"act": "down:artist:0"}).content.decode()
    assert moved.index('value="Bo"') < moved.index('value="Ada"')
    line = {"act": "read", "line": "Cy feat. Dee"}
    assert 'value="Dee"' in client.post(address, form | line).content.decode()
    assert not track.credits.exists(), "nothing is kept until it is saved"
    wrong = form | {"credit-name": [""], "credit-role": ["writer"], "credit-detail": ["cello"]}
    refused = client.post(address, wrong)
    assert refused.status_code == 422
    assert "Say who it is." in refused.content.decode()
    assert not track.credits.exists(), "both or nothing"
    right = wrong | {"credit-name": ["Eve"]}
    assert client.post(address, right).status_code == 302
    track.refresh_from_db()
    assert track.artist_credit == "Ada x Bo"


@pytest.mark.parametrize(
    "act", ["", "up:artist:99", "down:credit:-1", "remove:artist:x", "add:cook", "x", "read:"]
)
def test_any_button_is_answered(act: str) -> None:
    track = PublicTrackFactory.create()
    client = Client()
    client.force_login(track.owner)
    form = {"artist-name": ["Ada"], "act": act}
    assert client.post(f"/tracks/{track.slug}/credits/", form).status_code in {200, 302}


def test_names_are_offered_as_one_types() -> None:
    credited(1)
    private = ReadyTrackFactory.create()
    credit(private, "Adam", "writer")
    client = Client()
    client.force_login(UserFactory.create())
    address = "/api/v1/names/?begins=ÄD"
    assert [row["name"] for row in client.get(address).json()["results"]] == ["Ada"]
    client.force_login(private.owner)
    assert [row["name"] for row in client.get(address).json()["results"]] == ["Ada", "Adam"]
    assert client.get("/api/v1/names/?begins=").json()["results"] == []


def test_programs_say_and_read_it() -> None:
    track = PublicTrackFactory.create()
    release = ReleaseFactory.create(owner=track.owner)
    client = Client()
    client.force_login(track.owner)
    body = {
        "artists": [{"name": "Ada", "join_phrase": " & "}, {"name": "Bo", "credited_as": "B."}],
        "credits": [{"name": "Cy", "role": "musician", "detail": "viola"}],
    }
    for address in (f"/api/v1/tracks/{track.pk}", f"/api/v1/releases/{release.pk}"):
        told = client.put(f"{address}/credits/", body, content_type="application/json").json()
        assert told["artist"] == "Ada & B."
        assert [row["name"] for row in told["artists"]] == ["Ada", "Bo"]
        assert told["credits"][0] | {"url": ""} == told["credits"][0]
        assert Client().get(f"{address}/credits/").json() == told
        again = client.put(f"{address}/credits/", told, content_type="application/json")
        assert again.json() == told, "what was told can be sent back"
        wrong = {"credits": [{"name": "Cy", "role": "cook"}]}
        refused = client.put(f"{address}/credits/", wrong, content_type="application/json")
        assert refused.status_code == 400
