"""What somebody says about a release or a playlist."""

from django import forms

from tracks.catalogue.forms import TrackForm, titled
from tracks.models import Playlist, Release


class _CollectionForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_title(self) -> str:
        """Return the title on one line."""
        return titled(self.cleaned_data["title"], "Give it a title.")


class ReleaseForm(_CollectionForm):
    """Title, kind, date, description and who may open it."""

    class Meta(TrackForm.Meta):
        model = Release  # type: ignore[assignment]
        fields = ["title", "kind", "released_on", "description_md", "visibility"]
        labels = TrackForm.Meta.labels | {"released_on": "Release date"}
        widgets = TrackForm.Meta.widgets | {
            "released_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "description_md": forms.Textarea(attrs={"rows": 4}),
        }


class PlaylistForm(_CollectionForm):
    """Title, description and who may open it."""

    class Meta(TrackForm.Meta):
        model = Playlist  # type: ignore[assignment]
        fields = ["title", "description_md", "visibility"]
        widgets = TrackForm.Meta.widgets | {"description_md": forms.Textarea(attrs={"rows": 4})}


COLLECTION_FORMS: dict[str, type[_CollectionForm]] = {
    "release": ReleaseForm,
    "playlist": PlaylistForm,
}
