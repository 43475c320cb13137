"""Where providers tell what has happened."""

from django.urls import path

from economics.hooks import views

urlpatterns = [
    path("hooks/payments/<slug:provider>/", views.receive, name="payment-hook"),
]
