"""Hearing what a decision has closed: of the original, by who judges the case, written down."""

from uuid import UUID

from config.lib import limits
from config.lib.problems import Problem
from media_pipeline import ffmpeg
from media_pipeline.processing.services.excerpts import excerpt_of
from media_pipeline.steps.errors import Refused
from moderation import things
from moderation.cases import rules as bench
from moderation.cases.services import seal
from moderation.custody import rules as custody
from moderation.hearing.selectors import passages_of
from moderation.models import Case
from social.models import User
from tracks.models import TrackVersion

LASTS_MS = 30_000


def hear(*, case: Case, by: User, version: UUID, at_ms: int) -> bytes:
    """Return 30 seconds of a version's original as MP3, from there.

    Only of what a decision in force closes; who heard which seconds goes into the sealed log. What
    is kept apart is heard by whoever may open that. Raises Problem as `require_decider`,
    `may-not-open`, `not-closed`, `too-many`, `not-here`, `cannot-be-heard`, `behind-the-end`.
    """
    bench.require_decider(by, case)
    if case.custodies.held().exists() and not custody.may_open(by):
        sentence = "It is kept apart: you do not have the right to open it."
        raise Problem("may-not-open", sentence, status=403)
    row = things.find(case.target, case.target_id)
    of = {one.version.pk: one.version for one in passages_of(case, row)}
    if version not in of:
        sentence = "No decision closes this now: hear it on its page."
        raise Problem("not-closed", sentence, status=409)
    limits.spend("hearing", by.pk)
    sound = _excerpt(of[version], at_ms)
    if not sound:
        raise Problem("behind-the-end", "It is over before that.", field="at")
    seal("original.heard", case, by, version=str(version), at_ms=at_ms, ms=LASTS_MS)
    return sound


def _excerpt(version: TrackVersion, at_ms: int) -> bytes:
    try:
        return excerpt_of(version.media.asset, at_ms=at_ms, ms=LASTS_MS)
    except FileNotFoundError as error:
        sentence = "The original is not in the storage any more."
        raise Problem("not-here", sentence, status=409) from error
    except (Refused, ffmpeg.ProcessFailed, TimeoutError) as error:
        sentence = "These seconds could not be read from the original. Try again."
        raise Problem("cannot-be-heard", sentence, status=409) from error
