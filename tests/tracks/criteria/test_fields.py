"""What rules can ask of a track, and how people write it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from tests.factories.media_pipeline import MediaFactory
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory, ReadyTrackFactory
from tracks.criteria import music_keys
from tracks.criteria.language import Unclear, of, read
from tracks.criteria.registry import FIELDS, Field, register
from tracks.criteria.selectors import in_order, keys_of
from tracks.models import Stem

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()
Asked = tuple[str, str, str]


def titles(*rules: Asked, viewer: Any = NOBODY, **words: Any) -> list[str]:
    """Return what these rules choose, after having been kept."""
    rows = [dict(zip(("field", "operator", "value"), rule, strict=True)) for rule in rules]
    kept = read({"rules": rows, "sort": "title", **words}).kept()
    return [track.title for track in in_order(keys_of(of(kept), viewer), viewer)]


@pytest.fixture
def music() -> None:
    """Four public pieces, of which each is another."""
    ada = UserFactory.create(handle="ada")
    now = timezone.now()
    PublicTrackFactory.create(title="A", owner=ada, bpm="120.00", music_key="Am", licence="cc0-1.0")
    PublicTrackFactory.create(title="B", bpm="90.5", music_key="Gb")
    PublicTrackFactory.create(title="C", published_at=now - timedelta(days=800))
    stemmed = PublicTrackFactory.create(title="D", ai_made="generated", music_key="C")
    version = stemmed.primary_version
    assert version
    Stem.objects.create(version=version, media=MediaFactory(), created_by=stemmed.owner)


@pytest.mark.usefixtures("music")
@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (("bpm", "least", "100"), "A"),
        (("bpm", "most", "100"), "B"),
        (("bpm", "is", "120,3"), "A"),
        (("key", "is", "F# major"), "B"),
        (("key", "is", "2B"), "B"),
        (("key", "fits", "8B"), "AD"),
        (("key", "not", "Am"), "BCD"),
        (("year", "is", str(timezone.now().year)), "ABD"),
        (("year", "most", str((timezone.now() - timedelta(days=800)).year)), "C"),
        (("duration", "least", "3:42"), "ABCD"),
        (("duration", "most", "3:41"), ""),
        (("owner", "is", "@Ada"), "A"),
        (("owner", "not", "ada"), "BCD"),
        (("stems", "is", "yes"), "D"),
        (("stems", "is", "no"), "ABC"),
        (("added", "least", "30"), "ABD"),
        (("added", "most", "30"), "C"),
        (("added", "least", "2000-01-01"), "ABCD"),
        (("words", "is", "a"), "A"),
        (("licence", "is", "cc0-1.0"), "A"),
        (("ai_made", "not", "none"), "D"),
    ],
)
def test_each_field_chooses_what_is_so(rule: Asked, wanted: str) -> None:
    assert "".join(titles(rule)) == wanted


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("bpm", "fast"), ("bpm", "NaN"), ("bpm", "1e400"), ("bpm", "-3"), ("bpm", "")),
        *(("key", "H"), ("key", "13A"), ("year", "12"), ("year", "2026.5"), ("duration", "x:y")),
        *(("duration", "999999"), ("duration", "25:00:00"), ("duration", "²"), ("owner", " @ ")),
        *(("stems", "maybe"), ("added", "2026-02-31"), ("added", "soon"), ("added", "0")),
        *(("words", " ?! "), ("licence", "mine"), ("words", "x" * 201), ("words", "a\0b")),
    ],
)
def test_what_makes_no_sense_is_said(field: str, value: str) -> None:
    operator = FIELDS[field].operators[0]
    with pytest.raises(Unclear) as refused:
        read({"rules": [{"field": field, "operator": operator, "value": value}]})
    assert refused.value.errors[0].endswith(".")


@pytest.mark.parametrize(
    "raw",
    [
        *(None, [], {}, {"rules": "x"}, {"rules": []}, {"rules": [7]}, {"rules": [{}]}),
        *({"rules": [{"field": [], "operator": "is", "value": "x"}]},),
        *({"rules": [{"field": "stems", "operator": "least", "value": "yes"}]},),
        *({"rules": [{"field": "stems", "operator": [], "value": "yes"}]},),
        *({"rules": [{"field": "stems", "operator": "is", "value": 1}]},),
        *({"rules": [{"field": "stems", "operator": "is", "value": "yes"}] * 13},),
        *({"rules": [{"field": "stems", "operator": "is", "value": "yes"}], "limit": 501},),
        *({"rules": [{"field": "stems", "operator": "is", "value": "yes"}], "limit": "²"},),
        *({"rules": [{"field": "stems", "operator": "is", "value": "yes"}], "sort": []},),
        *({"rules": [{"field": "stems", "operator": "is", "value": "yes"}], "match": {}},),
    ],
)
def test_rules_that_are_none_are_refused(raw: Any) -> None:
    with pytest.raises(Unclear):
        read(raw)


@pytest.mark.usefixtures("music")
def test_all_any_order_and_limit() -> None:
    fast, free = ("bpm", "least", "60"), ("licence", "is", "cc0-1.0")
    assert titles(fast, free) == ["A"]
    assert titles(fast, free, match="any") == ["A", "B"]
    assert titles(fast, sort="slowest") == ["B", "A"]
    assert titles(("duration", "least", "1"), limit="2") == ["A", "B"]
    assert titles(("duration", "least", "1"), sort="oldest")[0] == "C"


def test_nobody_finds_by_a_rule_what_they_may_not_open() -> None:
    track = ReadyTrackFactory.create(title="Secret", bpm="120")
    PublicTrackFactory.create(title="To come", bpm="120", release_at=timezone.now() + timedelta(1))
    rule = ("bpm", "is", "120")
    assert titles(rule) == []
    assert titles(rule, viewer=UserFactory.create()) == []
    assert titles(rule, viewer=track.owner) == ["Secret"]
    assert titles(("key", "not", "C")) == []


def test_what_is_asked_no_more_finds_nothing() -> None:
    PublicTrackFactory.create()
    kept = {"match": "all", "sort": "newest", "limit": 5}
    gone = {"field": "gone", "operator": "is", "value": "x"}
    assert keys_of(of(kept | {"rules": [gone]}), NOBODY) == []


def test_every_key_has_one_spelling_and_fits_itself() -> None:
    for key in music_keys.FIFTHS + music_keys.MINORS:
        assert music_keys.read(key) == key
        assert key in music_keys.fitting(key)
    for key, one in music_keys.ENHARMONIC.items():
        assert music_keys.read(key) == one


def test_a_field_is_registered_once() -> None:
    with pytest.raises(ValueError, match="two fields"):
        register(FIELDS["bpm"])
    with pytest.raises(ValueError, match="No operator"):
        register(Field("new", "New", ("like",), str, lambda _operator, value: Q(title=value)))
    assert "new" not in FIELDS


@pytest.mark.parametrize("letter", "CDEFGAB")
@pytest.mark.parametrize("ending", ["", "#", "b", "m", "#m", "bm"])
def test_every_key_goes_with_itself(letter: str, ending: str) -> None:
    for key in (music_keys.read(letter + ending), letter + ending):  # kept ones may be older
        assert music_keys.one_name(key) in music_keys.fitting(key)
        assert len(set(map(music_keys.one_name, music_keys.fitting(key)))) == 4
