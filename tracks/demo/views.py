"""Filling an empty site."""

from django.contrib import messages
from django.contrib.auth.decorators import user_passes_test
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracks.demo import services as demonstration


@require_POST
@user_passes_test(lambda user: getattr(user, "acts_as_staff", False), login_url="account_login")
def demo_fill(request: HttpRequest) -> HttpResponse:
    """Let the administrator of an empty site fill it."""
    demonstration.begin()
    messages.success(request, "The first pieces are on their way. They appear here one by one.")
    return redirect("home")
