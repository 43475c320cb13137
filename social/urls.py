"""People's pages."""

from django.urls import path

from social import views

urlpatterns = [
    path("@<str:handle>/", views.profile, name="profile"),
]
