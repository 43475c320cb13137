"""Whatever is signed or opens by a key is known here, with what ends it; a new one fails."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from config.lib.ids import token128
from media_pipeline.models import Media
from tracks.models import Track, TrackVersion
from tracks.visibility.services.closing import WAYS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "media_pipeline", "tracks", "social", "economics", "moderation", "assistant")

# Every file that makes or reads signatures, and what ends them before their time.
SIGNERS = {
    "config/lib/hidden.py": "pseudonyms, which open nothing",
    "media_pipeline/sealing/services.py": "digests of the sealed log, which open nothing",
    "media_pipeline/delivery/signing.py": "the media's epoch: tracks/visibility/test_closing.py",
    "media_pipeline/storage/part_addresses.py": "the upload's row: media_pipeline/"
    "uploads/test_parts.py, social/accounts/test_closed_accounts.py",
    "media_pipeline/storage/s3.py": "60 s, and behind a signed address of ours",
    "media_pipeline/storage/s3_parts.py": "the multipart upload: test_uploads_s3.py",
    "economics/hooks/rules.py": "what a provider tells, for 300 s: economics/hooks",
    "tracks/blind_tests/media.py": "the epochs of both versions: tracks/visibility/test_closing.py",
}
SIGNING = re.compile(r"salted_hmac|generate_presigned|\bSigner\(|django\.core\.signing|hmac\.new")

# Every row with a key in its address, and what ends the key.
KEYS = {
    "tracks.Track": "each change makes a new one: tracks/visibility/test_visibility.py",
    "tracks.Release": "likewise: tracks/collections/test_releases.py",
    "tracks.Playlist": "likewise: tracks/collections/test_playlists.py",
    "tracks.PlaylistInvitation": "ending it, a new one: tracks/playlists/test_people.py",
    "economics.Contribution": "nothing: its giver finds how it stands; it tells of nobody else",
    "economics.Pledge": "it opens nothing: pages of a pledge ask for its giver's account",
    "economics.ProviderCall": "it opens nothing: a provider knows a call that is sent twice by it",
    "economics.Disbursement": "it opens nothing: a form that is sent twice is known by it",
    "economics.ArtistPayout": "likewise",
    "moderation.Report": "its end: moderation/test_kept.py; it tells its sender how it stands",
    "moderation.Decision": "nothing: who is banned appeals by it; it tells of nobody else",
    "moderation.Talk": "its end: moderation/talks/test_talks.py; it tells whom it is with alone",
    "moderation.Verification": "its code opens nothing: it is put where everybody reads it",
    "social.ReviewLink": "revoking, time, a closed account: social/review/test_review_links.py",
}


def test_every_model_that_is_signed_is_ended() -> None:
    """Media is what signed addresses carry: who has one must be reached by every closing."""
    owners = {relation.name for relation in Media._meta.related_objects}
    assert owners == set(WAYS), (
        "say in tracks.visibility.services.closing.WAYS how it belongs to a track"
    )


@pytest.mark.parametrize("name", WAYS)
def test_each_way_leads_to_its_track_and_version(name: str) -> None:
    to_track, to_version = WAYS[name]
    assert _end_of(to_track) is Track
    assert to_version is None or _end_of(to_version) is TrackVersion
    assert to_track.split("__")[0] == name


def test_every_signature_in_the_code_is_known() -> None:
    found = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if SIGNING.search(path.read_text())
    }
    assert found == set(SIGNERS), "say in SIGNERS what ends it, and test that it does"


def test_every_key_in_an_address_is_known() -> None:
    found = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_config.label in ROOMS
        and any(field.default is token128 for field in model._meta.concrete_fields)
    }
    assert found == set(KEYS), "say in KEYS what ends it, and test that it does"


def _end_of(way: str) -> type[Model]:
    model: type[Model] = Media
    for name in way.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model  # type: ignore[assignment]
    return model
