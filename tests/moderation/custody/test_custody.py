"""Evidence of a serious crime: closed, sealed, outliving its owner’s deletion, until released."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from config.lib.problems import Problem
from media_pipeline.models import SealedEntry
from media_pipeline.storage import get_storage
from moderation.custody import copying, selectors, services
from moderation.models import Case, Custody, Decision
from social.departure.services import asking, leaving
from social.models import User
from tests.factories.moderation import decide, make_report, member_of, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, add_version
from tests.jobs import do_jobs
from tracks.catalogue.services import deletion
from tracks.deleted import services as deleted
from tracks.models import Track
from tracks.versions import services as versions

pytestmark = pytest.mark.django_db
BYTES = b"RIFF" + bytes(range(256)) * 9000  # more than two frames


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def opener() -> User:
    person = moderator()
    person.user_permissions.add(Permission.objects.get(codename="open_custody"))
    return User.objects.get(pk=person.pk)


def kept(track: Track | None = None, **words: Any) -> Custody:
    """Keep a piece apart, its bundle made."""
    track = track or PublicTrackFactory.create(title="A threat")
    asset = track.primary_version.media.asset
    get_storage().write(asset.key, BYTES, content_type="audio/wav")
    report = make_report(track, reason="violence", words="He names the street.")
    given = {"reason": "A threat at 0:42.", "authority": "The police"} | words
    made = services.keep(case=report.case, by=moderator(), **given)
    do_jobs("slow")
    return Custody.objects.get(pk=made.pk)


def test_one_act_closes_it_and_seals_all_of_it() -> None:
    custody = kept()
    track = Track.objects.get(pk=custody.case.target_id)
    assert Client().get(track.get_absolute_url()).status_code == 404
    assert custody.decision.kind == "remove"
    assert custody.decision.facts.strip()
    assert custody.decision.clause
    assert custody.made_at
    assert custody.size_bytes
    sealed = get_storage().read(custody.key)
    assert BYTES[:64] not in sealed
    assert b"He names the street" not in sealed
    with zipfile.ZipFile(io.BytesIO(_opened(custody))) as bundle:
        words = json.loads(bundle.read("words.json"))
        (original,) = [name for name in bundle.namelist() if name.startswith("originals/")]
        assert bundle.read(original) == BYTES
        assert json.loads(bundle.read("proofs.json"))[original] == hashlib.sha256(BYTES).hexdigest()
    assert words["reports"][0]["words"] == "He names the street."
    assert words["piece"][0]["title"] == "A threat"
    assert "password" not in words["account"][0]
    assert "key" not in words["reports"][0]


def _opened(custody: Custody, by: User | None = None) -> bytes:
    return b"".join(
        services.open_bundle(custody=custody, by=by or opener(), reason="For the police.")
    )


def test_each_opening_is_for_a_reason_and_written_down() -> None:
    custody, one = kept(), opener()
    with pytest.raises(Problem, match="Say why"):
        services.open_bundle(custody=custody, by=one, reason=" ")
    assert hashlib.sha256(_opened(custody, one)).hexdigest() == custody.digest
    entry = SealedEntry.objects.get(kind="custody.opened")
    assert (entry.actor, entry.data["reason"]) == (str(one.pk), "For the police.")


@pytest.mark.parametrize("act", ["open_bundle", "draft_letter", "release"])
def test_nobody_looks_without_the_right(act: str) -> None:
    custody = kept()
    for by in (moderator(), member_of("rights desk"), custody.case.person):
        with pytest.raises(Problem) as refused:
            getattr(services, act)(custody=custody, by=by, reason="Because.")
        assert refused.value.status == 403


def test_only_moderators_keep_apart_and_not_what_is_their_own() -> None:
    report = make_report(PublicTrackFactory.create(owner=(one := moderator())))
    for by in (one, member_of("rights desk"), UserFactory.create()):
        with pytest.raises(Problem, match="right to keep"):
            services.keep(case=report.case, by=by, reason="A threat.", authority="The police")
    assert not Decision.objects.exists()


def test_its_owner_deletes_it_in_vain_until_it_is_released() -> None:
    custody = kept()
    track = Track.objects.get(pk=custody.case.target_id)
    with pytest.raises(Problem, match="cannot be removed"):
        deletion.remove(track=track, by=track.owner)
    with pytest.raises(Problem, match="cannot be removed"):
        versions.delete(version=add_version(track), by=track.owner)
    Track.everything.filter(pk=track.pk).update(deleted_at=timezone.now() - timedelta(days=90))
    assert deleted.forget_old(timezone.now(), 100) == 0
    person = track.owner
    asking.ask(person=person, by=person)
    User.objects.filter(pk=person.pk).update(leaves_at=timezone.now() - timedelta(days=1))
    assert leaving.carry_out_due() == 0
    with pytest.raises(Problem, match="cannot be removed"):
        leaving.remove(person=User.objects.get(pk=person.pk), by=person, at_once=True)
    services.release(custody=custody, by=opener(), reason="The police have it.")
    assert leaving.carry_out_due() == 1
    assert not Track.everything.filter(pk=track.pk).exists()


def test_a_release_ends_the_bundle_and_its_key(django_capture_on_commit_callbacks: Any) -> None:
    custody = kept()
    with django_capture_on_commit_callbacks(execute=True):
        services.release(custody=custody, by=opener(), reason="The police have it.")
    assert not get_storage().exists(custody.key)
    assert Custody.objects.get(pk=custody.pk).secret == ""
    with pytest.raises(Problem, match="was released"):
        services.open_bundle(custody=custody, by=opener(), reason="Again.")
    assert selectors.known_keys([custody.key, "custody/x"]) == set()
    again = services.keep(
        case=custody.case, by=moderator(), reason="Once more.", authority="The police"
    )
    assert selectors.known_keys([again.key]) == {again.key}


def test_what_was_closed_before_is_not_closed_twice_and_what_is_kept_not_kept_twice() -> None:
    track = PublicTrackFactory.create()
    decide(track, "hide")
    custody = kept(track)
    assert Decision.objects.count() == 1
    with pytest.raises(Problem, match="already"):
        services.keep(case=custody.case, by=moderator(), reason="Again.", authority="The police")


def test_an_account_is_closed_by_a_decision_of_its_own_first() -> None:
    person = UserFactory.create()
    case = make_report(person, "person", "violence").case
    words: dict[str, Any] = {"case": case, "reason": "A threat.", "authority": "The police"}
    with pytest.raises(Problem, match="Close the account first"):
        services.keep(by=moderator(), **words)
    decide(person, "ban", "person")
    made = services.keep(by=moderator(), **words)
    do_jobs("slow")
    assert json.loads(_words(made))["account"][0]["handle"] == person.handle


def test_an_original_that_is_missing_is_told_and_stops_nothing() -> None:
    track = PublicTrackFactory.create()
    report = make_report(track, reason="violence")
    given: dict[str, Any] = {"reason": "A threat.", "authority": "The police"}
    made = services.keep(case=report.case, by=moderator(), **given)
    do_jobs("slow")
    with zipfile.ZipFile(io.BytesIO(_opened(Custody.objects.get(pk=made.pk)))) as bundle:
        assert "is missing" in bundle.read("proofs.json").decode()


def _words(custody: Custody) -> bytes:
    with zipfile.ZipFile(io.BytesIO(_opened(Custody.objects.get(pk=custody.pk)))) as bundle:
        return bundle.read("words.json")


@pytest.mark.parametrize(
    "harm",
    [
        lambda sealed: sealed[:-1],
        lambda sealed: sealed[: copying.FRAME + copying.TAG],
        lambda sealed: sealed[copying.FRAME + copying.TAG :],
        lambda sealed: bytes([sealed[0] ^ 1]) + sealed[1:],
        lambda sealed: sealed + b"x",
        lambda _sealed: b"",
    ],
)
def test_whatever_was_changed_or_cut_off_is_seen(harm: Any) -> None:
    secret = copying.new_secret()
    sealed = b"".join(copying.sealed([BYTES[:7], BYTES[7:]], secret))
    assert b"".join(copying.opened([sealed[:9], sealed[9:]], secret)) == BYTES
    with pytest.raises(copying.Broken):
        b"".join(copying.opened([harm(sealed)], secret))


def test_the_desk_keeps_drafts_opens_and_releases() -> None:
    track = PublicTrackFactory.create(title="A threat")
    case = make_report(track, reason="violence", words="He names the street.").case
    get_storage().write(track.primary_version.media.asset.key, BYTES, content_type="audio/wav")
    client = Client()
    client.force_login(moderator())
    base = "/admin/moderation/case/"
    assert "article 18" in client.get(f"{base}serious-crime/").text
    form = {"reason": "A threat at 0:42.", "authority": "The police", "days": "30"}
    client.post(f"{base}{case.pk}/keep/", form)
    custody = Custody.objects.get()
    do_jobs("slow")
    assert "Open the bundle" not in client.get(f"{base}{case.pk}/change/").text
    assert client.post(f"{base}{custody.pk}/letter/", {"reason": "x"}).status_code == 302
    client.force_login(opener())
    assert "Open the bundle" in client.get(f"{base}{case.pk}/change/").text
    letter = client.post(f"{base}{custody.pk}/letter/", {"reason": "To tell them."})
    assert letter["Content-Type"].startswith("text/plain")
    for words in ("The police", "A threat at 0:42.", track.owner.email, "He names the street."):
        assert words in letter.text
    bundle = client.post(f"{base}{custody.pk}/bundle/", {"reason": "To check it."})
    assert zipfile.is_zipfile(io.BytesIO(bundle.getvalue()))
    Custody.objects.update(until=timezone.now())
    assert "A threat" in client.get(f"{base}?waiting=custody").text
    client.post(f"{base}{custody.pk}/release/", {"reason": "They have it."})
    assert "Was kept apart" in client.get(f"{base}{case.pk}/change/").text
    assert Case.objects.get(pk=case.pk).custodies.held().count() == 0
