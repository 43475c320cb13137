"""What has happened to a person's notes and pieces."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.paging import before_of
from social.models import Notification
from social.notifications import services as notifications
from social.notifications.presenters import lines
from social.notifications.registry import place_of
from social.notifications.selectors import JOINS, notifications_for, unread_count
from tracks.models import Track


@require_safe
@login_required
def news(request: HttpRequest) -> HttpResponse:
    """Everything they should hear of, newest first."""
    before = before_of(request)
    found = notifications_for(request.user, before)
    context = {
        "notifications": lines(found.rows),
        "next_url": found.next_url,
        "is_first_page": not before,
        "unread": any(row.read_at is None for row in found.rows) or unread_count(request.user),
    }
    return render(request, "social/notifications/notifications.html", context)


@require_POST
@login_required
def follow(request: HttpRequest, notification_id: UUID) -> HttpResponse:
    """Mark one as read, and go to what it is about."""
    rows = Notification.objects.heard_by(request.user).select_related(*JOINS)
    row = get_object_or_404(rows, pk=notification_id)
    notifications.mark_read(user=request.user, notification_ids=[row.pk])  # type: ignore[arg-type]
    place = row.url if _opens(request, row.track) else place_of(row)
    return redirect(place or "notifications")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    notifications.mark_read(user=request.user)  # type: ignore[arg-type]
    return redirect("notifications")


def _opens(request: HttpRequest, track: Track | None) -> bool:
    """Tell whether they may open it by right: a new key is not handed out by the way."""
    return track is not None and Track.objects.visible_to(request.user).filter(pk=track.pk).exists()
