"""What foreign pages ask for."""

from django.urls import path, re_path

from tracks.embed import views

ID = r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?$"

urlpatterns = [
    re_path(rf"^embed/track/{ID}", views.track, name="embed-track"),
    re_path(rf"^embed/release/{ID}", views.collection, {"kind": "release"}, name="embed-release"),
    re_path(
        rf"^embed/playlist/{ID}", views.collection, {"kind": "playlist"}, name="embed-playlist"
    ),
    path("embed/widget.js", views.widget, name="widget"),
    path("cover/<str:kind>/<uuid:id>.jpg", views.cover, name="cover"),
    path("oembed/", views.answer_oembed, name="oembed"),
    path("docs/embed/", views.docs, name="docs-embed"),
]
