"""Writing down that a piece may be shared, once for each piece, owner and text."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from moderation.attestations.rules import network_of
from moderation.events import ATTESTED
from moderation.models import Attestation
from tracks.attesting import TEXT, VERSION, Word
from tracks.models import Track


@transaction.atomic
def witness(tracks: Collection[UUID], word: Word) -> None:
    """Write down what was said of these tracks; what their owner has said of this text stays.

    Raises Problem `attestation-missing` where it was denied, or not said and has to be
    (NEXUS_ATTEST_EXPRESSLY), with the `field` that says it.
    Two queries, whatever their number, and one more for each event.
    """
    same = Attestation.objects.filter(track=OuterRef("pk"), person=OuterRef("owner"))
    silent = Track.everything.filter(~Exists(same.filter(version=VERSION)), pk__in=tracks)
    rows = list(silent.only("pk", "title", "owner_id"))
    if not rows:
        return
    if word.given is False or (word.given is None and settings.NEXUS_ATTEST_EXPRESSLY):
        raise Problem(
            "attestation-missing",
            "Whoever opens music to others confirms that it is theirs to share. "
            "Send “attested”: true beside what opens it.",
            status=422,
            field="attested",
            text=TEXT,
        )
    network = network_of(word.address)
    made = [
        Attestation(
            track=row,
            track_key=row.pk,
            title=row.title,
            person_id=row.owner_id,
            version=VERSION,
            way=word.way,
            expressly=word.given is True,
            network=network,
        )
        for row in rows
    ]
    Attestation.objects.bulk_create(made, ignore_conflicts=True)
    for row in rows:
        tell(ATTESTED, of=row, by=row.owner_id, audience=OWNER, owner=row.owner_id)
