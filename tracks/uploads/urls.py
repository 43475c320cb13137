"""Sending music."""

from django.urls import path

from tracks.uploads import views

urlpatterns = [
    path("upload/", views.upload, name="upload"),
    path("my/uploads/", views.my_uploads, name="my-uploads"),
    path("my/uploads/together/", views.together, name="my-uploads-together"),
    path("my/uploads/<uuid:upload_id>/abort/", views.abort_upload, name="upload-abort"),
]
