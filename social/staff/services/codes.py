"""Asking for a code before a form does its work, and letting it do its work after that."""

from allauth.account.internal.flows.reauthentication import stash_and_reauthenticate
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import deserialize_request, serialize_request
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse

from config.lib.admin import asks_for_code
from social.staff.rules import is_fresh


@asks_for_code
def require_code(request: HttpRequest) -> None:
    """Ask for a code before this form goes on; what was sent is kept, and done afterwards.

    Raises ImmediateHttpResponse, which allauth's middleware answers. (Its own way to suspend a
    request forgets a form whose address has a query.)
    """
    if is_fresh(request):
        return
    stash_and_reauthenticate(request, serialize_request(request), f"{__name__}.go_on")
    raise ImmediateHttpResponse(HttpResponseRedirect(reverse("mfa_reauthenticate")))


def go_on(request: HttpRequest, state: str) -> HttpResponse:
    """Do what was sent before the code was asked for, and answer as its page does."""
    sent = deserialize_request(state, request)
    match = resolve(sent.path_info)
    answer: HttpResponse = match.func(sent, *match.args, **match.kwargs)
    return answer
