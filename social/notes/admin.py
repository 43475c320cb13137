"""Notes and whom they concern, for moderators: to read, and to take away what must not stand."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from config.lib.admin import ReadOnlyAdmin
from social.models import Note, Notification, Reviewer
from social.notes.services import notes


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin):
    """Notes, newest first."""

    list_display = ["excerpt", "writer", "track", "at_ms", "visibility", "created_at", "removed_at"]
    list_filter = ["visibility", ("removed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "guest", "track"]
    search_fields = ["body_md", "user__handle", "guest__name", "track__slug"]
    actions = ["take_away"]

    @admin.display(description="Note")
    def excerpt(self, note: Note) -> str:
        """Return the beginning of it."""
        return note.body_md[:80] or "(deleted)"

    @admin.display(description="Writer")
    def writer(self, note: Note) -> str:
        """Return whose it is."""
        return str(note.user or note.guest)

    @admin.action(description="Delete; replies stay", permissions=["view"])
    def take_away(self, request: HttpRequest, chosen: QuerySet[Note]) -> None:
        """Take the selected notes away; open pages lose them at once."""
        live = list(chosen.filter(removed_at=None))
        for note in live:
            notes.take_away(note=note)
        messages.success(request, f"Deleted: {len(live)}.")


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    """What people were told."""

    list_display = ["user", "kind", "actor_name", "track", "created_at", "read_at"]
    list_filter = [("kind", admin.AllValuesFieldListFilter)]
    list_select_related = ["user", "track"]
    search_fields = ["user__handle", "actor_name"]


@admin.register(Reviewer)
class ReviewerAdmin(ReadOnlyAdmin):
    """Who was asked to review what."""

    list_display = ["track", "user", "invited_by", "created_at"]
    list_select_related = ["track", "user", "invited_by"]
    search_fields = ["user__handle", "track__slug"]
