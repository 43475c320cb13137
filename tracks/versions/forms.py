"""What an artist says about a version."""

from django import forms

from tracks.models import TrackVersion


class VersionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a version is called, and what changed in it."""

    class Meta:
        model = TrackVersion
        fields = ["label", "note_md"]
        labels = {"note_md": "What changed"}
        help_texts = {
            "label": "A few words beside the number: “mix 2”, “louder voice”.",
            "note_md": "You can use Markdown: **bold**, *italic*, lists, links.",
        }
        widgets = {"note_md": forms.Textarea(attrs={"rows": 6})}
