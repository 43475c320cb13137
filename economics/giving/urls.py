"""Where somebody gives."""

from django.urls import path

from economics.giving import views

urlpatterns = [
    path("support/", views.support, name="support"),
    path("me/giving/<uuid:id>/", views.change, name="pledge"),
]
