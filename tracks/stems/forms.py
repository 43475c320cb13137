"""What an artist says about a stem."""

from django import forms

from tracks.models import Stem


class StemForm(forms.ModelForm):  # type: ignore[type-arg]
    """Its role and title; without a title it is called by its role."""

    class Meta:
        model = Stem
        fields = ["role", "title"]
