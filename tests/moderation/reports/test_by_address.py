"""Whoever has only an address of what is wrong pastes it, and is led to its report."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.factories.notes import NoteFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    UnlistedTrackFactory,
)
from tracks.models import FormerSlug

pytestmark = pytest.mark.django_db


def led(client: Client, address: str) -> str:
    answer = client.get("/report/", {"address": address})
    if answer.status_code == 302:
        followed = client.get(answer["Location"])
        assert followed.status_code == 200, answer["Location"]
        return str(answer["Location"]).replace("%3A", ":")
    assert answer.status_code == 422
    assert "Nothing that can be reported" in answer.text
    return ""


def test_an_address_leads_to_the_report_of_what_it_shows(client: Client) -> None:
    track = PublicTrackFactory.create()
    note = NoteFactory.create(version=track.primary_version)
    release = ReleaseFactory.create(visibility="public")
    playlist = PlaylistFactory.create(visibility="public")
    place = track.get_absolute_url()
    for address, about in {
        f"http://testserver{place}?v=1#t=3": f"track:{track.pk}",
        place: f"track:{track.pk}",
        f" http://testserver/embed/track/{track.pk}/ ": f"track:{track.pk}",
        f"http://testserver{place}#note-{note.pk}": f"note:{note.pk}",
        f"http://testserver{release.get_absolute_url()}": f"release:{release.pk}",
        f"http://testserver{playlist.get_absolute_url()}": f"playlist:{playlist.pk}",
        f"http://testserver/@{track.owner.handle.upper()}/": f"person:{track.owner.pk}",
    }.items():
        assert f"about={about}" in led(client, address), address


def test_a_key_goes_along(client: Client) -> None:
    track = UnlistedTrackFactory.create()
    found = led(client, f"http://testserver/t/{track.token}/")
    assert f"about=track:{track.pk}" in found
    assert f"token={track.token}" in found


def test_a_former_address_leads_on(client: Client) -> None:
    track = PublicTrackFactory.create()
    FormerSlug.objects.create(track=track, slug="as-it-was")
    assert f"about=track:{track.pk}" in led(client, "/tracks/as-it-was/")


def test_what_one_may_not_see_answers_as_what_is_not_there(client: Client) -> None:
    private, unlisted = ReadyTrackFactory.create(), UnlistedTrackFactory.create()
    nothing = client.get("/report/", {"address": "/tracks/no-such/"}).text.replace("no-such", "X")
    for row in (private, unlisted):
        found = client.get("/report/", {"address": f"/tracks/{row.slug}/"})
        assert found.status_code == 422
        assert found.text.replace(row.slug, "X") == nothing


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/tracks/a/",
        "/admin/",
        "/",
        "x",
        "//[",
        "http://testserver:x/tracks/a/",
        "/tracks/%00/",
        "/tracks/a/#note-" + "0" * 36,
        "/tracks/\ud800/",
        "/@\u202e/",
        "javascript:alert(1)",
    ],
)
def test_what_leads_nowhere_says_so(client: Client, address: str) -> None:
    answer = client.get(f"/report/?{urlencode({'address': address}, errors='surrogatepass')}")
    assert answer.status_code == 422, answer.text


def test_without_an_address_it_is_asked_for(client: Client) -> None:
    assert "Its address" in client.get("/report/").text
    assert client.post("/report/").status_code == 200
    assert client.get("/report/", {"address": ""}).status_code == 422
    assert client.get("/report/", {"address": "/" + "a" * 3000}).status_code == 422
