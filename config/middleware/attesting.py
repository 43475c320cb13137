"""What a request says of the pieces that it opens to others (`tracks.attesting`)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.lib.client import client_address
from tracks.attesting import API, PAGE, Word, said

READING = {"GET", "HEAD", "OPTIONS"}


class AttestingMiddleware:
    """Whoever sends a form of ours has the sentence before their eyes; a program says it itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING:
            return self.get_response(request)
        is_program = request.path.startswith(f"{settings.NEXUS_PREFIX}/api/")
        way = API if is_program else PAGE
        with said(Word(way, client_address(request), given=None if is_program else True)):
            return self.get_response(request)
