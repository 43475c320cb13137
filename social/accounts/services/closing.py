"""What ends with an account that is closed, whoever closed it and however."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from config.lib import sockets
from media_pipeline.uploads.services.sweep import end_uploads
from social.models import User
from tracks import access


@access.touched_by_denial
def _end_uploads_and_sockets(person: User) -> None:
    if not User.objects.filter(pk=person.pk).visible_to(AnonymousUser()).exists():
        end_uploads(owner=person)  # one who is let in again goes on with theirs
    transaction.on_commit(lambda: sockets.look_at_account(person.pk))


@transaction.atomic
def shut(*, person: User) -> None:
    """End what a closed account has handed out and holds, beyond what each request asks anew.

    Signed addresses of their music, and of what was open to them and not to everybody; addresses
    to which their uploads send. Sessions and API tokens are refused by the account's own state, and
    their tracks, lists and review links by the denial of `social.accounts.rules`. What upper apps
    have, they register (`tracks.access.touched_by_denial`).
    """
    access.denial_changed(person)
