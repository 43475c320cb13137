"""What can happen where machines read, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

CONSENT_CHANGED = "consent.changed"
TRANSCRIPT_MADE = "transcript.made"
TRANSCRIPT_CHANGED = "transcript.changed"
SUGGESTIONS_MADE = "suggestions.made"
SUGGESTION_DECIDED = "suggestion.decided"
MODEL_WITHDRAWN = "model.withdrawn"


def register_all() -> None:
    """Say what can happen here."""
    register(CONSENT_CHANGED, "An owner said where a piece may be read by a machine.")
    register(TRANSCRIPT_MADE, "The words of a piece were heard.", "version")
    register(TRANSCRIPT_CHANGED, "Somebody changed the words of a piece.", "version")
    register(SUGGESTIONS_MADE, "A machine proposes what could be said of a piece.")
    register(SUGGESTION_DECIDED, "An owner took a suggestion, or did not.", "suggestion")
    register(MODEL_WITHDRAWN, "All that one model has made was taken back.")
