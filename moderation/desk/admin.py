"""The moderators' desk: one queue, and a page for each case with everything at hand."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from config.lib.admin import CODE_NEEDED, ReadOnlyAdmin, leads_to_desk
from config.lib.problems import Problem
from moderation import things
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.cases.registry import WAITING
from moderation.cases.rules import may_see
from moderation.decisions.effects import simulate
from moderation.decisions.rules import GRAVE
from moderation.desk import presenters, selectors, services
from moderation.desk.acts import ACTS, read_filters, save_filter, typed_before, withdraw
from moderation.desk.acts import case_of as _case
from moderation.desk.acts import done as _done
from moderation.desk.acts import moderator_of as _moderator
from moderation.desk.acts import to_page as _to_page
from moderation.desk.forms import DecideForm, NoteForm, OpenForm
from moderation.models import Appeal, Case, Decision, Reason, Scope
from moderation.verification.selectors import waiting_by_hand
from social.staff.services.codes import require_code


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """Pages of our own in place of Django's lists and forms, behind the same door."""

    def get_urls(self) -> list[URLPattern]:
        """Add what a moderator does with a case."""
        acts = {
            "assign": self.assign,
            "note": self.note,
            "evidence": self.evidence,
            "close": self.close,
            "undo": self.undo,
            "answer": self.answer,
            **ACTS,
        }
        own = [
            path(
                f"<uuid:key>/{name}/",
                self.admin_site.admin_view(require_POST(act)),
                name=f"moderation_case_{name}",
            )
            for name, act in acts.items()
        ]
        strike = self.admin_site.admin_view(require_POST(withdraw))
        own.append(path("strikes/<uuid:key>/withdraw/", strike, name="moderation_strike_withdraw"))
        for name, begin in {"open": self.open, "filter": save_filter}.items():
            view = self.admin_site.admin_view(require_POST(begin))
            own.append(path(f"{name}/", view, name=f"moderation_case_{name}"))
        procedure = self.admin_site.admin_view(self.procedure)
        own.append(path("serious-crime/", procedure, name="moderation_case_procedure"))
        return [*own, *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever looks at cases."""
        return may_see(request.user)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the queue: what is due first stands on top."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        filters = read_filters(request.GET)
        live = presenters.live_query(filters)
        rows, after = selectors.queue(filters, _moderator(request), request.GET.get("after", ""))
        query = request.GET.copy()
        query["after"] = after
        words = {
            "title": "Cases",
            "rows": rows,
            "filters": filters,
            "live": live,
            "next_url": f"?{query.urlencode()}" if after else "",
            "reasons": Reason.choices,
            "open_form": OpenForm(),
            "filter_words": list(vars(filters).items()),
            "targets": Scope.choices,
            "waiting": WAITING.values(),
            "saved": selectors.filters_of(_moderator(request)),
            "verifications_wait": waiting_by_hand(),
        }
        return self._page(request, "moderation/desk/queue.html", words)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a case; decide it, or see what that would close, where the form was sent."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        case = _case(object_id)
        row = things.find(case.target, case.target_id)
        kind = request.GET.get("kind", "")
        form = DecideForm(request.POST or None, case=case, row=row, kind=kind) if row else None
        words: dict[str, Any] = {}
        if request.method == "POST" and form and form.is_valid():
            if "simulate" in request.POST:
                words["simulated"] = _simulated(form)
            elif _is_proven(request, form.cleaned_data["kind"]) and _decided(request, case, form):
                return _to_page(case)
        return self._case_page(request, case, form, words)

    def _case_page(
        self, request: HttpRequest, case: Case, form: DecideForm | None, words: dict[str, Any]
    ) -> TemplateResponse:
        """Show all of a case, and what was typed into a form of it that was refused."""
        typed = typed_before(request)
        note = reverse("admin:moderation_case_note", args=[case.pk])
        own = {"words": typed["words"]} if typed.get("place") == note else {}
        words |= {"form": form, "note_form": NoteForm(initial=own), "typed": typed}
        words |= presenters.case_page(case, _moderator(request)) | {"title": str(case)}
        words["wordings"] = presenters.wordings(case, form)
        page = self._page(request, "moderation/desk/case.html", words)
        if typed and f'action="{typed["path"]}"' not in page.rendered_content:
            words["lost"] = typed["words"]  # the form they were typed into is gone
            page = self._page(request, "moderation/desk/case.html", words)
        return page

    def open(self, request: HttpRequest) -> HttpResponse:
        """Open a case about what nobody reported."""
        form, by = OpenForm(request.POST), _moderator(request)
        if not may_see(by):
            raise PermissionDenied
        if form.is_valid():
            kind, row = form.cleaned_data["about"]
            reason = form.cleaned_data["reason"]
            try:
                return _to_page(cases.open_unreported(kind=kind, row=row, reason=reason, by=by))
            except Problem as refusal:
                messages.error(request, refusal.detail)
        for error in form.errors.get("about", []):
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:moderation_case_changelist"))

    def procedure(self, request: HttpRequest) -> HttpResponse:
        """Say what to do where something may be a serious crime."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = {"title": "A serious crime"}
        return self._page(request, "moderation/custody/procedure.html", words)

    def assign(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Take a case, or give it back."""
        case, by = _case(key), _moderator(request)
        to = None if "nobody" in request.POST else by
        return _done(request, case, lambda: cases.assign(case=case, by=by, to=to), "")

    def note(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Write a note for the others."""
        case, words = _case(key), request.POST.get("words", "")
        by = _moderator(request)
        return _done(request, case, lambda: cases.write(case=case, by=by, words=words), "Noted.")

    def evidence(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Open what it is about, for a day; it is written down who looks, and why."""
        case, by = _case(key), _moderator(request)
        sentence = "Open to you for 24 hours."
        return _done(request, case, lambda: services.look_at(case=case, by=by), sentence)

    def close(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Close a case whose thing is gone for good."""
        case, by = _case(key), _moderator(request)
        return _done(request, case, lambda: cases.close_gone(case=case, by=by), "Closed.")

    def undo(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Undo a decision by another one."""
        decision = get_object_or_404(Decision, pk=key)
        by, words = _moderator(request), request.POST.get("words", "")
        _is_proven(request, decision.kind)
        act = services.undo
        return _done(
            request, decision.case, lambda: act(decision=decision, by=by, facts=words), "Undone."
        )

    def answer(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Answer an appeal: the decision stands, or is undone."""
        appeal = get_object_or_404(Appeal.objects.select_related("decision", "case"), pk=key)
        by, words = _moderator(request), request.POST.get("words", "")
        act = appeals.grant if "grant" in request.POST else appeals.uphold
        _is_proven(request, appeal.decision.kind)
        return _done(
            request, appeal.case, lambda: act(appeal=appeal, by=by, words=words), "Answered."
        )

    def _page(self, request: HttpRequest, template: str, words: dict[str, Any]) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "opts": self.model._meta, **words}
        return TemplateResponse(request, template, context)


@leads_to_desk
def _way(request: HttpRequest, scope: str, rows: list[Any]) -> str:
    """Open a case for each thing that was chosen elsewhere in the admin; return where to go."""
    try:
        opened = services.bring(scope=scope, rows=rows, by=_moderator(request))
    except Problem as refusal:
        messages.error(request, refusal.detail)
        return request.path
    if len(opened) == 1:
        return reverse("admin:moderation_case_change", args=[opened[0].pk])
    return reverse("admin:moderation_case_changelist")


def _is_proven(request: HttpRequest, kind: str) -> bool:
    """Ask for the second factor before what takes all from somebody; then go on with the same."""
    if kind in GRAVE and may_see(request.user):
        require_code(request)
    return True


def _refused(request: HttpRequest, refusal: Problem) -> None:
    """Ask for the second factor where that is all that is missing."""
    if refusal.type == CODE_NEEDED:
        require_code(request)


def _decided(request: HttpRequest, case: Case, form: DecideForm) -> bool:
    """Decide as the form says; where that is refused, the form says why and keeps its words."""
    kind, row = form.part
    words: dict[str, Any] = {"kind": form.cleaned_data["kind"], "scope": kind.scope, "row": row}
    words["is_strike"] = form.cleaned_data["is_strike"]
    try:
        services.decide(case=case, by=_moderator(request), statement=form.statement, **words)
    except Problem as refusal:
        _refused(request, refusal)
        form.add_error(refusal.extra.get("field"), refusal.detail)
        return False
    messages.success(request, "Decided.")
    return True


def _simulated(form: DecideForm) -> str:
    kind, row = form.part
    return simulate(form.cleaned_data["kind"], kind.scope, row).sentence
