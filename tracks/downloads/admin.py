"""Giving away, for administrators: to look at, never to change."""

from django.contrib import admin

from config.lib.admin import ReadOnlyAdmin
from tracks.models import Download, DownloadGrant, ListedListener, PreparedFile


@admin.register(Download)
class DownloadAdmin(ReadOnlyAdmin):
    """What was taken; of visitors not even the pseudonym is shown."""

    list_display = ["title", "what", "owner", "user", "size_bytes", "at"]
    list_filter = ["what"]
    list_select_related = ["owner", "user"]
    search_fields = ["title", "owner__handle"]
    exclude = ["visitor", "parcel"]


@admin.register(DownloadGrant)
class DownloadGrantAdmin(ReadOnlyAdmin):
    """Whom artists let keep what."""

    list_display = ["person", "track", "release", "what", "granted_at", "expires_at", "revoked_at"]
    list_select_related = ["person", "track", "release"]


@admin.register(ListedListener)
class ListedListenerAdmin(ReadOnlyAdmin):
    """Who is on whose list."""

    list_display = ["owner", "person", "added_at"]
    list_select_related = ["owner", "person"]
    exclude = ["note"]


@admin.register(PreparedFile)
class PreparedFileAdmin(ReadOnlyAdmin):
    """What lies ready to be given out."""

    list_display = ["asset", "what", "ending", "size_bytes", "key_size", "prepared_at", "wanted_at"]
    list_filter = ["what"]
    list_select_related = ["asset"]
