"""What people tell us about themselves."""

from typing import Any

from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms


class SignupForm(BaseSignupForm):
    """Handle, display name, e-mail and password: nothing more is asked."""

    display_name = forms.CharField(
        label="Display name",
        max_length=80,
        required=False,
        help_text="What others read. You can leave it empty and use your name alone.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["username", "display_name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handle, email = self.fields["username"], self.fields["email"]
        handle.label, email.label = "Name", "E-mail"
        handle.help_text = (
            "Your address here, such as /@name. 2 to 30 letters, digits, hyphens or underscores."
        )
        email.help_text = "For signing in and a forgotten password. Nobody else sees it."
        self.fields[
            "password1"
        ].help_text = (
            "At least 10 characters. A few plain words are easier to keep than one clever one."
        )
        handle.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def clean_display_name(self) -> str:
        """Return the name on one line, without control characters."""
        name: str = self.cleaned_data["display_name"]
        return " ".join("".join(c for c in name if c.isprintable()).split())


class ResetPasswordForm(BaseResetPasswordForm):
    """An address; whoever is banned gets no link back in, and nobody is told."""

    users: list[Any]

    def clean_email(self) -> str:
        """Return the address; keep the open accounts that have it."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_banned]
        return email
