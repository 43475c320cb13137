"""Two words for one thing are made one by moderators, for good."""

import pytest
from django.test import Client

from config.lib.problems import Problem
from tests.factories.described import tag_on
from tests.factories.social import StaffFactory
from tests.factories.tracks import PublicTrackFactory
from tracks.models import Tag, Track
from tracks.tags.services import merging, tagging

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    return PublicTrackFactory.create(title="Tide")


def names_on(track: Track) -> list[str]:
    return [row.tag.name for row in track.track_tags.filter(state="accepted").select_related("tag")]


def test_merged_tags_are_one_from_then_on(track: Track) -> None:
    other, staff = PublicTrackFactory.create(), StaffFactory.create()
    old, new = tag_on(track, "Synthpop").tag, tag_on(other, "Synth-Pop").tag
    tag_on(track, "Synth-Pop")
    tagging.suggest(track=other, tag="synthpop", confidence=0.5, by_machine="ear")
    for _ in range(2):
        assert merging.merge(tag=old, into=new, by=staff) == new
    new.refresh_from_db()
    assert new.uses == 2
    assert names_on(track) == names_on(other) == ["Synth-Pop"]
    answer = Client().get("/tags/synthpop/")
    assert (answer.status_code, answer["Location"]) == (301, "/tags/synth-pop/")
    tag_on(PublicTrackFactory.create(), "synthpop")
    new.refresh_from_db()
    assert new.uses == 3, "the old word is the new one's"
    assert [row.name for row in Tag.objects.filter(uses__gt=0)] == ["Synth-Pop"]


def test_no_merge_goes_in_a_circle(track: Track) -> None:
    staff = StaffFactory.create()
    one, two, three = (tag_on(track, name).tag for name in ("one", "two", "three"))
    merging.merge(tag=one, into=two, by=staff)
    merging.merge(tag=two, into=three, by=staff)
    one.refresh_from_db()
    assert one.merged_into == three, "one step leads there"
    for into in (one, two, three):
        with pytest.raises(Problem, match="already"):
            merging.merge(tag=three, into=into, by=staff)
    with pytest.raises(Problem, match="Moderators"):
        merging.merge(tag=three, into=one, by=track.owner)
    assert names_on(track) == ["three"]


def test_moderators_merge_in_the_admin(track: Track) -> None:
    old, new = tag_on(track, "Lo-Fi beats").tag, tag_on(track, "lofi").tag
    client = Client()
    client.force_login(StaffFactory.create(is_superuser=True))
    act = {"action": "merge", "_selected_action": [str(old.pk)], "into": "LoFi"}
    client.post("/admin/tracks/tag/", act)
    old.refresh_from_db()
    assert old.merged_into == new
