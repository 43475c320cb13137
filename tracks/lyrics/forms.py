"""A file of lyrics, as somebody brings it."""

from typing import Any

from charset_normalizer import from_bytes
from django import forms

from tracks.lyrics import formats

BYTES_MOST = 4 * formats.CHARACTERS_MOST


class LyricsFileField(forms.FileField):
    """A text or an LRC file; what it says comes out. A file called .lrc must have times."""

    def clean(self, data: Any, initial: Any = None) -> str:
        """Return the text, empty where no file was chosen. Raises ValidationError."""
        file: Any = super().clean(data, initial)
        if not file:
            return ""
        if (file.size or 0) > BYTES_MOST:
            raise forms.ValidationError("This file is too large for lyrics.")
        found = from_bytes(file.read()).best()
        if found is None:
            raise forms.ValidationError("This file is no text.")
        text = str(found).removeprefix("\ufeff").replace("\0", "")
        try:
            formats.read(text, claims_times=(file.name or "").lower().endswith(".lrc"))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return text
