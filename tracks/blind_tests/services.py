"""Blind tests: hidden X is one of two versions, and somebody says which.

The procedure is ABX (W. A. Munson and M. B. Gardner, "Standardizing auditory tests", JASA 22, 1950;
D. Clark, "High-resolution subjective testing using a double-blind comparator", JAES 30, 1982). X is
drawn anew for each trial, by a generator nobody can foresee, and named after the answer only.
"""

import secrets
from datetime import timedelta
from fractions import Fraction
from math import comb

from django.db import transaction
from django.utils import timezone

from config.lib.limits import spend
from config.lib.lines import one_line
from config.lib.problems import Problem
from tracks.access import User
from tracks.models import BlindTest, TrackVersion

TRIALS_MAX = 200
SIDES = ("a", "b")
UNUSED_AFTER = timedelta(days=1)


def p_value(correct: int, trials: int) -> float:
    """Return how likely a guesser gets at least so many right: Σ_{k≥c} C(n,k) / 2ⁿ.

    The exact one-sided binomial test (NIST/SEMATECH e-Handbook, section 1.3.6.6.18); 1 for no
    trial at all.
    """
    ways = sum(comb(trials, right) for right in range(correct, trials + 1))
    return float(Fraction(ways, 2**trials))


@transaction.atomic
def begin(*, version_a: TrackVersion, version_b: TrackVersion, by: User, address: str) -> BlindTest:
    """Begin a test of two versions of one piece; its first trial is drawn.

    Who has no account is counted by `address`, or one script could fill a piece's results.
    Raises Problem `same-version`, `other-track`, `not-playable`, `too-many`.
    """
    if version_a.pk == version_b.pk:
        raise Problem("same-version", "Choose two different versions.")
    if version_a.track_id != version_b.track_id:
        raise Problem("other-track", "Both versions must be of the same piece.")
    if not (version_a.media.asset.playable and version_b.media.asset.playable):
        raise Problem("not-playable", "One of them cannot be played yet.", status=409)
    if not by.is_authenticated:
        spend("anonymous-by-address", address)
        spend("anonymous-on-track", version_a.track_id)
    old = timezone.now() - UNUSED_AFTER
    BlindTest.objects.filter(track=version_a.track_id, trials=0, created_at__lt=old).delete()
    return BlindTest.objects.create(
        track_id=version_a.track_id,
        version_a=version_a,
        version_b=version_b,
        listener_id=by.pk if by.is_authenticated else None,
        hidden=[secrets.choice(SIDES)],
    )


@transaction.atomic
def answer(*, test: BlindTest, trial: int, said: str) -> BlindTest:
    """Note what X of a trial was taken for, and draw the next one; returns the row as it is now.

    The same answer sent again changes nothing. Raises Problem `test-over`, `trial-over`.
    """
    spend("blind-test", test.pk)
    row = BlindTest.objects.select_for_update().get(pk=test.pk)
    if trial == row.trials - 1 and row.answers[trial] == said:
        return row
    if row.finished_at or row.trials >= TRIALS_MAX:
        raise Problem("test-over", "This test is finished. Begin another one.", status=409)
    if trial != row.trials:
        raise Problem("trial-over", "This trial was answered already.", status=409)
    row.answers.append(said)
    row.trials += 1
    row.correct += row.hidden[trial] == said
    row.p_value = p_value(row.correct, row.trials)
    if row.trials < TRIALS_MAX:
        row.hidden.append(secrets.choice(SIDES))
    row.save(update_fields=["answers", "trials", "correct", "p_value", "hidden"])
    return row


@transaction.atomic
def finish(*, test: BlindTest, name: str = "") -> BlindTest:
    """End the test; a guest may leave a name. Finished once, it stays as it is.

    Raises Problem `no-answers`.
    """
    row = BlindTest.objects.select_for_update().get(pk=test.pk)
    if row.finished_at:
        return row
    if not row.trials:
        raise Problem("no-answers", "Answer at least once, then there is a result.", status=409)
    row.finished_at = timezone.now()
    row.hidden = row.hidden[: row.trials]
    row.listener_name = "" if row.listener_id else one_line(name)
    row.save(update_fields=["finished_at", "hidden", "listener_name"])
    return row
