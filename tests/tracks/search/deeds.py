"""Deeds that change what is found, or may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from social.departure.services import leaving
from social.models import User
from tests.factories import moderation as judges
from tests.factories.described import credit, tag_on
from tests.factories.releases import filled
from tests.factories.social import StaffFactory, UserFactory
from tests.factories.tracks import (
    PlaylistFactory,
    PublicTrackFactory,
    ReadyTrackFactory,
    ReleaseFactory,
)
from tracks.catalogue.services import deletion, editing
from tracks.collections import services as collections
from tracks.credits.services import crediting
from tracks.deleted import services as deleted
from tracks.labels import services as labels
from tracks.models import Label, Release
from tracks.releases.services import ordering, publishing, words
from tracks.search.services import indexing
from tracks.tags.services import counting, merging, tagging
from tracks.visibility.services.visibility import set_visibility


class Scene:
    """A release on a label, with two pieces of which the first has tags and credits."""

    def __init__(self) -> None:
        self.owner = UserFactory.create(handle="anna", display_name="Anna")
        self.staff = StaffFactory.create(is_superuser=True)
        self.judge = judges.moderator()
        self.release, (self.track, self.other) = filled(2, owner=self.owner, title="Quarry")
        words.edit(
            release=self.release,
            by=self.owner,
            words={"label": "Fields", "released_on": "1999-05-01"},
        )
        self.release.refresh_from_db()
        self.tag = tag_on(self.track, "Calm").tag
        self.else_tag = tag_on(self.other, "Still").tag
        self.credit = credit(self.track, "Bo")
        self.playlist = PlaylistFactory.create(owner=self.owner, title="Walks")
        self.by_another = PublicTrackFactory.create(title="Elsewhere")
        credit(self.by_another, "Bo")
        collections.add(collection=self.playlist, track=self.by_another)
        counting.recount_all()

    @property
    def label(self) -> Label:
        return Label.objects.get(name="Fields")


def _words(**said: Any) -> Callable[[Scene], object]:
    return lambda it: words.edit(release=it.release, by=it.owner, words=said)


def _withdraw(visibility: str, **more: Any) -> Callable[[Scene], object]:
    return lambda it: publishing.withdraw(
        release=it.release, visibility=visibility, by=it.owner, **more
    )


def _and_back(it: Scene) -> None:
    publishing.withdraw(release=it.release, visibility="private", by=it.owner)
    publishing.schedule_at(
        release=it.release, moment=timezone.now() + timedelta(days=1), by=it.owner
    )


def _delete_release(it: Scene) -> None:
    collections.delete(collection=it.release, by=it.owner)


def _restore_release(it: Scene) -> None:
    _delete_release(it)
    indexing.work_off()
    deleted.restore(thing=Release.everything.get(pk=it.release.pk), by=it.owner)


def _add(it: Scene) -> None:
    third = PublicTrackFactory.create(owner=it.owner, title="Third")
    indexing.mark([f"track:{third.pk}"])
    indexing.work_off()
    collections.add(collection=it.release, track=third)


def _unban(it: Scene) -> None:
    judges.ban(it.owner, by=it.judge)
    indexing.work_off()
    judges.unban(it.owner, by=it.staff)


def _save_person(it: Scene, **words: Any) -> None:
    client = Client()
    client.force_login(it.staff)
    page = f"/admin/social/user/{it.owner.pk}/change/"
    fields = ("display_name", "email", "is_active", "is_staff", "is_superuser")
    person = User.objects.get(pk=it.owner.pk)
    said = {name: getattr(person, name) for name in fields} | words
    answer = client.post(page, {name: word for name, word in said.items() if word})
    assert answer.status_code == 302, answer.context["errors"]


def _rename_person(it: Scene) -> None:
    _save_person(it, display_name="Berta")


def _activate(it: Scene) -> None:
    judges.as_before_decisions(User.objects.filter(pk=it.owner.pk), is_active=False)
    indexing.mark_all()
    indexing.work_off()
    _save_person(it, is_active=True)


def _publish(it: Scene) -> None:
    new: Any = ReadyTrackFactory.create(owner=it.owner, title="Fresh")
    credit(new, "Eve")
    tag_on(new, "Raw")
    indexing.work_off()
    set_visibility(track=new, visibility="public", by=it.owner)
    indexing.work_off()
    counting.recount_all()


def _publish_release(it: Scene) -> None:
    new = ReleaseFactory.create(owner=it.owner, title="Debut", visibility="private")
    track: Any = ReadyTrackFactory.create(owner=it.owner, title="Fresh")
    collections.add(collection=new, track=track)
    words.edit(release=new, by=it.owner, words={"label": "Ridge", "artist_credit": "Flo & Gus"})
    indexing.work_off()
    publishing.publish(release=new, by=it.owner)


DEEDS: dict[str, Callable[[Scene], object]] = {
    "release renamed": _words(title="Basalt"),
    "release on another label": _words(label="Meadows"),
    "release off its label": _words(label=""),
    "release of another year": _words(released_on="1970"),
    "release of another kind": _words(kind="ep"),
    "release open to keep": _words(download="everybody"),
    "release made private": _withdraw("private"),
    "release made private alone": _withdraw("private", close=[]),
    "release made unlisted alone": _withdraw("unlisted", close=[]),
    "release to come": _and_back,
    "release deleted": _delete_release,
    "release brought back": _restore_release,
    "label renamed": lambda it: labels.edit(
        label=it.label, by=it.owner, name="Pastures", description_md="", link=""
    ),
    "label deleted": lambda it: labels.delete(label=it.label, by=it.owner),
    "piece put on it": _add,
    "piece taken off it": lambda it: ordering.remove(
        release=it.release, item_id=it.release.items.get(track=it.track).pk, by=it.owner
    ),
    "pieces put anew": lambda it: ordering.put(
        release=it.release, places=[(it.other.pk, 1)], by=it.owner
    ),
    "piece renamed": lambda it: editing.edit(track=it.track, by=it.owner, title="Chalk"),
    "piece of another artist": lambda it: crediting.set_artists(
        thing=it.track, artists=crediting.read_artists("Cleo & Dan"), by=it.owner
    ),
    "piece published": _publish,
    "release published": _publish_release,
    "person renamed": _rename_person,
    "person active again": _activate,
    "person leaves": lambda it: leaving.remove(person=it.owner, by=it.staff, at_once=True),
    "piece private": lambda it: set_visibility(track=it.track, visibility="private", by=it.owner),
    "piece deleted": lambda it: deletion.delete(track=it.track, by=it.owner),
    "piece removed": lambda it: deletion.remove(track=it.track, by=it.owner),
    "only credited piece of another": lambda it: set_visibility(
        track=it.by_another, visibility="private", by=it.by_another.owner
    ),
    "tags set": lambda it: tagging.set_tags(track=it.track, names=["New"], by=it.owner),
    "tags merged": lambda it: merging.merge(tag=it.tag, into=it.else_tag, by=it.staff),
    "credit taken away": lambda it: crediting.set_credits(thing=it.track, credits=[], by=it.owner),
    "person banned": lambda it: judges.ban(it.owner, by=it.judge),
    "person let in again": _unban,
    "playlist deleted": lambda it: collections.delete(collection=it.playlist, by=it.owner),
}

# After these everything is as it was.
THERE_AND_BACK = {"person active again", "person let in again", "release brought back"}
