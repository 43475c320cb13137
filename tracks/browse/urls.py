"""The pages of browsing."""

from django.urls import path

from tracks.browse import views

urlpatterns = [
    path("browse/", views.ways_in, name="browse"),
    path("browse/label/", views.labels, name="browse-labels"),
    path("browse/label/<slug:slug>/", views.label, name="browse-label"),
    path("browse/<str:way>/<str:word>/", views.pieces, name="browse-pieces"),
]
