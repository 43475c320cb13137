"""The doors of giving away: taking something, and deciding who may."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib import limits
from config.lib.problems import Problem
from media_pipeline.delivery.partial import partial
from media_pipeline.delivery.paths import NEVER, Item
from media_pipeline.delivery.responses import by_nginx
from tracks import access
from tracks.downloads import parcels, presenters, selectors
from tracks.downloads.forms import AudiencesForm, GrantForm, ListenerForm
from tracks.downloads.services import giving, people
from tracks.downloads.services.settings import set_audiences
from tracks.models import DownloadGrant, Given, ListedListener, Parcel, Release, Track

FILE_HEADERS = {
    "Cache-Control": "private, no-transform",
    "X-Robots-Tag": "noindex",
    "X-Accel-Buffering": "no",  # or nginx would lay a copy of it on its disk
}
WAITED = "waited"  # says that a page waits for it, and tells how it went on
MODELS: dict[str, Any] = {"track": Track, "release": Release}


@require_safe
def take(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Count a download and send on to its address; where that takes a while, to a page first."""
    key, what = request.GET.get("token", ""), request.GET.get("what", Given.ORIGINAL)
    thing = _opened(request, kind, slug, key)
    if request.method == "HEAD":
        status = 200 if access.may_download(request.user, thing, what, key=key) else 403
        return HttpResponse(status=status, headers={"Cache-Control": NEVER})
    try:
        download = giving.ask(thing=thing, what=what, by=giving.asker(request, key))
    except Problem as refusal:
        if refusal.type not in {"being-prepared", "not-allowed", "not-there"}:
            raise
        return _answer(request, thing, what, refusal)
    if WAITED in request.GET:
        return _answer(request, thing, what, None, giving.address_of(download))
    response = redirect(giving.address_of(download))
    response["Cache-Control"] = NEVER
    return response


def _answer(
    request: HttpRequest, thing: Any, what: str, refusal: Problem | None, begins: str = ""
) -> HttpResponse:
    """Show where a download stands: it waits, it begins (at this address), or it cannot be."""
    waits = getattr(refusal, "type", "") == "being-prepared"
    context = {
        "thing": thing,
        "what": dict(Given.choices).get(what, ""),
        "refusal": refusal,
        "state": "waits" if waits else "begins" if begins else "refused",
        "begins": begins,
        "again": f"?{urlencode(request.GET.dict() | {WAITED: '1'})}",
        "seconds": giving.RETRY_SECONDS,
    }
    response = render(request, "tracks/downloads/waiting.html", context)
    response.status_code = refusal.status if refusal else 200
    response["Cache-Control"] = NEVER
    if begins:
        response["Refresh"] = f"0;url={begins}"
    return response


@require_safe
def file(
    request: HttpRequest, expiry: int, signature: str, download: UUID, filename: str
) -> HttpResponseBase:
    """Send what a signed address leads to, whole or in part; its name decides nothing."""
    parcel = giving.opened(download, expiry, signature)
    limits.spend("download-part", download)
    if (key := parcels.stored_whole(parcel)) and (given := by_nginx(_item(key, parcel))):
        return given
    headers = FILE_HEADERS | {
        "Content-Type": parcel.content_type,
        "Content-Disposition": content_disposition_header(True, parcel.filename) or "attachment",
    }
    return partial(
        request,
        size=parcel.size_bytes,
        etag=f'"{parcel.digest[:40]}"',
        headers=headers,
        read=lambda start, end: giving.read(parcel, start, end),
    )


def _item(key: str, parcel: Parcel) -> Item:
    kind, cache = parcel.content_type, FILE_HEADERS["Cache-Control"]
    return Item(key, kind, cache, attachment=parcel.filename)


@require_safe
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody has downloaded themselves, and what of it they can fetch again."""
    found = presenters.own_page(request.user, request.GET.get("before", ""))
    context = {"lines": found.rows, "next_url": found.next_url}
    return render(request, "tracks/downloads/mine.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def settings(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """To whom the owner opens a track or release, whom they let by name, and who took it."""
    thing = _own(request, kind, slug)
    form = AudiencesForm(thing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_audiences(thing=thing, by=request.user, **form.said())
        messages.success(request, "Saved.")
        return redirect(f"{kind}-downloads", slug)
    return _settings(request, thing, form, GrantForm(thing))


def _settings(
    request: HttpRequest, thing: Any, form: AudiencesForm, grant_form: GrantForm
) -> HttpResponse:
    forms = {"form": form, "grant_form": grant_form}
    context = presenters.settings_page(thing) | forms
    status = 422 if form.errors or grant_form.errors else 200
    return render(request, "tracks/downloads/settings.html", context, status=status)


@require_POST
@login_required
def grant(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Let one person keep it."""
    thing: Any = _own(request, kind, slug)
    form = GrantForm(thing, request.POST)
    if form.is_valid():
        try:
            person = people.person_called(form.cleaned_data["handle"], request.user)
            what, ends = form.cleaned_data["what"], form.ends()
            people.grant(thing=thing, person=person, by=request.user, what=what, expires_at=ends)
            messages.success(request, f"{person.name} may keep it now.")
            return redirect(reverse(f"{kind}-downloads", args=[slug]) + "#grants")
        except Problem as refusal:
            form.add_error("handle", refusal.detail)
    return _settings(request, thing, AudiencesForm(thing), form)


@require_POST
@login_required
def revoke(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Take a grant back."""
    rows = DownloadGrant.objects.select_related("track", "release", "person")
    me = request.user.pk
    own = rows.filter(track__owner=me) | rows.filter(release__owner=me)
    row = get_object_or_404(own, pk=grant_id)
    people.revoke(row=row, by=request.user)
    messages.success(request, f"{row.person.name} may no longer keep it.")
    thing: Any = row.track or row.release
    return redirect(f"{'track' if row.track else 'release'}-downloads", thing.slug)


@require_http_methods(["GET", "POST"])
@login_required
def listeners(request: HttpRequest) -> HttpResponse:
    """The list of listeners of whoever is signed in."""
    form = ListenerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.person_called(form.cleaned_data["handle"], request.user)
            note = form.cleaned_data["note"]
            people.list_listener(owner=request.user, person=person, note=note)
            messages.success(request, f"{person.name} is on your list.")
            return redirect("listeners")
        except Problem as refusal:
            form.add_error("handle", refusal.detail)
    found = selectors.listeners_page(request.user, request.GET.get("before", ""))
    context = {"form": form, "listeners": found.rows, "next_url": found.next_url}
    status = 422 if form.errors else 200
    return render(request, "tracks/downloads/listeners.html", context, status=status)


@require_POST
@login_required
def unlist(request: HttpRequest, listener_id: UUID) -> HttpResponse:
    """Take somebody off the list."""
    rows = ListedListener.objects.select_related("person")
    row = get_object_or_404(rows, owner=request.user, pk=listener_id)
    people.unlist_listener(listener=row, by=request.user)
    messages.success(request, f"{row.person.name} is no longer on your list.")
    return redirect("listeners")


def _opened(request: HttpRequest, kind: str, slug: str, key: str) -> Any:
    rows = MODELS[kind].objects
    opened = rows.visible_to(request.user)
    if key:
        opened |= rows.opened_by_token(key, request.user)
    return get_object_or_404(opened.select_related("owner"), slug=slug)


def _own(request: HttpRequest, kind: str, slug: str) -> Any:
    rows = MODELS[kind].objects.filter(owner=request.user).select_related("owner")
    if kind == "track":
        rows = selectors.with_sound(rows)
    return get_object_or_404(rows, slug=slug)
