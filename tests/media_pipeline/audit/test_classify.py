"""Every key says of which kind it is, and none makes trouble."""

import random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.audit import registry, rules
from media_pipeline.processing.services import pictures
from tests.depth import depth

ID = "0192f0c1-7a5e-7000-8000-0000000000aa"
OURS = {
    f"originals/{ID}.wav": "originals",
    f"transcodes/{ID}/0a1b/opus/segment_000.m4s": "renditions",
    f"transcodes/{ID}/0a1b/mp3_320.mp3": "renditions",
    f"visuals/{ID}.mp4": "visuals",
    f"visuals/{ID}.jpg": "visuals",
    f"uploads/{ID}/data": "uploads",
    f"uploads/{ID}/3.json": "uploads",
}
OURS |= {key: key.split("/")[0].replace("images", "pictures") for key in pictures.keys(ID)}

names = st.sampled_from([*rules.FOLDERS, "exports", "artwork_", ID, ID.upper(), "", ".", "a.wav"])
keys = st.lists(names | st.text(max_size=12), max_size=5).map("/".join)
odd_keys = keys | st.binary(max_size=40).map(lambda raw: raw.decode("utf-8", "surrogateescape"))


@pytest.mark.parametrize(("key", "kind"), OURS.items())
def test_our_keys_tell_kind_and_asset(key: str, kind: str) -> None:
    assert rules.classify(key) == (kind, UUID(ID))


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("originals/other.wav", "originals"),
        (f"originals/{ID}", "originals"),
        (f"originals/{ID.upper()}.wav", "originals"),
        (f"images/{ID}.jpg", "pictures"),
        (f"waveforms/{ID}.json.bak", "waveforms"),
        ("originals", "other"),
        ("readme.txt", "other"),
        ("health/17", "other"),
        ("", "other"),
    ],
)
def test_what_we_do_not_make_is_nobodys(key: str, kind: str) -> None:
    assert rules.classify(key) == (kind, None)


def look_at(key: str) -> None:
    kind, id = registry.kind_of(key)
    assert kind in registry.labels()
    assert id is None or str(id) in key
    rules.attempt_of(key)
    if rules.can_be_listed(key):
        assert len(key.encode()) <= 800


@settings(max_examples=depth(some=200, all_of_them=5000), deadline=None)
@given(odd_keys)
def test_no_key_makes_trouble(key: str) -> None:
    look_at(key)


def test_neither_do_thousands_of_bytes_at_random() -> None:
    chance = random.Random(17)
    starts = [b"", *[f"{folder}/".encode() for folder in rules.FOLDERS]]
    for _ in range(5000):
        end = chance.randbytes(chance.randrange(40))
        look_at((chance.choice(starts) + end).decode("utf-8", "surrogateescape"))


def test_an_attempt_is_only_what_has_files() -> None:
    assert rules.attempt_of(f"transcodes/{ID}/0a1b/opus/x") == "0a1b"
    assert rules.attempt_of(f"transcodes/{ID}/stray") == ""
    assert rules.attempt_of(f"transcodes/{ID}") == ""


@pytest.mark.parametrize("prefix", ["exports", "", "/", "a/b/", "originals/"])
def test_only_a_folder_of_ones_own_is_registered(prefix: str) -> None:
    with pytest.raises(ValueError, match="no folder of its own"):
        registry.register_keys("things", prefix, lambda _keys: set())
