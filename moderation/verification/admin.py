"""Verifications, as moderators see them: who waits for one by hand, and what holds."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from config.lib.admin import ReadOnlyAdmin, refuse
from config.lib.problems import Problem
from moderation.alone import rules as alone
from moderation.models import Verification
from moderation.verification import services
from moderation.verification.forms import EvidenceForm
from moderation.verification.rules import may_verify, question_of

ACTS = {"grant": services.grant, "refuse": services.refuse, "revoke": services.revoke}


@admin.register(Verification)
class VerificationAdmin(ReadOnlyAdmin):
    """A list as Django's, and a page of our own for each."""

    list_display = ["subject", "person", "method", "state", "until", "warned_at"]
    list_filter = ["state", "method"]
    list_select_related = ["person"]
    search_fields = ["subject", "person__handle", "person__display_name"]

    def get_urls(self) -> list[URLPattern]:
        """Add what a moderator does with one."""
        act = self.admin_site.admin_view(require_POST(self.act))
        own = path("<uuid:key>/act/", act, name="moderation_verification_act")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one, and what can be done with it."""
        row = _row(object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        may_act, sentence = alone.told(alone.Act(request.user, question=question_of(row)))  # type: ignore[arg-type]
        words = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": str(row),
            "row": row,
            "form": EvidenceForm(),
            "may_act": may_verify(request.user) and may_act,
            "own": sentence,
        }
        return TemplateResponse(request, "moderation/verification/admin.html", words)

    def act(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Grant, refuse or revoke."""
        row, form = _row(key), EvidenceForm(request.POST)
        act = ACTS.get(request.POST.get("act", ""))
        if not may_verify(request.user):
            raise PermissionDenied
        if act is None or not form.is_valid():
            messages.error(request, "Write what you have seen.")
        else:
            try:
                act(row=row, by=request.user, evidence=form.cleaned_data["evidence"])  # type: ignore[arg-type]
                messages.success(request, "Done.")
            except Problem as refusal:
                refuse(request, refusal)
        place = reverse("admin:moderation_verification_change", args=[row.pk])
        return HttpResponseRedirect(place)


def _row(key: Any) -> Verification:
    try:
        wanted = key if isinstance(key, UUID) else UUID(key)
    except ValueError as error:
        raise Http404 from error
    row = Verification.objects.select_related("person", "by").filter(pk=wanted).first()
    if row is None:
        raise Http404
    return row
