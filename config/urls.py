"""Every door of the site, in one list."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from config.lib.problems import not_found
from config.views import accent, health
from media_pipeline.api import parts

api: list[URLPattern | URLResolver] = [
    path("", include("media_pipeline.api.urls")),
    path("", include("tracks.api.urls")),
    path("", include("social.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]

urlpatterns = [
    path("", include("media_pipeline.delivery.urls")),
    path("", include("tracks.urls")),
    path("", include("social.urls")),
    path("u/<uuid:upload>/<int:number>/", parts.receive, name="upload-part"),
    path("api/v1/", include(api)),
    re_path(r"^api/", not_found),
    path("accounts/", include("allauth.urls")),
    path("accent/<str:colour>.css", accent.css, name="accent-css"),
    path("health/", health.health, name="health"),
    path("admin/", admin.site.urls),
]

handler400 = "config.errors.bad_request"
handler403 = "config.errors.forbidden"
handler404 = "config.errors.missing"
handler500 = "config.errors.broken"
