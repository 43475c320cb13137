"""What an artist was given."""

from django.urls import path

from economics.earnings import views

urlpatterns = [
    path("me/earnings/", views.mine, name="my-earnings"),
    path("me/earnings.csv", views.as_csv, name="my-earnings-csv"),
]
