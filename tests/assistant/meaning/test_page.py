"""The page of a search: passages with marked words, sentences as chips."""

import pytest
from django.test import Client

from tests.assistant.passages import JFK, read_all, say
from tests.factories.described import tag_on
from tests.factories.tracks import PublicTrackFactory
from tests.indexing import index

pytestmark = pytest.mark.django_db


def test_a_passage_plays_from_its_second_and_is_escaped(client: Client) -> None:
    track = PublicTrackFactory(title="<b>Inaugural</b>")
    say(track, JFK.replace("country", "<i>country</i>"))
    read_all()
    page = client.get("/search/passages/?q=what+your+country+can+do").text
    assert f'href="{track.get_absolute_url()}#t=4.5"' in page
    assert "<mark>country</mark>" in page
    assert "&lt;i&gt;" in page
    assert "<i>" not in page
    assert "<b>" not in page
    assert "other words for the same thing are not known here" in page


def test_the_search_leads_to_passages_without_scripts(client: Client) -> None:
    PublicTrackFactory(title="Quarry", description_md="Stones by the lake.")
    read_all()
    page = client.get("/search/?q=stones").text
    assert 'href="/search/passages/?q=stones"' in page
    part = client.get("/search/passages/?q=stones", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<mark>Stones</mark>" in part


def test_nothing_is_said_plainly(client: Client) -> None:
    page = client.get("/search/passages/?q=xyzzy").text
    assert "Nobody says or sings this here" in page
    assert client.get("/search/passages/").status_code == 200


def test_a_sentence_becomes_chips_where_nothing_is_called_so(client: Client) -> None:
    track = PublicTrackFactory(title="Elegy", bpm=72, music_key="Am")
    tag_on(track, "trumpet")
    PublicTrackFactory(title="March", bpm=120, music_key="C")
    index()
    page = client.get("/search/", {"q": "slow songs in A minor with trumpet"}, follow=True)
    assert page.redirect_chain[0][0].startswith("/search/?bpm=..90&key=8A&tag=trumpet&said=") or (
        "tag=trumpet" in page.redirect_chain[0][0]
    )
    assert [row.title for row in page.context["found"].tracks] == ["Elegy"]
    for chip in ("8A · A minor", "up to 90 bpm", "#trumpet"):
        assert chip in page.text
    assert "Drop Tempo: up to 90 bpm" in page.text
    assert "Read from “<span" in page.text
    as_words = client.get(page.context["as_words_url"].replace("?", "/search/?"))
    assert as_words.status_code == 200
    assert "slow songs in A minor with trumpet" in as_words.text


def test_what_is_called_so_is_found_as_it_is_written(client: Client) -> None:
    PublicTrackFactory(title="Slow songs in A minor")
    index()
    page = client.get("/search/", {"q": "slow songs in a minor"})
    assert [row.title for row in page.context["found"].tracks] == ["Slow songs in A minor"]
    assert "Or as conditions:" in page.text
