"""Contributions, as finance sees them: what was declared waits until somebody saw it come in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from config.lib.admin import ReadOnlyAdmin, refuse
from config.lib.problems import Problem
from economics.contributions import presenters, rights, services
from economics.contributions.forms import SettleForm
from economics.contributions.selectors import JOINS
from economics.models import Contribution
from economics.money import told
from economics.providers.manual import REFERENCE_CHARS, reference_of
from economics.providers.services import ask_to_give_back
from social.models import User

Act = Callable[[Contribution, User, dict[str, Any]], object]
ACTS: dict[str, Act] = {
    "confirm": lambda row, by, words: services.confirm(
        row.pk, by=by, reference=words["reference"], fee=words["fee"]
    ),
    "refund": lambda row, by, words: services.refund(row.pk, by=by, reference=words["reference"]),
    "give-back": lambda row, by, _words: ask_to_give_back(row, by=by),
    "cancel": lambda row, by, _words: services.cancel(row.pk, by=by),
}
WRITTEN = {"confirm", "refund"}  # by a reference


@admin.register(Contribution)
class ContributionAdmin(ReadOnlyAdmin):
    """The queue, and a page of our own for each."""

    list_display = ["reference_to_name", "sum", "status", "mode", "provider", "created_at"]
    list_filter = ["status", "mode", "provider"]
    list_select_related = ["artist"]
    search_fields = ["reference"]
    search_help_text = "The reference that a giver named on a transfer, or the one it came in by."

    @admin.display(description="Reference")
    def reference_to_name(self, row: Contribution) -> str:
        """Show what its giver names."""
        return reference_of(row)

    @admin.display(description="Amount")
    def sum(self, row: Contribution) -> str:
        """Show it as people read it."""
        return told(row.amount, row.currency)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Contribution], search_term: str
    ) -> tuple[QuerySet[Contribution], bool]:
        """Find by what a giver named, too: the end of the id."""
        found, twice = super().get_search_results(request, queryset, search_term)
        ending = search_term.strip().lower()
        if len(ending) == REFERENCE_CHARS and all(sign in "0123456789abcdef" for sign in ending):
            found |= queryset.extra(
                where=["right(replace(economics_contribution.id::text, '-', ''), 10) = %s"],
                params=[ending],
            )
        return found, twice

    def get_urls(self) -> list[URLPattern]:
        """Add what finance does with one."""
        act = self.admin_site.admin_view(require_POST(self.act))
        own = path("<uuid:key>/act/", act, name="economics_contribution_act")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one, to the cent, and what can be done with it."""
        row = _row(object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        words = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": f"{reference_of(row)}, {told(row.amount, row.currency)}",
            "row": row,
            "line": presenters.line(row),
            "form": SettleForm(),
            "may_settle": rights.may_settle(request.user),
            "acts": rights.acts_on(row),
            "calls": row.calls.order_by("id"),
        }
        return TemplateResponse(request, "economics/contributions/admin.html", words)

    def act(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Confirm, refund or cancel."""
        row, form, name = _row(key), SettleForm(request.POST), request.POST.get("act", "")
        if not rights.may_settle(request.user):
            raise PermissionDenied
        if name not in rights.acts_on(row):
            messages.error(request, "That cannot be done with it as it stands.")
        elif name in WRITTEN and not form.is_valid():
            problems = [str(error) for errors in form.errors.values() for error in errors]
            messages.error(request, " ".join(problems))
        else:
            self._do(request, ACTS[name], row, form)
        place = reverse("admin:economics_contribution_change", args=[row.pk])
        return HttpResponseRedirect(place)

    def _do(self, request: HttpRequest, act: Act, row: Contribution, form: SettleForm) -> None:
        by: Any = request.user
        try:
            with transaction.atomic():
                rights.require_settler(by, row)
                act(row, by, form.cleaned_data if form.is_valid() else {})
            messages.success(request, "Done.")
        except Problem as refusal:
            refuse(request, refusal)


def _row(key: Any) -> Contribution:
    try:
        wanted = key if isinstance(key, UUID) else UUID(key)
    except ValueError as error:
        raise Http404 from error
    rows = Contribution.objects.select_related(*JOINS, "confirmed_by")
    row = rows.filter(pk=wanted).first()
    if row is None:
        raise Http404
    return row
