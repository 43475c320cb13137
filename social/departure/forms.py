"""What is typed before an account is deleted."""

from typing import Any

from django import forms

from social.models import User


class DepartureForm(forms.Form):
    """One's own name, so that nobody deletes an account by a slip."""

    handle = forms.CharField(
        label="Your name here, to be sure",
        max_length=31,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["handle"].help_text = f"Type {person.handle}."

    def clean_handle(self) -> str:
        """Return the name; only one's own will do."""
        handle: str = self.cleaned_data["handle"].strip().lstrip("@").lower()
        if handle != self.person.handle:
            raise forms.ValidationError(f"Type {self.person.handle}, and the account is found.")
        return handle
