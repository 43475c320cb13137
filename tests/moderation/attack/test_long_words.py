"""Reasons as long as there may be go all the way to whom they are for; longer ones are refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache

from config.lib.problems import Problem
from moderation.appeals import services as appeals
from moderation.cases import services as cases
from moderation.decisions import services
from moderation.mutes import services as mutes
from moderation.strikes import services as strikes
from moderation.talks import services as talks
from social.models import User
from tests.factories.moderation import REASONS, decide, make_report, moderator
from tests.factories.social import UserFactory
from tests.factories.tracks import PublicTrackFactory
from tests.jobs import do_jobs
from tracks.models import Track

pytestmark = pytest.mark.django_db
LONGEST = "𝄞" * 4000  # four bytes each, and twelve as JSON writes them for old programs


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def acts(track: Track, words: str) -> dict[str, Callable[[User], object]]:
    """Return each act in which moderators write, on a piece that is hidden and appealed."""
    report = make_report(track, reporter=UserFactory.create())
    made = decide(track, "hide", case=report.case)
    appeal = appeals.appeal(decision=made, text="It quotes.")
    strike = strikes.give(decision=made, by=moderator())
    said: Any = replace(REASONS, facts=words, redress=words[:1000], clause=words[:300])
    case = report.case
    return {
        "decide": lambda by: decide(track, "remove", by=by, case=case, statement=said),
        "undo": lambda by: services.restore(decision=made, by=by, facts=words),
        "uphold": lambda by: appeals.uphold(appeal=appeal, by=by, words=words),
        "grant": lambda by: appeals.grant(appeal=appeal, by=by, words=words),
        "note": lambda by: cases.write(case=case, by=by, words=words),
        "talk": lambda by: talks.write(case=case, by=by, words=words),
        "warn": lambda by: mutes.warn(report=report, by=by, facts=words),
        "withdraw": lambda by: strikes.withdraw(strike=strike, by=by, why=words[3000:]),
    }


ACTS = ["decide", "undo", "uphold", "grant", "note", "talk", "warn", "withdraw"]
LETTERS = {"decide", "undo", "uphold", "grant", "talk", "warn"}


@pytest.mark.parametrize("act", ACTS)
def test_the_longest_reasons_reach_whom_they_are_for(act: str) -> None:
    every = acts(PublicTrackFactory.create(), LONGEST)
    assert set(every) == set(ACTS)
    do_jobs()
    mail.outbox.clear()
    every[act](moderator())
    do_jobs()
    read = [str(letter.body) for letter in mail.outbox]
    assert any(LONGEST in words for words in read) is (act in LETTERS)


@pytest.mark.parametrize("act", ACTS)
def test_what_is_longer_is_refused_with_a_sentence(act: str) -> None:
    every = acts(PublicTrackFactory.create(), LONGEST + "y")
    with pytest.raises(Problem, match=r"at most \d000 characters") as refused:
        every[act](moderator())
    assert refused.value.type == "words-too-long"
