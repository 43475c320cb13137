"""What somebody says about a label."""

from django import forms

from tracks.catalogue.forms import titled
from tracks.models import Label


class LabelForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of a label, what is said of it, and where else it is."""

    link = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="Where else it is to be found.",
    )

    class Meta:
        model = Label
        fields = ["name", "description_md", "link"]
        labels = {"description_md": "Description"}
        widgets = {"description_md": forms.Textarea(attrs={"rows": 5})}

    def clean_name(self) -> str:
        """Return the name on one line."""
        return titled(self.cleaned_data["name"], "Give it a name.")
