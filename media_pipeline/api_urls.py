"""The machine's part of the API."""

from django.urls import path

from media_pipeline.jobs import api as jobs
from media_pipeline.uploads import api as uploads
from media_pipeline.uploads import limits_api as limits

urlpatterns = [
    path("limits/", limits.LimitsView.as_view(), name="api-limits"),
    path("uploads/", uploads.UploadsView.as_view(), name="api-uploads"),
    path("uploads/<uuid:id>/", uploads.UploadView.as_view(), name="api-upload"),
    path("uploads/<uuid:id>/parts/sign/", uploads.SignView.as_view(), name="api-upload-sign"),
    path("jobs/<uuid:id>/retry/", jobs.JobRetryView.as_view(), name="api-job-retry"),
]
