"""What one has deleted."""

from django.urls import path

from tracks.deleted import views

urlpatterns = [
    path("my/deleted/", views.deleted, name="deleted"),
    path("my/deleted/restore/", views.restore_many, name="deleted-restore-many"),
    path("my/deleted/<str:kind>/<uuid:id>/restore/", views.restore, name="deleted-restore"),
    path("my/deleted/<str:kind>/<uuid:id>/remove/", views.remove, name="deleted-remove"),
]
