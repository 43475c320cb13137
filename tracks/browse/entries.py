"""The pieces of a way in, as a player takes them: played from the first to the last."""

from django.http import Http404

from tracks.browse import rules, selectors
from tracks.collections.entries import Asker, register_list
from tracks.findable import findable
from tracks.models import Track
from tracks.models.track import TrackQuerySet


def _pieces(name: str, asker: Asker) -> TrackQuerySet:
    """Return the pieces of `tempo:90-110` and its like. Raises Http404."""
    way, colon, word = name.partition(":")
    if not colon:
        raise Http404
    if way == "label":
        return selectors.on_label(selectors.label_named(word, asker.user), asker.user).published()
    query = rules.choice_of(way, word).query
    return findable(Track.objects.visible_to(asker.user)).filter(query).published()


def register_all() -> None:
    """Say that they can be played."""
    register_list("browse", _pieces)
