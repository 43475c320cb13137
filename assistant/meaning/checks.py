"""What the doctor says of vectors."""

from django.conf import settings

from assistant.meaning.lexical import Lexical
from assistant.meaning.services import filling, indexes, models
from config.lib import health
from config.lib.health import Degraded, Note

REMEDY = "Run manage.py meaning index as the owner of the tables (manage.py up does)."


def vectors() -> str:
    """Say which model serves, and what is missing."""
    if settings.NEXUS_EMBEDDINGS not in {Lexical.name, models.wanted().provider}:
        missing = f"NEXUS_EMBEDDINGS={settings.NEXUS_EMBEDDINGS} is not there: "
        return Note(missing + "words and letters serve. See requirements-extras.txt.")
    serving = [row for row in filling.progress() if row.model.state == models.State.SERVING]
    if any(row.made and not indexes.has_one(row.model) for row in serving):
        raise Degraded("Vectors are found without an index, one by one.", REMEDY)
    told = ", ".join(f"{row.model} ({row.made:,} of {row.of:,})" for row in serving)
    return f"Vectors of passages: {told}"


def register_all() -> None:
    """Let the doctor ask."""
    health.register("meaning", vectors)
