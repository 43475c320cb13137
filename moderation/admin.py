"""The moderators' bench."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib.admin import ReadOnlyAdmin
from moderation.cases.rules import may_judge
from moderation.desk import admin as admin_desk  # noqa: F401 - a part of this list
from moderation.evidence import services
from moderation.evidence.forms import EvidenceForm
from moderation.models import (
    Appeal,
    Attestation,
    Custody,
    Decision,
    Evidence,
    Mute,
    Report,
    Strike,
)
from moderation.pages import admin as admin_pages  # noqa: F401 - as above
from moderation.suggestions import admin as admin_suggestions  # noqa: F401 - as above
from moderation.verification import admin as admin_verification  # noqa: F401 - as above


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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """Leave out what is about something of one's own: who reported it is not for them."""
        return super().get_queryset(request).exclude(case__person=request.user.pk)


@admin.register(Appeal)
class AppealAdmin(ReadOnlyAdmin):
    """Appeals; they are answered on the page of their case."""

    list_display = ["__str__", "decision", "by_reporter", "created_at", "answered_at"]
    list_filter = ["by_reporter", ("answered_at", admin.EmptyFieldListFilter)]
    list_select_related = ["decision"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        """Leave out what reporters say of something of one's own."""
        own = {"by_reporter": True, "case__person": request.user.pk}
        return super().get_queryset(request).exclude(**own)


@admin.register(Strike)
class StrikeAdmin(ReadOnlyAdmin):
    """Strikes; they are given and withdrawn on the page of a case."""

    list_display = ["__str__", "person", "created_at", "withdrawn_at"]
    list_filter = [("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["decision", "person"]
    search_fields = ["person__handle", "decision__title"]


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


@admin.register(Attestation)
class AttestationAdmin(ReadOnlyAdmin):
    """Who said of which piece that it may be shared. The network is for the rights desk alone."""

    list_display = ["title", "person", "version", "way", "expressly", "attested_at"]
    list_filter = ["way", "expressly", "version"]
    list_select_related = ["person"]
    search_fields = ["=track_key", "title", "person__handle"]
    fields = ["title", "track_key", "person", "version", "text", "way", "expressly"]
    fields += ["network", "attested_at"]
    readonly_fields = ["text"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the network out for whoever does not decide."""
        fields = super().get_fields(request, obj)
        return fields if may_judge(request.user) else [one for one in fields if one != "network"]
