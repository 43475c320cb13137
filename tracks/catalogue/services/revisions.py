"""Taking a save back."""

from typing import Any

from django.db import transaction

from config.lib.archive import read_moment
from config.lib.problems import Problem
from tracks.access import Person
from tracks.catalogue.rules import LABELS
from tracks.catalogue.services import editing
from tracks.models import Revision, Track


@transaction.atomic
def undo(*, revision: Revision, by: Person) -> Track:
    """Let the fields of one save be again what they were before; that is a revision itself.

    Raises Problem `changed-since` where one of them says something else by now than that save did.
    """
    row = Track.objects.locked(revision.track_id)
    since = [
        name
        for name, word in revision.after.items()
        if editing.as_json(editing.value_of(row, name)) != word
    ]
    if since:
        named = " and ".join(LABELS[name].lower() for name in since)
        sentence = f"The {named} changed again since. Undo the later change first."
        raise Problem("changed-since", sentence, status=409)
    words = {name: _read(name, word) for name, word in revision.before.items()}
    return editing.edit(track=row, by=by, undoes=revision, **words)


def _read(name: str, word: Any) -> Any:
    return read_moment(word) if name == "release_at" and word else word
