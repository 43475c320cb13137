"""Charities, and what is sent on to them, for finance."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from config.lib import kept_pages
from config.lib.admin import refuse
from config.lib.problems import Problem
from economics import money, outgoing
from economics.charities import presenters, rules, services
from economics.charities.forms import CharityForm, ReceiptForm
from economics.models import Charity, Contribution, Disbursement, Pledge
from economics.outgoing_admin import AmountForm, FailedForm, OutgoingAdmin, SentForm


@admin.register(Charity)
class CharityAdmin(ModelAdmin):  # type: ignore[type-arg]
    """Whom givers can share with; one that is named anywhere is only offered no more."""

    form = CharityForm
    list_display = ["name", "slug", "is_active", "website"]
    list_filter = ["is_active"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    change_form_template = "economics/charities/admin_charity.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Leave the address of one as it was made: people and programs know it."""
        return ["slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one by one, and only what nothing names."""
        if obj is None or _is_named(obj):
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Let the pages of everybody show it at once."""
        super().save_model(request, obj, form, change)
        kept_pages.forget(services.PAGES)

    def get_urls(self) -> list[URLPattern]:
        """Add where a run to it is prepared."""
        run = self.admin_site.admin_view(self.run)
        own = path("<uuid:object_id>/run/", run, name="economics_charity_run")
        return [own, *super().get_urls()]

    def run(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Prepare a run of what is owed."""
        charity = get_object_or_404(Charity, pk=object_id)
        if not outgoing.may_send(request.user):
            raise PermissionDenied
        form, by = AmountForm(request.POST or None), request.user
        if request.method == "POST" and form.is_valid():
            try:
                made = services.prepare(charity=charity, by=by, **form.cleaned_data)  # type: ignore[arg-type]
                where = reverse("admin:economics_disbursement_change", args=[made.pk])
                return HttpResponseRedirect(where)
            except Problem as refusal:
                refuse(request, refusal)
        words = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Send to {charity.name}",
            "charity": charity,
            "totals": presenters.one_of(charity).totals,
            "free": outgoing.free(Disbursement, charity.pk),
            "form": form,
        }
        return TemplateResponse(request, "economics/charities/admin_run.html", words)


@admin.register(Disbursement)
class DisbursementAdmin(OutgoingAdmin):
    """Runs: prepared, sent, failed."""

    page = "economics/charities/admin_disbursement.html"
    list_display = ["charity", "told", "status", "sent_on", "reference", "created_at"]
    list_filter = ["status", "charity"]
    list_select_related = ["charity"]
    search_fields = ["reference", "charity__name"]
    steps = {
        "send": (SentForm, lambda pk, words, by: services.send(pk, by=by, **words)),
        "fail": (FailedForm, lambda pk, words, by: services.fail(pk, by=by, **words)),
        "withdraw": (forms.Form, lambda pk, words, by: services.withdraw(pk, by=by)),
        "attach": (ReceiptForm, lambda pk, words, by: _attach(pk, words["file"], by)),
    }

    @admin.display(description="Amount", ordering="amount")
    def told(self, row: Disbursement) -> str:
        """Return the amount as people read it."""
        return money.told(row.amount, row.currency)

    def more(self, row: Any) -> dict[str, Any]:
        """Return the charity and the files."""
        return {"receipts": row.receipts.order_by("id"), "charity": row.charity}


def _attach(pk: UUID, file: Any, by: Any) -> None:
    data = file.read(rules.MOST_BYTES + 1)
    services.attach(pk, data=data, name=file.name or "", by=by)


def _is_named(charity: Charity) -> bool:
    return any(
        model.objects.filter(charity=charity).exists()
        for model in (Contribution, Pledge, Disbursement)
    )
