"""What reviewing asks of people."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from config.lib.lines import one_line
from social.accounts.selectors import person
from social.models import ReviewPolicy, User

NAME_MOST = 80


class PasswordForm(forms.Form):
    """The password of a link."""

    password = forms.CharField(
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class NameForm(forms.Form):
    """The name a guest writes under."""

    name = forms.CharField(
        label="Your name",
        max_length=NAME_MOST,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        """Return the name on one line."""
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Give a name that can be read.")
        return name


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who may write notes."""

    class Meta:
        model = ReviewPolicy
        fields = ["who"]
        labels = {"who": "Who may write notes"}
        widgets = {"who": forms.RadioSelect}


class LinkForm(forms.Form):
    """A new link for one recipient."""

    DAYS = [("1", "a day"), ("7", "a week"), ("30", "a month"), ("", "never")]

    recipient = forms.CharField(
        label="For whom",
        max_length=NAME_MOST,
        required=False,
        help_text="Only you see this.",
    )
    days = forms.ChoiceField(label="Ends after", choices=DAYS, required=False, initial="30")
    password = forms.CharField(
        max_length=128,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Pass it on another way than the link.",
    )
    may_comment = forms.BooleanField(label="May write notes", required=False, initial=True)

    def clean_recipient(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["recipient"])

    def terms(self) -> dict[str, Any]:
        """Return what `review_links.create` wants."""
        found = dict(self.cleaned_data)
        days = found.pop("days")
        ends = timezone.now() + timedelta(days=int(days)) if days else None
        return found | {"expires_at": ends}


class PersonForm(forms.Form):
    """Somebody with an account here, by handle."""

    handle = forms.CharField(
        label="Name on this site",
        max_length=31,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_handle(self) -> User:
        """Return the person."""
        handle = one_line(self.cleaned_data["handle"]).removeprefix("@").lower()
        found = person(handle, AnonymousUser())
        if found is None:
            raise forms.ValidationError("Nobody here has this name.")
        return found


class RemovalForm(forms.Form):
    """How a guest is removed."""

    with_notes = forms.BooleanField(required=False)
