"""How allauth meets our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from config.lib import origins
from config.lib.client import client_key
from config.lib.hidden import hidden_address
from media_pipeline.events.services import tell
from social.accounts import handles
from social.accounts.services.mails import send_later
from social.events import PERSON_JOINED
from social.models import User
from social.staff.rules import ENROL

WRONG_CODE = "This is not the code that the app shows now. Try again."


class _Home:
    """What allauth calls a site."""

    @property
    def name(self) -> str:
        return str(settings.SITE_NAME)

    @property
    def domain(self) -> str:
        return origins.home().partition("://")[2]


class AccountAdapter(DefaultAccountAdapter):
    """Our handle rules, our sentences, and no way in for who is banned."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "invalid_login": "This name and password do not belong together. Try again.",
        "username_password_mismatch": "This name and password do not belong together. Try again.",
        "email_password_mismatch": "This address and password do not belong together. Try again.",
        "username_taken": "Somebody has this name already. Choose another one.",
        "email_taken": "There is an account with this address already. Sign in instead.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
        "rate_limited": "That was too often. Wait a minute and try again.",
        "enter_current_password": "This is not your password. Try again.",
        "incorrect_password": "This is not your password. Try again.",
        "incorrect_code": WRONG_CODE,
        "duplicate_email": "You have this address already.",
        "cannot_remove_primary_email": "The main address cannot be removed.",
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a pseudonym of the address by which allauth counts; never refuses."""
        return hidden_address(client_key(request))

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return the handle in its canonical form, or say what is wrong with it."""
        handle = username.strip().lstrip("@").lower()
        if sentence := handles.refusal(handle):
            raise ValidationError(sentence, code="handle")
        cleaned: str = super().clean_username(handle, shallow)
        return cleaned

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Keep the display name with the rest of the new account."""
        user.display_name = form.cleaned_data.get("display_name", "")
        with transaction.atomic():
            saved: User = super().save_user(request, user, form, commit)
            if commit:
                tell(PERSON_JOINED, of=saved, by=saved.pk)
        return saved

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have a message sent, whose addresses are at the site's first origin, whoever asks."""
        own = {
            name: origins.moved_home(str(value)) if name.endswith("_url") else value
            for name, value in context.items()
        }
        own |= {"email": email, "current_site": _Home(), "request": allauth_context.request}
        send_later(self.render_mail(template_prefix, email, own))

    def pre_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse | None:
        """Send who is banned where inactive accounts go, whatever way they came."""
        if user.is_banned:
            user.is_active = False  # in memory only: allauth then ends the sign-in
        answer: HttpResponse | None = super().pre_login(request, user, **rest)
        return answer

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponse:
        """Lead staff who have no second factor yet to where it begins, wherever they wanted to."""
        answer: HttpResponse = super().post_login(request, user, **rest)
        if not user.is_staff or user.acts_as_staff:
            return answer
        messages.info(request, ENROL)
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask staff for their second factor: their password alone proves too little."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not getattr(user, "acts_as_staff", False):
            return found
        return [one for one in found if one["id"] != "reauthenticate"]


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our sentences, and our name in the app that shows the codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Confirm your e-mail address first. Then switch the second factor on.",
        "add_email_blocked": "Switch the second factor off before you add an address.",
        "cannot_generate_recovery_codes": "Switch the second factor on first.",
    }

    def get_totp_issuer(self) -> str:
        """Return the site's own name on the network, and not the one that was asked for."""
        return origins.name_of(origins.home())
