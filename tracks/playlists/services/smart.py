"""Playlists whose rules say what stands in them."""

from typing import cast

from django.db import transaction

from config.lib.problems import Problem
from tracks.access import Person
from tracks.collections import services as collections
from tracks.collections.ordering import changed, locked
from tracks.criteria.language import Criteria
from tracks.models import Playlist


def make(*, by: Person, title: str, criteria: Criteria) -> Playlist:
    """Make a smart playlist, private until its owner opens it."""
    words = {"title": title, "visibility": "private", "rules": criteria.kept()}
    made = collections.create(kind="playlist", owner=by, words=words)
    return cast(Playlist, made)


@transaction.atomic
def change(*, playlist: Playlist, criteria: Criteria, by: Person) -> Playlist:
    """Let other rules say what stands in it. Raises Problem: `may-not`, `not-smart`."""
    row: Playlist = locked(playlist)
    if row.owner_id != by.pk:
        raise Problem("may-not", "Only its owner changes the rules.", status=403)
    if not row.is_smart:
        raise Problem("not-smart", "This playlist is filled by hand; rules would empty it.")
    row.rules = criteria.kept()
    row.save(update_fields=["rules"])
    changed(row)
    return row
