"""What an artist says about a track."""

from django import forms

from tracks.models import Track


class TrackForm(forms.ModelForm):  # type: ignore[type-arg]
    """Title, description and who may open it."""

    class Meta:
        model = Track
        fields = ["title", "description_md", "visibility"]
        labels = {"description_md": "Description", "visibility": "Who can open it"}
        help_texts = {"description_md": "You can use Markdown: **bold**, *italic*, lists, links."}
        widgets = {
            "description_md": forms.Textarea(attrs={"rows": 8}),
            "visibility": forms.RadioSelect,
        }

    def clean_title(self) -> str:
        """Return the title on one line, without control characters."""
        title = " ".join(self.cleaned_data["title"].split())
        title = "".join(letter for letter in title if letter.isprintable())
        if not title:
            raise forms.ValidationError("Give the track a title.")
        return title
