"""The second factor of a person, when it comes and when it was lost."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from config.lib import sockets
from media_pipeline.sealing import services as sealing
from social.models import User


@transaction.atomic
def end_other_sessions(*, person: User, request: HttpRequest) -> None:
    """Sign somebody out everywhere but here: what came in by a password alone ends.

    So every session of somebody with a second factor has shown it, and the person tells.
    """
    _end_sessions(person)
    person.refresh_from_db(fields=["sessions_ended"])
    update_session_auth_hash(request, person)


@transaction.atomic
def reset(*, person: User, by: User, reason: str) -> bool:
    """Forget a lost second factor and its recovery codes, and sign the person out everywhere.

    They come in by their password, and enrol anew before they act as staff. Who did it and why goes
    into the sealed log. Tells whether there was one.
    """
    if not Authenticator.objects.filter(user=person).delete()[0]:
        return False
    _end_sessions(person)
    seal("factor.reset", person, by, reason=reason)
    return True


def seal(kind: str, person: User, by: User, **data: object) -> None:
    """Write down what became of a second factor."""
    subject = f"{person._meta.label_lower}:{person.pk}"
    sealing.append(kind=kind, actor=by.pk, subject=subject, **data)


def _end_sessions(person: User) -> None:
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    transaction.on_commit(lambda: sockets.look_at_account(person.pk))
