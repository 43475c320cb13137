"""The site's addresses, and the empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as of_the_site


def empty(_request: HttpRequest) -> HttpResponse:
    """Answer with next to nothing."""
    return HttpResponse(b"ok")


urlpatterns = [path("empty/", empty), *of_the_site]
