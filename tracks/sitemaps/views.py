"""The doors of search engines: what everybody may find, kept as other pages for all are."""

from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from config.lib.headers import is_reserved
from config.lib.page_cache import cacheable, shows
from config.lib.urls import address_of
from tracks.sitemaps import formats, selectors

TYPE = "application/xml; charset=utf-8"
# Where a program finds nothing to read: forms, what is one's own, and lists by every word.
CLOSED = (
    "accounts/",
    "admin/",
    "api/",
    "decisions/",
    "embed/",
    "m/",
    "me/",
    "my/",
    "report/",
    "search/",
    "upload/",
)


@require_safe
@cacheable(people=False)
def index(request: HttpRequest) -> HttpResponse:
    """Where all sitemaps are."""
    shows("latest")
    root = request.build_absolute_uri("/")
    places = [
        urljoin(root, reverse("sitemap-slice", args=[kind, *ends]))
        for kind in selectors.KINDS
        for ends in selectors.slices_of(kind)
    ]
    return HttpResponse(formats.index(places), content_type=TYPE)


@require_safe
@cacheable(people=False)
def sitemap(request: HttpRequest, kind: str, after: UUID, until: UUID) -> HttpResponse:
    """The pages of one slice."""
    shows("latest")
    root = request.build_absolute_uri("/")
    found = selectors.slice_of(kind, after, until)
    pages = [(urljoin(root, place.path), place.changed) for place in found]
    return HttpResponse(formats.sitemap(pages), content_type=TYPE)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What programs need not read, and where the sitemaps are."""
    place = request.build_absolute_uri(address_of("sitemap"))
    closed = [f"{settings.NEXUS_PREFIX}/{path}" for path in CLOSED]
    refused = settings.NEXUS_CRAWLERS_REFUSED if is_reserved() else []
    text = formats.robots(place, closed, refused)
    headers = {"Cache-Control": "public, max-age=3600"}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
