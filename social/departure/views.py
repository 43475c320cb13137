"""Deleting one's account, and keeping it after all."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.problems import Problem
from social.departure import presenters
from social.departure.forms import DepartureForm
from social.departure.services import asking
from social.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def departure(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; after one's own name and a fresh proof, begin."""
    person = _person(request)
    form = DepartureForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(person=person, by=person)
            return redirect("departure")
        except Problem as refusal:
            form.add_error(None, refusal.detail)
    context = {"form": form, "leaves_at": person.leaves_at, **presenters.fates()}
    status = 422 if form.errors else 200
    return render(request, "social/departure/departure.html", context, status=status)


@require_POST
@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    person = _person(request)
    if asking.keep(person=person, by=person):
        messages.success(request, "Your account stays. Everything is open again as it was.")
    return redirect("me")


def _person(request: HttpRequest) -> User:
    found: User = User.objects.get(pk=request.user.pk)
    return found
