"""The sealed log, for moderators to read: searched and paged by its own order."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse

from config.lib.admin import ReadOnlyAdmin
from config.lib.paging import before_of
from media_pipeline.models import SealedEntry
from media_pipeline.sealing import selectors


@admin.register(SealedEntry)
class SealedEntryAdmin(ReadOnlyAdmin):
    """What staff did, before and after; `manage.py seal verify` finds every later touch."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what is asked for, the newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        given = {name: request.GET.get(name, "").strip() for name in ("act", "who", "about")}
        asked = selectors.Asked(**given)
        found = selectors.read(asked, before_of(request))
        query = request.GET.copy()
        query["before"] = found.next_cursor
        words = {
            "title": "Sealed log",
            "opts": self.opts,
            "asked": asked,
            "kinds": selectors.kinds(),
            "rows": [(row, _address(row.subject)) for row in found.rows],
            "next_url": f"?{query.urlencode()}" if found.next_cursor else "",
        }
        context = {**self.admin_site.each_context(request), **words}
        return TemplateResponse(request, "admin/sealed/change_list.html", context)


def _address(subject: str) -> str:
    """Return the page of what an entry is about; empty where the admin has none."""
    label, _, key = subject.partition(":")
    try:
        return reverse(f"admin:{label.replace('.', '_')}_change", args=[key]) if key else ""
    except NoReverseMatch:
        return ""
