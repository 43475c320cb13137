"""Archives of people's data, for administrators: that they are there, never what is in them."""

from django.contrib import admin

from config.lib.admin import ReadOnlyAdmin
from social.models import Export, Imported


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Who has had an archive made, and until when it can be fetched."""

    list_display = ["user", "size_bytes", "created_at", "ready_at", "expires_at"]
    list_filter = [("ready_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__handle"]
    exclude = ["key"]


@admin.register(Imported)
class ImportedAdmin(ReadOnlyAdmin):
    """What was brought from elsewhere, under which name."""

    list_display = ["owner", "origin", "local", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["owner__handle", "origin"]
