"""Watching and repeating the work on a version."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from config.lib.problems import Problem
from media_pipeline.jobs.selectors import retryable_by
from media_pipeline.jobs.services import ending
from tracks.processing.presenters import find_version, job_fragment


@require_safe
@never_cache
def version_job(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """How far the version is, as the fragment that the socket sends."""
    key = request.GET.get("token", "")
    version = find_version(request.user, version_id, key, request.session)
    if version is None:
        raise Http404
    return HttpResponse(job_fragment(request, version)[0])


@require_POST
@login_required
def job_retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Try failed work again, then go back to the page the button was on."""
    job = get_object_or_404(retryable_by(request.user), pk=job_id)
    try:
        ending.retry(job)
        messages.success(request, "It is being tried again.")
    except Problem as problem:
        messages.error(request, problem.detail)
    back = request.META.get("HTTP_REFERER", "")
    own = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if own else "my-uploads")
