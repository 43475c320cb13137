"""Who may open a track, changed safely."""

from django.db import transaction

from config.lib.ids import token128
from media_pipeline.events.services import OWNER, tell
from tracks import attesting
from tracks.access import Person
from tracks.events import TRACK_CLOSED
from tracks.models import Track
from tracks.visibility.services import publication
from tracks.visibility.services.closing import end_signatures, look_again

OPENNESS: list[str] = [Track.Visibility.PRIVATE, Track.Visibility.UNLISTED, Track.Visibility.PUBLIC]


@transaction.atomic
def set_visibility(*, track: Track, visibility: str, by: Person) -> Track:
    """Let more or fewer people open the track; returns it as it is now.

    Every change makes a new unlisted key, so an address once passed on opens nothing later.
    Where fewer people may open it than before, every signed address of it ends. Raises Problem
    `attestation-missing`.
    """
    row = Track.objects.locked(track.pk)
    if row.visibility == visibility:
        return row
    if visibility != Track.Visibility.PRIVATE:
        attesting.require([row.pk])
    closes = OPENNESS.index(visibility) < OPENNESS.index(row.visibility)
    row.visibility, row.token = visibility, token128()
    row.save(update_fields=["visibility", "token", "updated_at"])
    if closes:
        end_signatures(row)
        tell(TRACK_CLOSED, of=row, by=by.pk, audience=OWNER, owner=row.owner_id)
    else:
        look_again([], [row.pk])
    return publication.settle(track=row)
