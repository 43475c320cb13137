"""Money, topic by topic."""

from django.urls import include, path

TOPICS = (
    *("giving", "pledges", "receipts", "contributions", "charities"),
    *("pay_links", "payouts", "earnings", "transparency", "proofs", "hooks", "sales"),
)

urlpatterns = [path("", include(f"economics.{topic}.urls")) for topic in TOPICS]
