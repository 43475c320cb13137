"""Whose account a name belongs to, and from where it leads there."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from config.lib import kept_pages
from config.lib.lines import one_line
from config.lib.problems import Problem
from media_pipeline.events.services import MODERATORS, OWNER, tell
from tracks.access import Person
from tracks.events import NAME_CLAIM_DECIDED, NAME_CLAIMED
from tracks.keys_of_words import key_of
from tracks.models import Credit, Name, NameClaim
from tracks.models.credit import NAME_MAX
from tracks.parties import Question, require_no_party
from tracks.visibility.services.closing import draw_anew

WORDS_MAX = 500
RIGHT = "tracks.view_nameclaim"  # by which staff see what waits


@transaction.atomic
def claim(*, name: Name, by: Person, words: str = "") -> NameClaim:
    """Ask for a name to lead to one's account.

    Granted at once where it stands on nothing but one's own music; else a moderator decides. Asking
    again while one waits changes nothing. Raises Problem: `name-taken`, `words-too-long`.
    """
    row = Name.objects.select_for_update().get(pk=name.pk)
    said = one_line(words)
    if len(said) > WORDS_MAX:
        raise Problem("words-too-long", f"Say it in up to {WORDS_MAX} letters.")
    if row.account_id:
        sentence = "This name is yours already." if row.account_id == by.pk else TAKEN
        raise Problem("name-taken", sentence, status=409)
    made, is_new = NameClaim.objects.get_or_create(
        name=row, person=by, state=NameClaim.State.ASKED, defaults={"words": said}
    )
    if is_new:
        tell(NAME_CLAIMED, of=made, by=by.pk, audience=MODERATORS, person=by.pk)
    if _is_only_on_music_of(row, by):
        return decide(claim=made, by=by, is_theirs=True)
    return made


TAKEN = "Somebody else has this name. Write to the site’s people if that is not right."


@transaction.atomic
def decide(*, claim: NameClaim, by: Person, is_theirs: bool) -> NameClaim:
    """Grant or refuse a claim; one that was decided stays as it is.

    A granted one ends the others' for the name. `by` is a moderator; a person's own claim is
    granted by `claim` alone, and whoever asks for the same name is a party. Raises Problem:
    `may-not-decide`, and as `parties.require_no_party` does.
    """
    row = NameClaim.objects.select_for_update().select_related("name").get(pk=claim.pk)
    own = row.person_id == by.pk and _is_only_on_music_of(row.name, by)
    if not (by.acts_as_staff or own):
        raise Problem("may-not-decide", "Moderators decide this.", status=403)
    if row.state != NameClaim.State.ASKED:
        return row
    if not own:
        require_no_party(by, Question(row, _askers(row.name), RIGHT))
    if is_theirs:
        taken = Name.objects.filter(pk=row.name_id, account=None)
        is_theirs = bool(taken.update(account=row.person_id))
    row.state = NameClaim.State.GRANTED if is_theirs else NameClaim.State.REFUSED
    row.decided_by, row.decided_at = by, timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    tell(NAME_CLAIM_DECIDED, of=row, by=by.pk, audience=OWNER, person=row.person_id)
    if is_theirs:
        _draw_anew(row.name)
        kept_pages.forget(f"person:{row.person_id}")
        others = NameClaim.objects.filter(name=row.name_id, state=NameClaim.State.ASKED)
        for other in others.order_by("pk"):
            _refuse(other, by)
    return row


def _askers(name: Name) -> dict[Any, datetime]:
    """Return who asks for a name, and since when."""
    asked = NameClaim.objects.filter(name=name, state=NameClaim.State.ASKED)
    return dict(asked.values_list("person_id", "created_at"))


def _refuse(claim: NameClaim, by: Person) -> None:
    claim.state, claim.decided_at = NameClaim.State.REFUSED, timezone.now()
    claim.decided_by = by
    claim.save(update_fields=["state", "decided_by", "decided_at"])
    tell(NAME_CLAIM_DECIDED, of=claim, by=by.pk, audience=OWNER, person=claim.person_id)


@transaction.atomic
def give_up(*, name: Name, by: Person) -> None:
    """Let a name lead to no account any more: whose it is says so, or a moderator."""
    if name.account_id != by.pk and not by.acts_as_staff:
        raise Problem("not-yours", "This name is not yours.", status=403)
    if name.account_id:
        kept_pages.forget(f"person:{name.account_id}")
    Name.objects.filter(pk=name.pk).update(account=None)
    _draw_anew(name)


@transaction.atomic
def rename(*, name: Name, text: str, by: Person) -> None:
    """Write one's own name another way: another case, other accents. Raises Problem."""
    if name.account_id != by.pk:
        raise Problem("not-yours", "This name is not yours.", status=403)
    line = one_line(text)
    if key_of(line) != name.key or len(line) > NAME_MAX:
        raise Problem("another-name", f"This is another name than “{name.name}”.")
    Name.objects.filter(pk=name.pk).update(name=line)
    _draw_anew(name)


@transaction.atomic
def set_link(*, credit: Credit, is_linked: bool, by: Person) -> None:
    """Take the link to one's account off a credit, or put it there again. Raises Problem."""
    if credit.name.account_id != by.pk:
        raise Problem("not-yours", "This is not your name.", status=403)
    Credit.objects.filter(pk=credit.pk).update(is_unlinked=not is_linked)
    _draw_anew(credit.name)
    if credit.track_id:
        draw_anew([credit.track_id])
    else:
        kept_pages.forget(f"list:{credit.release_id}")


def _is_only_on_music_of(name: Name, person: Person) -> bool:
    """Tell whether a name stands somewhere, and nowhere but on this person's own music."""
    own = Q(track__owner_id=person.pk) | Q(release__owner_id=person.pk)
    credits = Credit.objects.filter(name=name)
    return credits.filter(own).exists() and not credits.exclude(own).exists()


def _draw_anew(name: Name) -> None:
    kept_pages.forget(f"name:{name.slug}")
