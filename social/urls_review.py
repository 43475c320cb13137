"""Review links, the owner's review desk, sign-off, and notes as files."""

from django.urls import path

from social import views_review

urlpatterns = [
    path("r/<str:token>/", views_review.by_review_link, name="review-page"),
    path("r/<str:token>/password/", views_review.unlock, name="review-password"),
    path("r/<str:token>/name/", views_review.name, name="review-name"),
    path("r/<str:token>/plays/", views_review.play, name="review-play"),
]
