"""What an owner says of tempo and key."""

from collections.abc import Callable

from django import forms

from config.lib.problems import Problem
from tracks.music_facts.rules import read_bpm, read_key


class MusicForm(forms.Form):
    """Two short texts; an empty one takes what was measured."""

    bpm = forms.CharField(
        label="Tempo",
        required=False,
        max_length=12,
        help_text="Beats a minute, such as 120 or 129.6.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    key = forms.CharField(
        label="Key",
        required=False,
        max_length=20,
        help_text="Such as F# minor, Bb, Fis-Moll or 8A.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_bpm(self) -> str:
        """Refuse what is no tempo."""
        return _checked(self.cleaned_data["bpm"], read_bpm)

    def clean_key(self) -> str:
        """Refuse what is no key."""
        return _checked(self.cleaned_data["key"], read_key)


def _checked(text: str, read: Callable[[str], object]) -> str:
    try:
        read(text)
    except Problem as problem:
        raise forms.ValidationError(problem.detail) from None
    return text
