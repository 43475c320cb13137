"""Models and their runs, to look at; one press takes back all that one model has made."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from assistant.models import ModelRun
from assistant.runs import selectors, services
from assistant.runs.selectors import Model
from config.lib.admin import ReadOnlyAdmin, refuse
from config.lib.problems import Problem
from media_pipeline.models import Job
from social.staff.services.codes import require_code

LISTED = 100
CHARS = 150


@admin.register(ModelRun)
class ModelRunAdmin(ReadOnlyAdmin):
    """Every run, and above them each model with what there is of it."""

    change_list_template = "assistant/runs/change_list.html"
    list_display = ["__str__", "task", "provider", "model", "version", "made_at", "withdrawn_at"]
    list_filter = ["task", "provider", "model"]
    search_fields = ["track__title", "model"]

    def get_urls(self) -> list[URLPattern]:
        """Add the page on which a model is withdrawn."""
        page = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.withdraw))
        own = path("withdraw/", page, name="assistant_modelrun_withdraw")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the models above the runs."""
        words = {
            "models": selectors.figures(),
            "may_withdraw": _may_withdraw(request),
            "under_way": Job.objects.filter(
                kind=services.JOB, state__in=[Job.State.PENDING, Job.State.RUNNING]
            )[:LISTED],
        }
        return super().changelist_view(request, (extra_context or {}) | words)

    def withdraw(self, request: HttpRequest) -> HttpResponse:
        """Say what would go and what stays; then, with a fresh code, have it taken back."""
        if not _may_withdraw(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        model = Model(*(sent.get(name, "")[:CHARS].replace("\0", "") for name in Model._fields))
        found = selectors.figures(model)
        if not found:
            raise Http404
        if request.method == "GET":
            return self._page(request, found[0])
        require_code(request)
        try:
            services.ask(model, by=request.user)
            messages.success(request, "It is taken back as soon as a worker is free.")
        except Problem as refusal:
            refuse(request, refusal)
        return HttpResponseRedirect(reverse("admin:assistant_modelrun_changelist"))

    def _page(self, request: HttpRequest, row: selectors.Figures) -> HttpResponse:
        words = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Withdraw {row.key.words}",
            "row": row,
            "accepted": selectors.accepted_of(row.key)[:LISTED],
        }
        return TemplateResponse(request, "assistant/runs/withdraw.html", words)


def _may_withdraw(request: HttpRequest) -> bool:
    return request.user.has_perm("assistant.delete_modelrun")
