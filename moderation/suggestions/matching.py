"""The two ways of looking that come with the site: watched words, and links of newcomers."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from config.lib import origins
from moderation.models import Reason, WatchedWord
from moderation.suggestions import rules
from moderation.suggestions.registry import Found, Suggester, Written, register

WATCHED_MOST = 2000  # phrases


def watched(written: Written) -> Iterator[Found]:
    """Find the words that moderators watch for."""
    rows = WatchedWord.objects.filter(is_active=True).order_by("pk")[:WATCHED_MOST]
    phrases = {tuple(rules.folded(row.phrase)): row for row in rows}
    for place, text in written.texts.items():
        for phrase in sorted(rules.found_in(text, phrases)):
            row = phrases[phrase]
            yield Found(row.reason, f"Watched: “{row.phrase}” in the {place}")


def of_newcomers(written: Written) -> Iterator[Found]:
    """Find links to elsewhere in what an account writes in its first days."""
    person, days = written.person, settings.NEXUS_NEWCOMER_LINK_DAYS
    if person is None or person.date_joined < timezone.now() - timedelta(days=days):
        return
    own = urlsplit(origins.home()).hostname or ""
    for place, text in written.texts.items():
        if hosts := rules.outside_hosts(text, own):
            yield Found(Reason.SPAM, f"New here, and links to {', '.join(hosts)} in the {place}")


def register_all() -> None:
    """Let both look."""
    register(Suggester("watched-words", "watched words", watched))
    register(Suggester("newcomers-links", "links of newcomers", of_newcomers))
