"""Fields that the API takes."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from rest_framework import serializers

from config.lib.lines import one_line


class LineField(serializers.CharField):
    """A name or a title: kept on one line; what has no ink is refused, unless nothing was sent."""

    default_error_messages = {"unseen": "Nothing of this can be seen."}

    def to_internal_value(self, data: Any) -> str:
        """Return the line. Raises ValidationError."""
        text: str = super().to_internal_value(data)
        ProhibitNullCharactersValidator()(text)
        line = one_line(text)
        if text.strip() and not line:
            self.fail("unseen")
        return line
