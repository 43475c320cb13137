"""What a program says beside what opens a piece to others."""

from rest_framework import serializers

from tracks.attesting import TEXT


def confirmation() -> serializers.BooleanField:
    """Return the field that confirms that a piece may be shared."""
    help_text = (
        "Whoever makes music public or unlisted confirms, once for each piece: "
        f"“{TEXT}” True says so expressly; false is refused where something is opened."
    )
    return serializers.BooleanField(required=False, help_text=help_text)
