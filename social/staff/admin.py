"""The door of the admin: staff with a second factor."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from social.staff.rules import ENROL

# What nobody looks at or changes here, for it holds secrets: people see to it themselves.
SECRET = {"mfa.authenticator"}


class StaffSite(admin.AdminSite):
    """Django's own, behind the sign-in of everybody, so that the lock-out holds here as well."""

    site_header = site_title = "Nexus administration"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register what may be seen here."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else None
        found = [
            one
            for one in (models or [model_or_iterable])
            if not hasattr(one, "_meta") or one._meta.label_lower not in SECRET
        ]
        if found:
            super().register(found, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in whoever acts as staff: with a second factor."""
        return bool(getattr(request.user, "acts_as_staff", False))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead visitors to the sign-in, and staff without a second factor to where it begins."""
        if getattr(request.user, "is_staff", False) and not self.has_permission(request):
            messages.info(request, ENROL)
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer
