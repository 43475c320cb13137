"""What is owed to an artist, and asking for it."""

from django.urls import path

from economics.payouts import views

urlpatterns = [
    path("me/payouts/", views.mine, name="my-payouts"),
    path("me/payouts/statement.csv", views.statement, name="my-payouts-csv"),
    path("me/payouts/<uuid:key>/withdraw/", views.withdraw, name="my-payout-withdraw"),
]
