"""Where an editor changes the site's terms and says how its operator is reached."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from config.lib.admin import ReadOnlyAdmin
from config.lib.problems import Problem
from moderation.models import PageText
from moderation.pages.forms import PageTextForm
from moderation.pages.services import publish


@admin.register(PageText)
class PageTextAdmin(ReadOnlyAdmin):
    """Every version there was; one more is written on top of the newest."""

    list_display = ["__str__", "by", "created_at"]
    list_filter = ["page"]
    list_select_related = ["by"]
    change_list_template = "moderation/pages/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Editors write one more."""
        return request.user.has_perm("moderation.add_pagetext")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Begin with what the page says now."""
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, form=PageTextForm, **kwargs)
        return _about(form, _page(request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask for the words, or show all there is of a version."""
        return super().get_fields(request, obj) if obj else ["words", "page", "after"]

    def save_model(self, request: HttpRequest, obj: PageText, form: Any, change: bool) -> None:
        """Publish it as the service does, so that it is written down."""
        given = form.cleaned_data
        made = publish(
            page=given["page"],
            words=given["words"],
            after=given["after"],
            by=request.user,  # type: ignore[arg-type]
        )
        obj.pk, obj.number, obj.created_at = made.pk, made.number, made.created_at

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Say why it was refused, where another one was published in between."""
        try:
            return super().add_view(request, form_url, extra_context)
        except Problem as refusal:
            messages.error(request, refusal.detail)
        where = reverse("admin:moderation_pagetext_add")
        return HttpResponseRedirect(f"{where}?page={_page(request)}")


def _page(request: HttpRequest) -> str:
    asked = request.POST.get("page") or request.GET.get("page", "")
    return asked if asked in PageText.Page.values else PageText.Page.TERMS


def _about(form: Any, page: str) -> Any:
    class OfPage(form):
        def __init__(self, *args: Any, **words: Any) -> None:
            super().__init__(*args, page=page, **words)

    return OfPage
