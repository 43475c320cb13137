"""A deed for each event of tracks, releases, playlists, names and downloads."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from assistant.models import Transcript
from assistant.transcripts.local import Local
from assistant.transcripts.services import editing as words
from assistant.transcripts.services.hearing import Made, write
from config.lib.problems import Problem
from media_pipeline.storage import get_storage
from tests.factories.described import credit
from tests.factories.social import UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
    add_version,
)
from tests.jobs import do_jobs
from tracks.catalogue.services import deletion, editing
from tracks.collections import services as collections
from tracks.credits.services import claims
from tracks.deleted import services as deleted
from tracks.downloads.services import giving, people
from tracks.models import Name, NameClaim, ReleaseTrack
from tracks.playlists.services import people as collaborators
from tracks.releases.services import publishing as releasing
from tracks.versions import services as versions
from tracks.visibility.services.visibility import set_visibility


def hear_words() -> None:
    version = PublicTrackFactory.create().primary_version
    with transaction.atomic():
        write(version, Local(), Made(Transcript.Outcome.NOTHING, [], "", 0, "0", 1), sung=True)


def change_words() -> None:
    version = PublicTrackFactory.create().primary_version
    words.save(version=version, by=version.track.owner, revision=0, rows=[])


def publish() -> None:
    track = ReadyTrackFactory.create()
    set_visibility(track=track, visibility="public", by=track.owner)


def close() -> None:
    track = PublicTrackFactory.create()
    set_visibility(track=track, visibility="private", by=track.owner)


def delete() -> None:
    track = PublicTrackFactory.create()
    deletion.delete(track=track, by=track.owner)


def edit() -> None:
    track = PublicTrackFactory.create()
    editing.edit(track=track, by=track.owner, language="de")
    editing.edit(track=track, by=track.owner, language="de")


def bring_back() -> None:
    track = PublicTrackFactory.create(deleted_at=timezone.now())
    deletion.restore(track=track, by=track.owner)
    deletion.restore(track=track, by=track.owner)


def remove() -> None:
    track = PublicTrackFactory.create(deleted_at=timezone.now())
    deletion.remove(track=track, by=track.owner)


def delete_list(factory: Any) -> None:
    made = factory.create()
    collections.delete(collection=made, by=made.owner)
    collections.delete(collection=made, by=made.owner)


def bring_back_list(factory: Any) -> None:
    made = factory.create(deleted_at=timezone.now())
    deleted.restore(thing=made, by=made.owner)
    deleted.restore(thing=made, by=made.owner)


def remove_list(factory: Any) -> None:
    made = factory.create(deleted_at=timezone.now())
    deleted.remove(thing=made, by=made.owner)
    deleted.remove(thing=made, by=made.owner)


def make_primary() -> None:
    track = PublicTrackFactory.create()
    first = track.primary_version
    add_version(track)
    versions.make_primary(version=first, by=track.owner)


def publish_release() -> None:
    words = {"title": "Album", "visibility": "public"}
    release = collections.create(kind="release", owner=UserFactory.create(), words=words)
    track = PublicTrackFactory.create(owner=release.owner)
    collections.add(collection=release, track=track)
    releasing.withdraw(release=release, visibility="private", by=release.owner)
    releasing.publish(release=release, by=release.owner)


def schedule_release() -> None:
    release = ReleaseFactory.create(visibility="private")
    track = PublicTrackFactory.create(owner=release.owner)
    ReleaseTrack.objects.create(release=release, track=track, position=1)
    moment = timezone.now() + timedelta(days=1)
    for _ in range(2):
        releasing.schedule_at(release=release, moment=moment, by=release.owner)


def invite_to_playlist() -> None:
    playlist, person = PlaylistFactory.create(), UserFactory.create()
    for _ in range(2):
        collaborators.invite(playlist=playlist, person=person, by=playlist.owner)


def join_playlist() -> None:
    playlist, person = PlaylistFactory.create(), UserFactory.create()
    collaborators.invite(playlist=playlist, person=person, by=playlist.owner)
    for _ in range(2):
        collaborators.accept(playlist=playlist, person=person)


def grant() -> None:
    track, person = PublicTrackFactory.create(), UserFactory.create()
    people.grant(thing=track, person=person, by=track.owner)
    people.grant(thing=track, person=person, by=track.owner)


def list_somebody() -> None:
    person, owner = UserFactory.create(), UserFactory.create()
    people.list_listener(owner=owner, person=person)
    people.list_listener(owner=owner, person=person, note="Twice.")


def take() -> None:
    track = PublicTrackFactory.create()
    asset = track.primary_version.media.asset
    get_storage().write(asset.key, b"RIFF", content_type="audio/wav")
    asker = giving.Asker(track.owner)
    with pytest.raises(Problem, match="made ready"):
        giving.ask(thing=track, what="original", by=asker)
    do_jobs("slow")
    giving.ask(thing=track, what="original", by=asker)


def credit_somebody() -> None:
    name = credit(PublicTrackFactory.create(), "Ada").name
    Name.objects.filter(pk=name.pk).update(account=UserFactory.create())
    track = PublicTrackFactory.create()
    credit(track, "Ada")
    credit(track, "Ada")


def claim_name() -> None:
    claims.claim(name=credit(PublicTrackFactory.create(), "Ada").name, by=UserFactory.create())


def decide_claim() -> None:
    claim_name()
    claim, judge = NameClaim.objects.get(), UserFactory.create(is_staff=True)
    claims.decide(claim=claim, by=judge, is_theirs=True)
    claims.decide(claim=claim, by=judge, is_theirs=False)


DEEDS: dict[str, Callable[[], object]] = {
    "credit.given": credit_somebody,
    "name.claimed": claim_name,
    "name.claim_decided": decide_claim,
    "transcript.made": hear_words,
    "transcript.changed": change_words,
    "track.published": publish,
    "track.closed": close,
    "track.edited": edit,
    "track.deleted": delete,
    "track.restored": bring_back,
    "track.removed": remove,
    "version.made_primary": make_primary,
    "release.scheduled": schedule_release,
    "release.published": publish_release,
    "release.deleted": partial(delete_list, ReleaseFactory),
    "release.restored": partial(bring_back_list, ReleaseFactory),
    "release.removed": partial(remove_list, ReleaseFactory),
    "playlist.deleted": partial(delete_list, PlaylistFactory),
    "playlist.restored": partial(bring_back_list, PlaylistFactory),
    "playlist.removed": partial(remove_list, PlaylistFactory),
    "playlist.invited": invite_to_playlist,
    "playlist.joined": join_playlist,
    "download.granted": grant,
    "listener.listed": list_somebody,
    "download.given": take,
}
