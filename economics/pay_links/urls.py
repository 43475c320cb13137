"""Where an artist says how they are paid."""

from django.urls import path

from economics.pay_links import views

urlpatterns = [
    path("me/pay-links/", views.mine, name="my-pay-links"),
    path("me/pay-links/<uuid:key>/", views.change, name="my-pay-link"),
]
