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
        return one_line(self.cleaned_data["title"], "Give the track a title.")


def one_line(text: str, refusal: str) -> str:
    """Return text on one line, without control characters; a ValidationError for none."""
    line = " ".join(text.split())
    line = "".join(letter for letter in line if letter.isprintable())
    if not line:
        raise forms.ValidationError(refusal)
    return line
