"""What search engines fetch."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tracks.sitemaps import views
from tracks.sitemaps.selectors import KINDS


class KindConverter(StringConverter):
    """A kind of thing that has sitemaps."""

    regex = "|".join(KINDS)


register_converter(KindConverter, "sitemap_kind")

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.index, name="sitemap"),
    path(
        "sitemaps/<sitemap_kind:kind>/<uuid:after>/<uuid:until>.xml",
        views.sitemap,
        name="sitemap-slice",
    ),
]
