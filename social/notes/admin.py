"""Notes and whom they concern, for moderators: to read, and to bring before the desk."""

from django.contrib import admin

from config.lib.admin import JudgedAdmin, ReadOnlyAdmin
from social.models import Note, Notification, Reviewer


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin, JudgedAdmin):
    """Notes, newest first."""

    judged_as = "note"
    list_display = ["excerpt", "writer", "track", "at_ms", "visibility", "created_at", "removed_at"]
    list_filter = ["visibility", ("removed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user", "guest", "track"]
    search_fields = ["body_md", "user__handle", "guest__name", "track__slug"]
    actions = ["to_desk"]

    @admin.display(description="Note")
    def excerpt(self, note: Note) -> str:
        """Return the beginning of it."""
        return note.body_md[:80] or "(deleted)"

    @admin.display(description="Writer")
    def writer(self, note: Note) -> str:
        """Return whose it is."""
        return str(note.user or note.guest)


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
