"""The job that hears words, what comes round, and the machine of this server."""

from uuid import UUID

from assistant.consent.services import on_narrowed
from assistant.models import Transcript
from assistant.providers.registry import MACHINES
from assistant.transcripts.local import WALL_S, Local
from assistant.transcripts.selectors import KIND, all_words
from assistant.transcripts.services.asking import sweep
from assistant.transcripts.services.hearing import transcribe
from media_pipeline.jobs.services.kinds import Kind, register
from media_pipeline.jobs.services.schedules import register_round
from tracks.hidden_words import LYRICS, also_says

SENTENCE = "Writes down what is said and sung"


def _forget(track: UUID, _where: str) -> None:
    """Take away what a machine alone has written, where the piece may be read nowhere."""
    rows = Transcript.objects.filter(version__track=track, run__isnull=False)
    rows.filter(edited_at=None).delete()
    rows.update(offer=None, offer_run=None)


def register_all() -> None:
    """Say what there is to do, who does it, and that what is heard is words of a piece."""
    local = Local()
    MACHINES.speech[local.name] = local
    also_says(LYRICS, all_words)
    on_narrowed(_forget)
    register(Kind(KIND, "slow", transcribe, SENTENCE, seconds=WALL_S + 3600, needs_room=True))
    register_round("transcribe-on", sweep, "Begins to write words down", every=600)
