"""What somebody gives and gave, and what they give each month."""

from django.urls import path

from economics.pledges import views

urlpatterns = [
    path("me/giving/", views.giving, name="giving"),
    path("me/giving/<uuid:id>/<str:act>/", views.act, name="pledge-act"),
]
