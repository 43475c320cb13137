"""What somebody says about a release or a playlist."""

from typing import Any

from django import forms

from tracks import dates
from tracks.catalogue import rules
from tracks.catalogue.forms import TrackForm, titled
from tracks.models import Playlist, Release


class _CollectionForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        if self.instance._state.adding or (self.is_bound and "slug" not in self.data):
            self.fields.pop("slug", None)  # a new one gets it from its title

    def clean_slug(self) -> str:
        """Return the word of an address."""
        try:
            return rules.slug(self.cleaned_data["slug"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_title(self) -> str:
        """Return the title on one line."""
        return titled(self.cleaned_data["title"], "Give it a title.")


class NewReleaseForm(_CollectionForm):
    """What a release begins with; everything else is said in its own room."""

    class Meta(TrackForm.Meta):
        model = Release  # type: ignore[assignment]
        fields = ["title", "kind", "released_on", "description_md", "visibility"]
        labels = TrackForm.Meta.labels | {"released_on": "Release date"}
        help_texts = TrackForm.Meta.help_texts | {
            "released_on": "Day, month or year: 1977-03-01, 1977-03 or 1977."
        }
        widgets = TrackForm.Meta.widgets | {
            "released_on": forms.TextInput(attrs={"placeholder": "1977-03-01"}),
            "description_md": forms.Textarea(attrs={"rows": 4}),
        }

    def clean_released_on(self) -> str:
        """Return as much of the date as is known."""
        try:
            return dates.read(self.cleaned_data["released_on"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class PlaylistForm(_CollectionForm):
    """Title, description and who may open it."""

    class Meta(TrackForm.Meta):
        model = Playlist  # type: ignore[assignment]
        fields = ["title", "slug", "description_md", "visibility"]
        widgets = TrackForm.Meta.widgets | {"description_md": forms.Textarea(attrs={"rows": 4})}


NEW: dict[str, type[_CollectionForm]] = {
    "release": NewReleaseForm,
    "playlist": PlaylistForm,
}
