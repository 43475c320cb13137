"""Where somebody shows who they are."""

from django.urls import path

from moderation.verification import views

urlpatterns = [
    path("me/verification/", views.mine, name="my-verifications"),
    path("me/verification/<uuid:key>/", views.line, name="my-verification"),
    path("me/verification/<uuid:key>/check/", views.check, name="my-verification-check"),
    path("me/verification/<uuid:key>/give-up/", views.give_up, name="my-verification-give-up"),
]
