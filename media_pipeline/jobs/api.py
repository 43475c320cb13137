"""`POST /api/v1/jobs/{id}/retry/`."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from media_pipeline.jobs.selectors import retryable_by
from media_pipeline.jobs.services import ending
from media_pipeline.models import Job


class RetriedJob(serializers.ModelSerializer[Job]):
    """A job that waits for a worker again."""

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "stage", "progress", "error"]


class JobRetryView(APIView):
    """Try again."""

    @extend_schema(operation_id="job_retry", request=None, responses={202: RetriedJob})
    def post(self, request: Request, id: UUID) -> Response:
        """Queue a failed job of one's own again; 409 `job-not-retryable` when it has not failed."""
        job = ending.retry(get_object_or_404(retryable_by(request.user), pk=id))
        return Response(RetriedJob(job).data, status=status.HTTP_202_ACCEPTED)
