"""What an artist gives to the press, and their pictures."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config.lib.markdown import to_html
from config.lib.page_cache import cacheable, concerns, shows
from media_pipeline.delivery import covers
from media_pipeline.storage import get_storage
from social.accounts import selectors
from social.models import ArtistPage, ArtistPicture
from social.profiles import presenters
from tracks.access import undenied_thing
from tracks.hidden_words import shown

A_MINUTE = "public, max-age=60"  # it never changes, and may be hidden


@require_safe
@cacheable()
def press(request: HttpRequest, handle: str) -> HttpResponse:
    """A short text, pictures to take, and the releases."""
    person = selectors.person(handle.lower(), request.user)
    if person is None:
        raise Http404
    shows(f"person:{person.pk}")
    concerns(request, person.pk)
    page = getattr(person, "artist_page", None) or ArtistPage(user=person)
    own = person == request.user
    if not (page.shows_press or own):
        raise Http404
    context = {
        "artist": person,
        "page": page,
        "own": own,
        "text": to_html(shown(page.press_md, person, request.user)),
        "pictures": presenters.press_pictures(person),
        "releases": presenters.one("release", person, request.user, ""),
    }
    return render(request, "social/profiles/press.html", context)


@require_safe
def picture(request: HttpRequest, handle: str, picture_id: UUID) -> HttpResponse:
    """One picture, in full size or small; for the press only while that page is open."""
    person = selectors.person(handle.lower(), request.user)
    rows = ArtistPicture.objects.select_related("asset__artwork", "user__artist_page")
    found: Any = get_object_or_404(rows, pk=picture_id, user=person)
    if not rows.filter(undenied_thing("picture", request.user), pk=found.pk).exists():
        return covers.blank(request)
    is_open = found.is_header or found.user.artist_page.shows_press
    if not (is_open or person == request.user):
        raise Http404
    artwork = found.asset.artwork
    key = artwork.thumb_key if request.GET.get("size") == "small" else artwork.full_key
    response = HttpResponse(get_storage().read(key), content_type="image/jpeg")
    response["Cache-Control"] = A_MINUTE if is_open else "private, no-store"
    if request.GET.get("take"):
        name = f"{found.user.handle}-{found.pk.hex[-8:]}.jpg"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
