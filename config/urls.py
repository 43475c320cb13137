"""Every door of the site, in one list."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from config.lib.problems import not_found
from config.views import accent, health, schema
from media_pipeline.uploads import parts_api as parts

# An address is looked for from the top: what is asked for most stands first.
api: list[URLPattern | URLResolver] = [
    path("", include("tracks.api_urls")),
    path("", include("media_pipeline.api_urls")),
    path("", include("social.api_urls")),
    path("", include("assistant.api_urls")),
    path("", include("economics.api_urls")),
    path("", include("moderation.api_urls")),
    path("schema/", schema.SchemaView.as_view(), name="api-schema"),
]

doors: list[URLPattern | URLResolver] = [
    path("", include("tracks.catalogue.urls")),
    path("api/v1/", include(api)),
    path("", include("media_pipeline.delivery.urls")),
    path("", include("tracks.urls")),
    path("", include("social.urls")),
    path("", include("assistant.urls")),
    path("", include("economics.urls")),
    path("", include("moderation.urls")),
    path("u/<uuid:upload>/<int:number>", parts.receive, name="upload-part"),
    re_path(r"^api/", not_found),
    path("accounts/", include("allauth.urls")),
    path("accent/<str:colour>.css", accent.css, name="accent-css"),
    path("health/", health.health, name="health"),
    path("admin/", admin.site.urls),
]
# The prefix stands here, and not in the script name that servers and Django hand on per request:
# so every address has it, wherever it is made.
urlpatterns = (
    [path(settings.NEXUS_PREFIX[1:] + "/", include(doors))] if settings.NEXUS_PREFIX else doors
)

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.missing"
handler500 = "config.errors.broken"
