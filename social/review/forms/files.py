"""A file of notes to import."""

from collections.abc import Sequence
from typing import Any

from django import forms

from tracks.models import TrackVersion

FILE_MOST = 900 * 1024  # bytes; a body of more than 1 MiB is refused before it is read


class ImportForm(forms.Form):
    """A CSV file, and the version its notes are for."""

    file = forms.FileField(
        label="A CSV file as exported here",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    version = forms.ChoiceField(label="For", required=False)

    def __init__(self, *args: Any, versions: Sequence[TrackVersion] = (), **how: Any) -> None:
        super().__init__(*args, **how)
        named = [(str(row.number), f"version {row.number}") for row in versions]
        field: Any = self.fields["version"]
        field.choices = [("", "the versions named in the file"), *named]

    def clean_file(self) -> bytes:
        """Return the bytes."""
        file = self.cleaned_data["file"]
        if file.size > FILE_MOST:
            raise forms.ValidationError("The file is larger than 900 kB. Import it in parts.")
        return bytes(file.read())
