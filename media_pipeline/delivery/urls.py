"""The address of everything that sounds."""

from django.urls import path

from media_pipeline.delivery.views import media_file

urlpatterns = [
    path(
        "m/<int:expiry>/<slug:scope>/<slug:signature>/<uuid:media>/<slug:attempt>/<path:path>",
        media_file,
        name="media-file",
    ),
]
