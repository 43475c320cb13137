"""Pages of charities."""

from django.urls import path

from economics.charities import views

urlpatterns = [
    path("charities/", views.charities, name="charities"),
    path("charities/<slug:slug>/", views.charity, name="charity"),
    path("charities/<slug:slug>/receipts/<uuid:key>/", views.receipt, name="charity-receipt"),
]
