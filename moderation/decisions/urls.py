"""What was decided about one's own."""

from django.urls import path

from moderation.decisions import views

urlpatterns = [
    path("me/decisions/", views.mine, name="my-decisions"),
    path("decisions/<str:key>/", views.decision, name="decision"),
]
