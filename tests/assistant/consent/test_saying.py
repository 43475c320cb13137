"""An owner says where a piece may be read, and each provider is asked about by its name."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from assistant.consent import services
from assistant.consent.selectors import choice_of, may_keep, may_read
from assistant.models import Consent, ProviderConsent
from config.lib.problems import Problem
from media_pipeline.models import Event
from tests.factories import moderation as judges
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory, UnlistedTrackFactory
from tracks.models import Track

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("elsewhere")]
NOWHERE, HERE, PROVIDERS = "nowhere", "here", "providers"


def test_what_is_not_said_is_as_the_site_does(settings: Any) -> None:
    public, private = PublicTrackFactory.create(), ReadyTrackFactory.create()
    for default, here, public_there in (
        (NOWHERE, False, False),
        (HERE, True, False),
        (PROVIDERS, True, True),
    ):
        settings.NEXUS_MACHINES = default
        assert (may_read(public.pk), may_read(private.pk)) == (here, here)
        assert may_read(public.pk, "attic") is public_there
        assert not may_read(private.pk, "attic")


@pytest.mark.parametrize("make", [ReadyTrackFactory, UnlistedTrackFactory, PublicTrackFactory])
def test_each_provider_reads_only_what_it_was_let_to(make: Any, settings: Any) -> None:
    settings.NEXUS_MACHINES = PROVIDERS
    track = make.create()
    services.say(track=track, by=track.owner, where=PROVIDERS, providers=["attic"])
    assert may_read(track.pk)
    assert may_read(track.pk, "attic")
    assert not may_read(track.pk, "cellar")
    services.say(track=track, by=track.owner, where=HERE)
    assert not may_read(track.pk, "attic")


def test_what_everybody_could_hear_stays_here_once_it_is_closed(settings: Any) -> None:
    settings.NEXUS_MACHINES = PROVIDERS
    track = PublicTrackFactory.create()
    assert may_read(track.pk, "attic")
    Track.objects.filter(pk=track.pk).update(visibility="unlisted")
    assert not may_read(track.pk, "attic")
    Track.objects.filter(pk=track.pk).update(visibility="public", published_at=None)
    assert not may_read(track.pk, "attic"), "its hour is to come"


def test_the_log_keeps_what_was_withdrawn() -> None:
    track = ReadyTrackFactory.create()

    def say(where: str, *names: str) -> None:
        services.say(track=track, by=track.owner, where=where, providers=names)

    say(PROVIDERS, "attic", "cellar")
    say(PROVIDERS, "cellar")
    say(PROVIDERS, "cellar", "attic")
    say(NOWHERE)
    rows = ProviderConsent.objects.order_by("pk").values_list("provider", "withdrawn_at")
    assert [name for name, _ in rows] == ["attic", "cellar", "attic"]
    assert all(withdrawn for _, withdrawn in rows)
    assert choice_of(track.pk).providers == ()
    say(PROVIDERS, "attic")
    assert ProviderConsent.objects.filter(withdrawn_at=None).count() == 1
    assert ProviderConsent.objects.count() == 4


def test_saying_it_again_is_no_deed() -> None:
    track = ReadyTrackFactory.create()
    for _ in range(2):
        services.say(track=track, by=track.owner, where=PROVIDERS, providers=["attic"])
    assert ProviderConsent.objects.count() == 1
    assert Event.objects.filter(kind="consent.changed").count() == 1


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"where": "everywhere"}, "where-unknown"),
        ({"where": PROVIDERS, "providers": []}, "provider-missing"),
        ({"where": PROVIDERS, "providers": ["attic", "garage"]}, "provider-unknown"),
        ({"mining": "perhaps"}, "mining-unknown"),
    ],
)
def test_what_says_nothing_is_refused(words: dict[str, Any], kind: str) -> None:
    track = ReadyTrackFactory.create()
    with pytest.raises(Problem) as refused:
        services.say(track=track, by=track.owner, **words)
    assert refused.value.type == kind
    assert not Consent.objects.exists()
    assert not ProviderConsent.objects.exists()


def test_nobody_else_says_it() -> None:
    track = PublicTrackFactory.create()
    with pytest.raises(Problem, match="owner"):
        services.say(track=track, by=UserFactory.create(is_staff=True), where=NOWHERE)


@pytest.fixture
def narrowed() -> Any:
    heard: list[tuple[UUID, str]] = []
    services._narrowed.append(lambda track, where: heard.append((track, where)))
    yield heard
    services._narrowed.pop()


def test_what_machines_made_goes_when_it_is_read_nowhere(narrowed: Any, settings: Any) -> None:
    track = ReadyTrackFactory.create()
    services.say(track=track, by=track.owner, where=PROVIDERS, providers=["attic"])
    services.say(track=track, by=track.owner, where=HERE)
    assert narrowed == []
    services.say(track=track, by=track.owner, where=NOWHERE)
    assert narrowed == [(track.pk, NOWHERE)]
    services.say(track=track, by=track.owner, where=HERE)
    settings.NEXUS_MACHINES = NOWHERE
    services.say(track=track, by=track.owner, where="")
    assert narrowed == [(track.pk, NOWHERE)] * 2, "the site’s own word narrows as well"


def test_where_it_cannot_go_the_word_is_not_kept() -> None:
    track = ReadyTrackFactory.create()

    def fail(_track: UUID, _where: str) -> None:
        raise RuntimeError("it did not go")

    services._narrowed.append(fail)
    try:
        with pytest.raises(RuntimeError):
            services.say(track=track, by=track.owner, where=NOWHERE)
    finally:
        services._narrowed.pop()
    assert not Consent.objects.exists()


def test_what_was_read_meanwhile_is_not_kept() -> None:
    track = ReadyTrackFactory.create()
    assert may_keep(track.pk)
    services.say(track=track, by=track.owner, where=NOWHERE)
    assert not may_keep(track.pk)
    services.say(track=track, by=track.owner, where=HERE)
    Track.everything.filter(pk=track.pk).delete()
    assert not may_keep(track.pk)


class TestApi:
    """`/api/v1/tracks/{id}/consent/`."""

    def test_it_is_told_and_said(self, client: Client) -> None:
        track = ReadyTrackFactory.create()
        client.force_login(track.owner)
        place = f"/api/v1/tracks/{track.pk}/consent/"
        first = client.get(place)
        assert first.headers["Cache-Control"] == "no-store"
        assert (first.json()["said"], first.json()["where"]) == ("", HERE)
        assert [one["name"] for one in first.json()["offered"]] == ["attic", "cellar"]
        words = {"where": PROVIDERS, "providers": ["attic"]}
        told = client.patch(place, words, content_type="application/json").json()
        assert (told["where"], told["providers"]) == (PROVIDERS, ["attic"])
        told = client.patch(place, {"mining": "open"}, content_type="application/json").json()
        assert (told["providers"], told["reserved"]) == (["attic"], False)
        told = client.patch(place, {"where": NOWHERE}, content_type="application/json").json()
        assert told["providers"] == []
        assert told["log"][0]["withdrawn_at"]

    def test_a_mistake_is_named(self, client: Client) -> None:
        track = ReadyTrackFactory.create()
        client.force_login(track.owner)
        place = f"/api/v1/tracks/{track.pk}/consent/"
        for words in ({"where": "moon"}, {"where": PROVIDERS}, {"providers": ["a\0"]}, [1]):
            answer = client.patch(place, words, content_type="application/json")
            assert 400 <= answer.status_code < 500, words

    @pytest.mark.parametrize("make", [UnlistedTrackFactory, PublicTrackFactory])
    def test_no_key_opens_it(self, client: Client, make: Any) -> None:
        track = make.create()
        place = f"/api/v1/tracks/{track.pk}/consent/?token={track.token}&key={track.token}"
        assert client.get(place).status_code == 401
        client.force_login(UserFactory.create())
        assert client.get(place).status_code == 404
        answer = client.patch(place, {"where": PROVIDERS}, content_type="application/json")
        assert answer.status_code == 404
        assert not Consent.objects.exists()

    def test_who_is_banned_says_nothing(self, client: Client) -> None:
        track = ReadyTrackFactory.create()
        client.force_login(track.owner)
        judges.ban(track.owner)
        place = f"/api/v1/tracks/{track.pk}/consent/"
        answer = client.patch(place, {"where": PROVIDERS}, content_type="application/json")
        assert answer.status_code in {401, 403, 404}
        assert not Consent.objects.exists()


class TestPage:
    """`/tracks/<slug>/machines/`."""

    def test_it_is_said(self, client: Client) -> None:
        track = ReadyTrackFactory.create()
        client.force_login(track.owner)
        place = f"/tracks/{track.slug}/machines/"
        assert "Attic of somebody else" in client.get(place).text
        sent = {"where": PROVIDERS, "providers": ["cellar"], "mining": "reserved"}
        page = client.post(place, sent, follow=True).text
        assert "Saved." in page
        assert "Providers you have let read it" in page
        client.post(place, {"where": NOWHERE, "mining": ""})
        assert "withdrawn" in client.get(place).text
        edit = client.get(f"/tracks/{track.slug}/edit/").text
        assert "<strong>nowhere</strong>" in edit

    def test_a_provider_has_to_be_named(self, client: Client) -> None:
        track = ReadyTrackFactory.create()
        client.force_login(track.owner)
        answer = client.post(f"/tracks/{track.slug}/machines/", {"where": PROVIDERS})
        assert answer.status_code == 422
        assert "Name the providers" in answer.text

    def test_many_at_once(self, client: Client) -> None:
        owner = UserFactory.create()
        client.force_login(owner)
        mine, other = ReadyTrackFactory.create_batch(2, owner=owner), ReadyTrackFactory.create()
        keys = [str(track.pk) for track in (*mine, other)]
        sent: dict[str, Any] = {"deed": "machines", "machines-to": NOWHERE, "track": keys}
        page = client.post("/my/uploads/together/", sent, follow=True).text
        assert "2 pieces changed." in page
        assert set(Consent.objects.values_list("track", "where")) == {
            (track.pk, NOWHERE) for track in mine
        }
        sent["machines-to"] = PROVIDERS
        assert "Choose" in client.post("/my/uploads/together/", sent, follow=True).text
