"""What somebody says about a release and about a label, and the sentence for what is not taken."""

from collections.abc import Callable
from typing import Any

from django import forms

from config.lib.lines import one_line
from tracks import codes, dates
from tracks.catalogue import rules
from tracks.catalogue.forms import TrackForm, titled
from tracks.models import Release


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything that is said of a release."""

    label = forms.CharField(
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "own-labels", "autocomplete": "off"}),
        help_text="A name you have not used yet becomes a label with a page of its own.",
    )

    class Meta:
        model = Release
        fields = [
            "title",
            "slug",
            "artist_credit",
            "kind",
            "released_on",
            "label",
            "catalogue_number",
        ]
        fields += ["upc", "licence", "description_md", "notes_md"]
        labels = {
            "slug": "Address",
            "artist_credit": "Artists",
            "released_on": "Release date",
            "description_md": "Description",
            "notes_md": "Liner notes",
        }
        help_texts = TrackForm.Meta.help_texts | {
            "artist_credit": "As it stands on the cover. Empty means your name.",
            "released_on": "Day, month or year: 1977-03-01, 1977-03 or 1977.",
            "notes_md": "Who played, where it was recorded, whom to thank. Markdown, too.",
        }
        widgets = {
            "released_on": forms.TextInput(attrs={"placeholder": "1977-03-01"}),
            "description_md": forms.Textarea(attrs={"rows": 4}),
            "notes_md": forms.Textarea(attrs={"rows": 6}),
            "upc": forms.TextInput(attrs={"inputmode": "numeric"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upc"] = forms.CharField(
            label="UPC or EAN",
            max_length=40,
            required=False,
            help_text="12 or 13 digits.",
            widget=self.fields["upc"].widget,
        )
        if self.instance._state.adding or (self.is_bound and "slug" not in self.data):
            del self.fields["slug"]  # a new one gets it from its title
        if self.instance.label_id:
            self.initial["label"] = self.instance.label.name

    def clean_title(self) -> str:
        """Return the title on one line."""
        return titled(self.cleaned_data["title"], "Give it a title.")

    def clean_slug(self) -> str:
        """Return the word of an address."""
        return checked(rules.slug, self.cleaned_data["slug"])

    def clean_artist_credit(self) -> str:
        """Return the names on one line."""
        return one_line(self.cleaned_data["artist_credit"])

    def clean_label(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["label"])

    def clean_catalogue_number(self) -> str:
        """Return the number on one line."""
        return one_line(self.cleaned_data["catalogue_number"])

    def clean_released_on(self) -> str:
        """Return as much of the date as is known."""
        return checked(dates.read, self.cleaned_data["released_on"])

    def clean_upc(self) -> str:
        """Return the digits; a ValidationError where their check digit says that one is wrong."""
        return checked(codes.upc, self.cleaned_data["upc"])

    def _post_clean(self) -> None:
        """Leave the row as it is: a service writes it."""


def checked(read: Callable[[str], str], text: str) -> str:
    """Return a code as it is kept; a ValidationError with its sentence where it is none."""
    try:
        return read(text)
    except ValueError as wrong:
        raise forms.ValidationError(str(wrong)) from None
