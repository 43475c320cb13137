"""What artists say of their page and of their pictures."""

import re

from django import forms

from social.models import ArtistPage, ArtistPicture

COLOUR = re.compile(r"#?([0-9a-f]{6})")


class PageForm(forms.ModelForm):  # type: ignore[type-arg]
    """The accent, the text for the press, and whether the press page is open."""

    accent = forms.CharField(
        required=False,
        max_length=7,
        label="Colour",
        help_text="Six hexadecimal digits, such as #b4552d; empty for the site's own.",
    )

    class Meta:
        model = ArtistPage
        fields = ["accent", "press_md", "shows_press"]
        labels = {"press_md": "For the press", "shows_press": "Everybody can open the press page"}
        widgets = {"press_md": forms.Textarea(attrs={"rows": 6})}

    def clean_accent(self) -> str:
        """Return the colour as it is kept; too dark or too light is mended where it is shown."""
        text: str = self.cleaned_data["accent"].strip().lower()
        if text and not COLOUR.fullmatch(text):
            raise forms.ValidationError("Write six hexadecimal digits, such as #b4552d.")
        return text.removeprefix("#")


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said of one picture."""

    class Meta:
        model = ArtistPicture
        fields = ["alt", "credit", "licence"]
        labels = {"alt": "What is to be seen", "credit": "Made by"}
