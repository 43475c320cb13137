"""The door of the admin: staff with a second factor."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from media_pipeline.locks import once_more
from social.staff.rules import ENROL
from social.staff.services.acts import Act, is_done
from social.staff.services.codes import require_code

View = Callable[..., HttpResponse]
# What nobody looks at or changes here, for it holds secrets: people see to it themselves.
SECRET = {"mfa.authenticator"}
# What takes something from somebody or gives it back: the second factor is shown first.
DELICATE = {"delete_selected", "delete_bytes", "bring_back"}


def recorded(view: View) -> View:
    """Let what is sent to a page of the admin be written down with it, in one transaction."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        act = Act.of(request)
        if act.page.endswith("_delete") or act.action in DELICATE:
            require_code(request)

        def deed() -> HttpResponse:
            act.begin()
            response = view(request, *args, **kwargs)
            if is_done(request, response):
                act.seal()
            return response

        return once_more(deed)

    return inner


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

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """Ask who it is, and write down what they do."""
        wrapped: View = super().admin_view(recorded(view), cacheable)
        return wrapped

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
