"""What is kept of what machines read, and for how long."""

from config.lib import kept
from config.lib.kept import Fate, Kept

WITH_PIECE = "As long as the piece"


def register_all() -> None:
    """Say what is kept, and what happens to it when somebody leaves."""
    kept.register(
        Kept(
            "assistant.Consent",
            "Where a piece of yours may be read by a machine",
            Fate.REMOVED,
            WITH_PIECE,
            section="machines",
        ),
        Kept(
            "assistant.ProviderConsent",
            "Which providers you let read a piece of yours, and when",
            Fate.REMOVED,
            WITH_PIECE,
            section="machines",
        ),
        Kept(
            "assistant.Transcript",
            "The words of your pieces, as they were heard or written",
            Fate.REMOVED,
            WITH_PIECE,
            section="transcripts",
        ),
        Kept(
            "assistant.NoTranscript",
            "Of which pieces of yours no machine writes down the words",
            Fate.REMOVED,
            WITH_PIECE,
            section="transcripts",
            minor=True,
        ),
        Kept(
            "assistant.Suggestion",
            "What a machine proposed to say of your pieces",
            Fate.REMOVED,
            WITH_PIECE,
            section="suggestions",
        ),
        Kept(
            "assistant.ModelRun",
            "Which models have read your pieces",
            Fate.REMOVED,
            WITH_PIECE,
            section="model-runs",
            minor=True,
        ),
        Kept(
            "assistant.ProviderCall",
            "How much of your pieces was sent to providers, and when",
            Fate.ANONYMISED,
            "90 days",
            words="Counts and times, and no words; which piece it was about goes with the piece.",
            minor=True,
        ),
    )
    kept.impersonal(
        assistant__ChangedPiece="Pieces whose passages are to be made anew",
        assistant__Chunk="Passages of pieces, to find them by; gone with the piece",
        assistant__Embedding="Where these lie among meanings",
        assistant__EmbeddingModel="Models that make these",
    )
