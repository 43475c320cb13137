"""What follows when the machine announces something. A sweep makes up for what is lost."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from config.lib import sockets
from media_pipeline.models import Asset
from media_pipeline.signals import asset_ready
from social.notes.services import carry_over
from social.signoff import services as signoff
from tracks.models import Track, TrackVersion
from tracks.signals import primary_chosen, version_shown


@receiver(asset_ready)
def bring_notes_over(sender: Any, asset: Asset, **_rest: Any) -> None:
    """Let the notes of the version before come over to one that can be heard now."""
    carry_over.expect(asset_id=asset.pk)


@receiver(primary_chosen)
def ask_again(sender: Any, track: Track, by: Any, **_rest: Any) -> None:
    """Ask those who sign the track off to listen once more."""
    signoff.ask_again(track=track, by=by)


@receiver(version_shown)
def let_notes_go_on(sender: Any, version: TrackVersion, **_rest: Any) -> None:
    """Let what was written on a version that was hidden reach the later ones."""
    carry_over.due_after(version=version)


@receiver(user_logged_out)
def hang_up(sender: Any, request: HttpRequest | None, **_rest: Any) -> None:
    """Close the sockets of every page of this session; it is about to be deleted."""
    session = getattr(request, "session", None)
    sockets.end_session(getattr(session, "session_key", None))


@receiver([password_changed, password_reset, password_set])
def look_again(sender: Any, user: Any, **_rest: Any) -> None:
    """Close the sockets of sessions that the password before had opened."""
    transaction.on_commit(lambda: sockets.look_at_account(user.pk))
