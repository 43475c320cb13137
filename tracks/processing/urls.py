"""Watching and repeating the work on a version."""

from django.urls import path

from tracks.processing import views as views_jobs

urlpatterns = [
    path("versions/<uuid:version_id>/job/", views_jobs.version_job, name="version-job"),
    path("jobs/<uuid:job_id>/retry/", views_jobs.job_retry, name="job-retry"),
]
