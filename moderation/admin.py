"""The moderators' bench."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib.admin import ReadOnlyAdmin
from media_pipeline.events.services import subject_of
from media_pipeline.sealing import services as sealing
from moderation.desk import admin as admin_desk  # noqa: F401 - a part of this list
from moderation.evidence import services
from moderation.evidence.forms import EvidenceForm
from moderation.models import (
    Appeal,
    Custody,
    Decision,
    Evidence,
    Mute,
    Report,
    WatchedWord,
    Wording,
)
from moderation.suggestions.rules import PHRASE_WORDS, folded


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """What moderators have opened, why, and until when. Nothing else opens it to them."""

    list_display = ["__str__", "moderator", "reason", "created_at", "expires_at", "closed_at"]
    list_select_related = ["moderator", "track", "person"]
    search_fields = ["reason", "moderator__handle", "track__title", "person__handle"]
    raw_id_fields = ["track", "person"]
    actions = ["close"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Ask for the hours where it is opened."""
        if obj is None:
            kwargs["form"] = EvidenceForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show what was asked for, or what there is."""
        return super().get_fields(request, obj) if obj else ["track", "person", "reason", "hours"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may moderate opens it, with a reason."""
        return request.user.has_perm("moderation.add_evidence")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list has an action, the row itself nothing to write."""
        return obj is None and request.user.has_perm("moderation.add_evidence")

    def save_model(self, request: HttpRequest, obj: Evidence, form: Any, change: bool) -> None:
        """Open it as the service does, so that it is written down."""
        given = form.cleaned_data
        made = services.open_evidence(
            by=request.user,  # type: ignore[arg-type]
            reason=given["reason"],
            hours=given["hours"],
            track=given["track"],
            person=given["person"],
        )
        obj.pk, obj.expires_at, obj.moderator = made.pk, made.expires_at, made.moderator

    @admin.action(description="Close: look at it no more")
    def close(self, request: HttpRequest, selected: QuerySet[Evidence]) -> None:
        """End the selected before their time."""
        for evidence in selected.select_related("track", "person"):
            services.close_evidence(evidence=evidence, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "Closed.")


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Every decision there was; one more is made on the page of a case."""

    list_display = ["__str__", "person", "by", "ground", "until", "created_at"]
    list_filter = ["kind", "scope", "source", "ground", "automated"]
    list_select_related = ["person", "by"]
    search_fields = ["title", "person__handle", "by__handle"]
    exclude = ["key"]


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """What was reported. Its key is its reporter’s, and not shown."""

    list_display = ["reason", "case", "reporter", "at_ms", "created_at"]
    list_filter = ["reason"]
    list_select_related = ["case", "reporter"]
    exclude = ["key", "source"]


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    """Appeals; they are answered on the page of their case."""

    list_display = ["__str__", "decision", "by_reporter", "created_at", "answered_at"]
    list_filter = ["by_reporter", ("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["decision"]


@admin.register(Mute)
class MuteAdmin(ReadOnlyAdmin):
    """Acts about reporters; they are decided on the page of a case."""

    list_display = ["__str__", "person", "by", "until", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["person", "by"]
    exclude = ["source"]


@admin.register(Custody)
class CustodyAdmin(ReadOnlyAdmin):
    """What is and was kept apart; it is opened on the page of its case."""

    list_display = ["__str__", "authority", "by", "until", "made_at", "released_at"]
    list_select_related = ["by"]
    exclude = ["secret"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Custody]:
        """Leave the keys where they are."""
        return super().get_queryset(request).defer("secret")


class SealedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that moderators with the right change; each change is in the sealed log."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it, and write down who did."""
        super().save_model(request, obj, form, change)
        self._seal(request, obj, "changed" if change else "added", form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Remove it, and write down who did."""
        self._seal(request, obj, "removed", [])
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Remove several, and write down each."""
        for obj in queryset:
            self._seal(request, obj, "removed", [])
        super().delete_queryset(request, queryset)

    def _seal(self, request: HttpRequest, obj: Any, act: str, fields: list[str]) -> None:
        kind = f"{obj._meta.model_name}.{act}"
        sealing.append(kind=kind, actor=request.user.pk, subject=subject_of(obj), fields=fields)


@admin.register(Wording)
class WordingAdmin(SealedAdmin):
    """Ready texts of moderators."""

    list_display = ["name", "use", "reason"]
    list_filter = ["use", "reason"]
    search_fields = ["name", "words"]


class WatchedWordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A watched word; one that says nothing once it is folded is refused."""

    def clean_phrase(self) -> str:
        """Return it on one line."""
        phrase = " ".join(self.cleaned_data["phrase"].split())
        if not 1 <= len(folded(phrase)) <= PHRASE_WORDS:
            raise forms.ValidationError(f"Write one to {PHRASE_WORDS} words.")
        return phrase


@admin.register(WatchedWord)
class WatchedWordAdmin(SealedAdmin):
    """Words at which a moderator is to look. They restrict nothing by themselves."""

    form = WatchedWordForm
    list_display = ["phrase", "reason", "is_active"]
    list_filter = ["reason", "is_active"]
    search_fields = ["phrase"]
