"""Reports, decisions and appeals, topic by topic."""

from django.urls import include, path

TOPICS = (
    *("reports", "appeals", "decisions", "strikes", "transparency", "pages", "talks"),
    *("attestations", "verification"),
)

urlpatterns = [path("", include(f"moderation.{topic}.urls")) for topic in TOPICS]
