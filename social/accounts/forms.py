"""What people tell us about themselves."""

from typing import Any

from allauth.account.forms import AddEmailForm as BaseAddEmailForm
from allauth.account.forms import ChangePasswordForm as BaseChangePasswordForm
from allauth.account.forms import ReauthenticateForm as BaseReauthenticateForm
from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as BaseResetPasswordKeyForm
from allauth.account.forms import SignupForm as BaseSignupForm
from allauth.mfa.base.forms import AuthenticateForm as BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as BaseReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm as BaseActivateTOTPForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from config.lib import limits
from config.lib.lines import one_line
from config.lib.problems import Problem

ADVICE = "At least 10 characters. A few plain words are easier to keep than one clever one."


class PlainWords(forms.Form):
    """Our labels and one sentence of help in place of placeholders and lists of rules."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)


class SignupForm(PlainWords, BaseSignupForm):
    """Handle, display name, e-mail and password: nothing more is asked."""

    display_name = forms.CharField(
        label="Display name",
        max_length=80,
        required=False,
        help_text="What others read. You can leave it empty and use your name alone.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["username", "display_name", "email", "password1"]
    labels = {"username": "Name", "email": "E-mail"}
    helps = {
        "username": (
            "Your address here, such as /@name. 2 to 30 letters, digits, hyphens or underscores."
        ),
        "email": "For signing in and a forgotten password. Nobody else sees it.",
        "password1": ADVICE,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """Make the account; where nothing is made, for the address has one that was confirmed, do
        the same work, or the time it takes would tell."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[Any, Any] = super().try_save(request)
        return saved

    def clean_display_name(self) -> str:
        """Return the name on one line."""
        return one_line(self.cleaned_data["display_name"])


class ResetPasswordForm(PlainWords, BaseResetPasswordForm):
    """An address; whoever is banned gets no link back in, and nobody is told."""

    labels = {"email": "E-mail"}
    users: list[Any]

    def clean_email(self) -> str:
        """Return the address; keep the open accounts that have it."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if not user.is_banned]
        return email


class ResetPasswordKeyForm(PlainWords, BaseResetPasswordKeyForm):
    """A new password, for who came by the link."""

    labels = {"password1": "New password", "password2": "The same again"}
    helps = {"password1": ADVICE}


class ChangePasswordForm(PlainWords, BaseChangePasswordForm):
    """A new password, for who knows the old one."""

    labels = {
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "The same again",
    }
    helps = {"password1": ADVICE}


class AddEmailForm(PlainWords, BaseAddEmailForm):
    """One more address."""

    labels = {"email": "Another address"}


class ReauthenticateForm(PlainWords, BaseReauthenticateForm):
    """The password once more, before something delicate."""

    labels = {"password": "Password"}


class ActivateTOTPForm(PlainWords, BaseActivateTOTPForm):
    """The first code of a new app."""

    labels = {"code": "The code it shows now"}


class CountedCode(PlainWords):
    """A code of six digits is guessed by whoever may try for ever; django-axes counts passwords."""

    user: Any

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError for a wrong one, and for too many tries."""
        try:
            limits.spend("second-factor", self.user.pk)
        except Problem as refusal:
            raise forms.ValidationError(refusal.detail, code="too-many") from refusal
        code: str = super().clean_code()  # type: ignore[misc]
        return code


class AuthenticateForm(CountedCode, BaseAuthenticateForm):
    """The second factor on signing in."""

    labels = {"code": "Code"}


class ReauthenticateCodeForm(CountedCode, BaseReauthenticateCodeForm):
    """The second factor once more, before something delicate."""

    labels = {"code": "Code"}
