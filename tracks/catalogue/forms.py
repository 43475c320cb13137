"""What an artist says about a track."""

from django import forms

from config.lib.lines import one_line
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
        """Return the title on one line."""
        return titled(self.cleaned_data["title"], "Give the track a title.")


def titled(text: str, refusal: str) -> str:
    """Return text on one line; a ValidationError where nothing of it can be seen."""
    line = one_line(text)
    if not line:
        raise forms.ValidationError(refusal)
    return line
