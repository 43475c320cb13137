"""The doors for people who come by a review link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config.lib.problems import Problem, json_response
from social.accounts.lockout import address_of
from social.models import ReviewLink
from social.review.forms.review import NameForm, PasswordForm
from social.review.services import guests
from social.review.services import links as review_links
from social.viewers import Viewer, viewer_of
from tracks.access import KEY
from tracks.catalogue import presenters as pages
from tracks.models import Track

HEARD = "heard"
LinkView = Callable[[HttpRequest, ReviewLink], HttpResponseBase]


def _link(token: str) -> ReviewLink:
    links = ReviewLink.objects.select_related("track__owner")
    link = links.filter(token=token).first() if KEY.fullmatch(token) else None
    if link is None:
        raise Http404
    return link


def for_link(view: LinkView) -> Callable[..., HttpResponseBase]:
    """Hand the view the living link of the address; say so in a sentence when it has ended.

    What a link shows is for one person: it is kept by nobody and found by no search engine.
    """

    @wraps(view)
    def door(request: HttpRequest, token: str) -> HttpResponseBase:
        link = _link(token)
        if ReviewLink.objects.live().filter(pk=link.pk).exists():
            response = view(request, link)
        else:
            response = render(request, "social/review/gone.html", {"link": link}, status=410)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return door


@require_safe
@for_link
def by_review_link(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    """The page of the track, for whoever holds the link and knows its password."""
    viewer = viewer_of(request, link.token)
    if viewer.link is None:
        return _door(request, link, PasswordForm())
    return _page(request, link, viewer, NameForm())


@require_POST
@for_link
def unlock(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    """Prove the password."""
    form = PasswordForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            word, address = form.cleaned_data["password"], address_of(request)
            if review_links.unlock(
                link=link, password=word, session=request.session, address=address
            ):
                return redirect("review-page", link.token)
            form.add_error("password", "That is not the password of this link.")
        except Problem as refusal:
            form.add_error("password", refusal.detail)
            status = refusal.status
    return _door(request, link, form, status=status)


@require_POST
@for_link
def name(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    """Give the name to write under."""
    viewer, form, status = viewer_of(request, link.token), NameForm(request.POST), 422
    if viewer.link is None:
        return redirect("review-page", link.token)
    if form.is_valid():
        try:
            word, address = form.cleaned_data["name"], address_of(request)
            guests.enter(link=link, name=word, session=request.session, address=address)
            return redirect(reverse("review-page", args=[link.token]) + "#notes")
        except Problem as refusal:
            form.add_error("name", refusal.detail)
            status = refusal.status
    return _page(request, link, viewer, form, status=status)


@require_POST
@for_link
def play(request: HttpRequest, link: ReviewLink) -> HttpResponse:
    """Hear that a listening has begun, once per visitor; the owner's own is not counted.

    The visitor is known by a cookie of this link alone: the session is written by other requests
    of the same moment, and one of the two would be lost.
    """
    answer = HttpResponse(status=204)
    is_owner = request.user.pk == link.track.owner_id
    if is_owner or HEARD in request.COOKIES or not viewer_of(request, link.token).link:
        return answer
    try:
        review_links.count_play(link=link, address=address_of(request))
    except Problem as refusal:
        return json_response(refusal)
    _remember(answer, link)
    return answer


def _remember(answer: HttpResponse, link: ReviewLink) -> None:
    """Have the browser know for as long as one listening lasts that it was counted."""
    answer.set_cookie(
        HEARD,
        "1",
        max_age=review_links.LISTENING_SECONDS,
        path=reverse("review-page", args=[link.token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _door(
    request: HttpRequest, link: ReviewLink, form: PasswordForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "link": link}
    return render(request, "social/review/unlock.html", context, status=status)


def _page(
    request: HttpRequest, link: ReviewLink, viewer: Viewer, form: NameForm, status: int = 200
) -> HttpResponse:
    get_token(request)  # sets the cookie that the page's scripts send back
    tracks = Track.objects.opened_by(*viewer.opens).for_page()
    track = tracks.filter(pk=link.track_id).first()
    if track is None:
        raise Http404
    number = request.GET.get("v", "")
    context: dict[str, Any] = pages.track_page(track, viewer.user, key=link.token, number=number)
    context |= {"review_link": link, "guest": viewer.guest, "name_form": form, "is_review": True}
    if request.user.pk == link.track.owner_id and viewer.user != request.user:
        context |= {"as_guest": True, "own_page": link.track.get_absolute_url()}
        request.user = AnonymousUser()
        request.looks_as_another = True  # type: ignore[attr-defined]
    return render(request, "tracks/catalogue/track_detail.html", context, status=status)
