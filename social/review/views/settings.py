"""The owner's review settings: who reviews a track, by which links, and who signs it off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config.lib.paging import before_of
from config.lib.problems import Problem
from social.models import ReviewGuest, ReviewLink, User
from social.review.forms.files import ImportForm
from social.review.forms.review import LinkForm, PersonForm, PolicyForm, RemovalForm
from social.review.selectors import review_settings
from social.review.services import guests, reviewers
from social.review.services import links as review_links
from social.signoff import services as signoff
from tracks.models import Track


@require_safe
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about who reviews the track."""
    return settings_page(request, own_track(request, slug))


@require_POST
@login_required
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who may write notes."""
    track, form = own_track(request, slug), PolicyForm(request.POST)

    def action() -> None:
        reviewers.set_policy(track=track, who=form.cleaned_data["who"])
        messages.success(request, "Saved.")

    return _do(request, track, form, action, "policy")


@require_POST
@login_required
def reviewer_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody with an account to review."""
    track, form = own_track(request, slug), PersonForm(request.POST, prefix="reviewer")

    def action() -> None:
        user = form.cleaned_data["handle"]
        reviewers.invite(track=track, by=_me(request), user=user)
        messages.success(request, f"{user.name} may open this piece and write on it.")

    return _do(request, track, form, action, "reviewer")


@require_POST
@login_required
def reviewer_remove(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Ask somebody no longer."""
    track = own_track(request, slug)
    row = get_object_or_404(track.reviewers.select_related("user"), user__handle=handle)
    reviewers.dismiss(track=track, user=row.user)
    messages.success(request, f"{row.user.name} is no longer a reviewer.")
    return _back(track)


@require_POST
@login_required
def link_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link for one recipient."""
    track, form = own_track(request, slug), LinkForm(request.POST)

    def action() -> None:
        review_links.create(track=track, by=_me(request), **form.terms())
        messages.success(request, "Here is the link. Copy it and send it.")

    return _do(request, track, form, action, "link")


@require_POST
@login_required
def link_revoke(request: HttpRequest, slug: str, link_id: UUID) -> HttpResponse:
    """End a link."""
    track = own_track(request, slug)
    link = get_object_or_404(ReviewLink, track=track, pk=link_id)
    review_links.revoke(link=link)
    messages.success(request, "The link opens nothing any more.")
    return _back(track)


@require_POST
@login_required
def guest_remove(request: HttpRequest, slug: str, guest_id: UUID) -> HttpResponse:
    """Close the notes to a guest."""
    track, form = own_track(request, slug), RemovalForm(request.POST)
    guest = get_object_or_404(ReviewGuest, link__track=track, pk=guest_id)
    with_notes = form.is_valid() and form.cleaned_data["with_notes"]
    gone = guests.remove(guest=guest, with_notes=with_notes)
    words = f" {counted(gone)} removed." if with_notes else " What they wrote stays."
    messages.success(request, f"{guest.name} can write no more.{words}")
    return _back(track)


@require_POST
@login_required
def approver_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Name somebody whose word is needed."""
    track, form = own_track(request, slug), PersonForm(request.POST, prefix="approver")

    def action() -> None:
        user = form.cleaned_data["handle"]
        signoff.name_approver(track=track, by=_me(request), user=user)
        messages.success(request, f"{user.name} is asked to sign this piece.")

    return _do(request, track, form, action, "approver")


@require_POST
@login_required
def approver_remove(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Wait for somebody's word no longer."""
    track = own_track(request, slug)
    row = get_object_or_404(track.approvers.select_related("user"), user__handle=handle)
    signoff.dismiss_approver(track=track, by=_me(request), user=row.user)
    messages.success(request, f"{row.user.name} is no longer asked.")
    return _back(track)


def counted(notes: int) -> str:
    """Return the number of notes with its verb."""
    return "One note was" if notes == 1 else f"{notes} notes were"


def own_track(request: HttpRequest, slug: str) -> Track:
    """Return the track if it is this person's; Http404 otherwise."""
    return get_object_or_404(Track.objects.select_related("owner"), owner=request.user, slug=slug)


def settings_page(
    request: HttpRequest, track: Track, *, status: int = 200, **given: Any
) -> HttpResponse:
    """Draw the page; a form that was refused is `given` by the name of its place."""
    found = review_settings(track, before_of(request))
    forms: dict[str, Any] = {
        "policy": PolicyForm(instance=found.policy),
        "reviewer": PersonForm(prefix="reviewer"),
        "link": LinkForm(),
        "approver": PersonForm(prefix="approver"),
        "import": ImportForm(versions=found.versions),
    }
    origin = request.build_absolute_uri("/").rstrip("/")
    context = {"review": found, "track": track, "forms": forms | given, "origin": origin}
    return render(request, "social/review/settings.html", context, status=status)


def _do(
    request: HttpRequest, track: Track, form: BaseForm, action: Callable[[], None], place: str
) -> HttpResponse:
    status = 422
    if form.is_valid():
        try:
            action()
            return _back(track)
        except Problem as refusal:
            form.add_error(None, refusal.detail)
            status = refusal.status
    return settings_page(request, track, status=status, **{place: form})


def _me(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only for who is signed in.")
    return request.user


def _back(track: Track) -> HttpResponse:
    return redirect(reverse("review-settings", args=[track.slug]))
