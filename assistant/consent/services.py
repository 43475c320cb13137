"""What an owner says: where a piece may be read by a machine, and by which providers."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from assistant.consent.registry import providers as known_providers
from assistant.consent.selectors import Choice, choice_of
from assistant.events import CONSENT_CHANGED
from assistant.models import Consent, ProviderConsent
from assistant.models.consent import Mining, Where
from config.lib.problems import Problem
from media_pipeline.events.services import OWNER, tell
from tracks.access import Person
from tracks.models import Track
from tracks.visibility.services.closing import draw_anew

Callback = Callable[[UUID, str], object]

_narrowed: list[Callback] = []


def on_narrowed(callback: Callback) -> Callback:
    """Have `callback(track_id, where)` called where a piece may be read nowhere from now on.

    It runs in the transaction of that word, and takes away what machines have made of the piece.
    """
    _narrowed.append(callback)
    return callback


@transaction.atomic
def say(
    *,
    track: Track,
    by: Person,
    where: str | None = None,
    providers: Collection[str] | None = None,
    mining: str | None = None,
) -> Choice:
    """Say where one's own piece may be read, and whether mining it is reserved.

    `where` is a `Where`, or empty for what the site says; None leaves it, as with all three.
    `providers` are those that may read it: who is not among them any more may not from now on, and
    the log keeps both. Raises Problem: `not-the-owner`, `not-found`, `where-unknown`,
    `mining-unknown`, `provider-unknown`, `provider-missing`.
    """
    if track.owner_id != by.pk:
        raise Problem("not-the-owner", "Only its owner says who may read a piece.", status=403)
    row = Track.objects.locked(track.pk)
    before = choice_of(row.pk)
    said = before.said if where is None else where
    mined = before.mining_said if mining is None else mining
    named = _named(said, before.providers if providers is None else providers, before)
    if mined not in {"", *Mining.values}:
        raise Problem("mining-unknown", "Say reserved, open, or nothing.", field="mining")
    if (said, mined, named) == (before.said, before.mining_said, set(before.providers)):
        return before
    words = {"where": said, "mining": mined, "set_by_id": by.pk, "set_at": Now()}
    Consent.objects.update_or_create(track_id=row.pk, defaults=words)
    _write_down(row, by, named, set(before.providers))
    after = choice_of(row.pk)
    if after.where == Where.NOWHERE:
        for callback in _narrowed:
            callback(row.pk, after.where)
    if after.is_reserved != before.is_reserved:
        draw_anew([row.pk])
    tell(CONSENT_CHANGED, of=row, by=by.pk, audience=OWNER)
    return after


def _named(said: str, providers: Collection[str], before: Choice) -> set[str]:
    """Return who may read it. Raises Problem."""
    if said not in {"", *Where.values}:
        sentence = f"Say one of {', '.join(Where.values)}, or nothing."
        raise Problem("where-unknown", sentence, field="where")
    if said != Where.PROVIDERS:
        return set()
    named = set(providers)
    if unknown := sorted(named - set(known_providers()) - set(before.providers)):
        sentence = "This site knows no such provider: it asks none by that name."
        raise Problem("provider-unknown", sentence, field="providers", names=unknown)
    if not named:
        sentence = "Name the providers that may read it, or choose “On this server”."
        raise Problem("provider-missing", sentence, field="providers")
    return named


def _write_down(track: Track, by: Person, named: set[str], before: set[str]) -> None:
    gone = ProviderConsent.objects.filter(track=track, withdrawn_at=None)
    gone.filter(provider__in=before - named).update(withdrawn_at=Now())
    ProviderConsent.objects.bulk_create(
        ProviderConsent(track=track, provider=name, given_by_id=by.pk)
        for name in sorted(named - before)
    )
