"""Reports, decisions and appeals, below `/api/v1/`."""

from django.urls import path

from moderation.appeals import api as appeals
from moderation.decisions import api as decisions
from moderation.pages import api as pages
from moderation.reports import api as reports
from moderation.talks import api as talks
from moderation.verification import api as verification

urlpatterns = [
    path("reports/", reports.ReportsView.as_view(), name="api-reports"),
    path("me/decisions/", decisions.OwnDecisionsView.as_view(), name="api-my-decisions"),
    path("decisions/<uuid:id>/appeal/", appeals.AppealView.as_view(), name="api-decision-appeal"),
    path("pages/terms/", pages.PageTextView.as_view(page="terms"), name="api-terms"),
    path("pages/contact/", pages.PageTextView.as_view(page="contact"), name="api-contact"),
    path("me/talks/", talks.OwnTalksView.as_view(), name="api-my-talks"),
    path("me/talks/<uuid:id>/", talks.AnswerView.as_view(), name="api-talk-answer"),
    path(
        "me/verifications/", verification.VerificationsView.as_view(), name="api-my-verifications"
    ),
    path(
        "me/verifications/<uuid:id>/",
        verification.VerificationView.as_view(),
        name="api-my-verification",
    ),
    path(
        "me/verifications/<uuid:id>/check/",
        verification.VerificationCheckView.as_view(),
        name="api-my-verification-check",
    ),
]
