"""Signing a track off, from its own page."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from config.lib.problems import Problem
from social.models import User
from social.signoff import services as signoff
from social.signoff.forms import SignOffForm
from social.signoff.selectors import signable_by
from social.signoff.services import Seen
from tracks.models import Track

SAID = {
    "signed": "Signed.",
    "declined": "The artist hears what should change.",
    "withdrawn": "Your word is taken back.",
    "advanced": "On to the next stage.",
    "returned": "Sent back.",
}


@require_POST
@login_required
def sign_off(request: HttpRequest, slug: str) -> HttpResponse:
    """Write one act, then show where the track stands."""
    track = get_object_or_404(signable_by(request.user), slug=slug)
    form = SignOffForm(request.POST)
    try:
        if not form.is_valid():
            raise Problem("invalid-input", form.sentence)
        _act(track, request.user, form)
        messages.success(request, SAID[form.cleaned_data["act"]])
    except Problem as refusal:
        messages.error(request, refusal.detail)
    return redirect(track.get_absolute_url() + "#sign-off")


def _act(track: Track, by: object, form: SignOffForm) -> None:
    if not isinstance(by, User):
        raise TypeError("Only for who is signed in.")
    given = form.cleaned_data
    version: UUID | None = given["version"]
    seen = Seen(given["stage"], version)
    match given["act"]:
        case "signed":
            signoff.sign(track=track, by=by, seen=seen)
        case "declined":
            signoff.decline(track=track, by=by, seen=seen, note=given["note"])
        case "withdrawn":
            signoff.withdraw(track=track, by=by, seen=seen)
        case "advanced":
            signoff.advance(track=track, by=by, seen=seen)
        case "returned":
            to, note = given["to"], given["note"]
            signoff.send_back(track=track, by=by, seen=seen, stage=to, note=note)
