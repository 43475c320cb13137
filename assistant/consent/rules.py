"""Of which pieces, and of which of their media, an owner says whether mining them is reserved."""

from django.db.models import Q

from assistant.models.consent import Mining
from media_pipeline.delivery import mining as delivered
from tracks import mining
from tracks.visibility.services.closing import WAYS


def _tracks(word: str) -> Q:
    return Q(consent__mining=word)


def _media(word: str) -> Q:
    """Return the media of pieces of which their owner has said this, no covers of lists."""
    found = Q()
    for way, _ in WAYS.values():
        if "__items__" not in way:
            found |= Q(**{f"{way}__consent__mining": word})
    return found


def register_all() -> None:
    """Let pages and delivery say it."""
    mining.register(lambda: _tracks(Mining.RESERVED), lambda: _tracks(Mining.OPEN))
    delivered.say(lambda: _media(Mining.RESERVED), is_reserved=True)
    delivered.say(lambda: _media(Mining.OPEN), is_reserved=False)
