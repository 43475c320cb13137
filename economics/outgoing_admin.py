"""What admin pages of all that is sent on share: one page for each, and its steps."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from config.lib.admin import ReadOnlyAdmin, refuse
from config.lib.ids import token128
from config.lib.problems import Problem
from economics import money, outgoing
from economics.models.ledger import REFERENCE_CHARS
from economics.models.outgoing import NOTE_CHARS
from social.staff.services.codes import require_code

Step = Callable[[UUID, Any, Any], object]


class AmountForm(forms.Form):
    """How much; sent twice it is done once."""

    key = forms.CharField(max_length=22, min_length=22, widget=forms.HiddenInput, initial=token128)
    amount = forms.CharField(label="Amount", max_length=30)

    def clean_amount(self) -> int:
        """Return minor units."""
        try:
            return money.read(self.cleaned_data["amount"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class SentForm(forms.Form):
    """That it has left."""

    reference = forms.CharField(label="Reference of the transfer", max_length=REFERENCE_CHARS)
    sent_on = forms.DateField(label="Sent on", widget=forms.DateInput(attrs={"type": "date"}))


class FailedForm(forms.Form):
    """That it did not arrive."""

    note = forms.CharField(label="Why it did not arrive", max_length=NOTE_CHARS)


class OutgoingAdmin(ReadOnlyAdmin):
    """A list as Django's, and a page of our own for each, with what is done next."""

    page = ""
    # Each step by its name: the form that is filled in, and the service that does it.
    steps: Mapping[str, tuple[type[forms.Form], Step]] = {}
    # What moves no money: a file would be lost while a code is asked for.
    without_code: frozenset[str] = frozenset({"attach"})
    list_filter = ["status"]

    def get_urls(self) -> list[URLPattern]:
        """Add what finance does with one."""
        act = self.admin_site.admin_view(require_POST(self.act))
        name = f"economics_{self.opts.model_name}_act"
        return [path("<uuid:object_id>/act/", act, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one, and what can be done with it."""
        row = self.found(object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        words = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": money.told(row.amount, row.currency),
            "row": row,
            "may_act": outgoing.may_send(request.user),
            "forms": {name: form() for name, (form, _step) in self.steps.items()},
            "act_url": reverse(f"admin:economics_{self.opts.model_name}_act", args=[row.pk]),
            **self.more(row),
        }
        return TemplateResponse(request, self.page, words)

    def more(self, row: Any) -> dict[str, Any]:
        """Return what else its page shows."""
        return {}

    def found(self, key: Any) -> Any:
        """Return one, or raise Http404."""
        try:
            wanted = key if isinstance(key, UUID) else UUID(str(key))
        except ValueError as error:
            raise Http404 from error
        row = self.model._default_manager.filter(pk=wanted).first()
        if row is None:
            raise Http404
        return row

    def act(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Do one step; a fresh code is asked for first."""
        row = self.found(object_id)
        if not outgoing.may_send(request.user):
            raise PermissionDenied
        name = request.POST.get("act", "")
        if name not in self.steps:
            raise Http404
        kind, step = self.steps[name]
        form = kind(request.POST, request.FILES)
        if name not in self.without_code:
            require_code(request)
        if not form.is_valid():
            wrong = [str(one) for found in form.errors.values() for one in found]
            messages.error(request, " ".join(wrong))
        else:
            try:
                step(row.pk, form.cleaned_data, request.user)
                messages.success(request, "Done.")
            except Problem as refusal:
                refuse(request, refusal)
        return HttpResponseRedirect(
            reverse(f"admin:economics_{self.opts.model_name}_change", args=[row.pk])
        )
