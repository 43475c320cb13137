"""What is seen with a piece in the cinema can be hidden alone; its sound goes on."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from moderation import things
from moderation.decisions import services
from moderation.decisions.effects import simulate
from moderation.models import Walk
from tests.factories.media_pipeline import AssetFactory, MediaFactory, finish
from tests.factories.moderation import decide, make_case, moderator
from tests.jobs import do_jobs
from tests.tracks.visibility.handed_out import whole_piece
from tracks.models import Track, TrackVisual

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


def told(client: Client, track: Track) -> dict[str, Any]:
    found: dict[str, Any] = client.get(
        f"/api/v1/versions/{track.primary_version_id}/visual/"
    ).json()
    return found


def test_a_hidden_visual_is_its_owners_alone_until_another_takes_its_place() -> None:
    with whole_piece(visibility="public") as track:
        visitor, owner = Client(), Client()
        owner.force_login(track.owner)
        before = told(visitor, track)["url"]
        assert visitor.get(before).status_code == 200
        case = make_case(track)
        [(kind, visual)] = [
            part for part in things.parts_of("track", track) if part[0].scope == "visual"
        ]
        assert things.title_of(kind, visual) == track.title
        assert simulate("hide", "visual", visual).sentence == "This closes 1 picture."
        made = decide(visual, "hide", "visual", case=case)
        assert made.person == track.owner
        assert visitor.get(before).status_code == 403
        assert told(visitor, track) == {"state": "none", "kind": "", "url": ""}
        assert visitor.get(track.get_absolute_url()).status_code == 200
        own = told(owner, track)
        assert own["state"] == "ready"
        assert owner.get(own["url"]).status_code == 200
        page = owner.get(track.get_absolute_url()).text
        assert "hidden what is seen with it in the cinema" in page
        do_jobs()
        seen = {one["name"]: one for one in Walk.objects.latest("pk").surfaces}
        assert not seen["visual"]["shown"]
        assert seen["media"]["shown"]
        other = finish(AssetFactory.create(owner=track.owner))
        visual.delete()
        TrackVisual.objects.create(
            track=track, media=MediaFactory.create(asset=other), created_by=track.owner
        )
        assert told(visitor, track)["state"] == "ready"
        assert services.restore(decision=made, by=moderator(), facts="No.").undoes == made


def test_what_was_undone_is_seen_again() -> None:
    with whole_piece(visibility="public") as track:
        visitor = Client()
        made = decide(track.visual, "hide", "visual", case=make_case(track))
        assert told(visitor, track)["state"] == "none"
        services.restore(decision=made, by=moderator(), facts="No.")
        assert visitor.get(told(visitor, track)["url"]).status_code == 200
