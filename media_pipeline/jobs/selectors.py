"""Finding jobs."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from media_pipeline.models import Job


def retryable_by(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Job]:
    """Return the jobs that this person has a say in: their own, and all for staff."""
    if not user.is_authenticated:
        return Job.objects.none()
    jobs = Job.objects.select_related("asset")
    return jobs if getattr(user, "acts_as_staff", False) else jobs.filter(asset__owner_id=user.pk)
