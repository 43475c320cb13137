"""Saying something else on a page of the site's own: a new version; what stood there stays."""

from django.db import transaction

from config.lib import kept_pages
from config.lib.problems import Problem
from media_pipeline.events.services import PUBLIC, subject_of, tell
from media_pipeline.locks import lock
from media_pipeline.sealing import services as sealing
from moderation.events import PAGE_CHANGED
from moderation.models import PageText
from moderation.models.page_text import TEXT_CHARS
from moderation.pages.selectors import GAP, SHOWN, newest
from social.models import User


@transaction.atomic
def publish(*, page: str, words: str, by: User, after: int) -> PageText:
    """Let a page say this from now on. `after` is the number of the version it was written from.

    Raises Problem `not-an-editor`, `words-missing`, `words-too-long`, `gaps-left`,
    `changed-meanwhile`, `nothing-new`.
    """
    if not by.has_perm("moderation.add_pagetext"):
        raise Problem("not-an-editor", "Only editors change these pages.", status=403)
    lock(f"page-text:{page}")
    words = checked(page=page, words=words, after=after)
    made: PageText = PageText.objects.create(page=page, number=after + 1, words=words, by=by)
    subject = subject_of(made)
    sealing.append(kind="page.changed", actor=by.pk, subject=subject, page=page, number=made.number)
    tell(PAGE_CHANGED, of=made, by=by.pk, audience=PUBLIC)
    kept_pages.forget(SHOWN)
    return made


def checked(*, page: str, words: str, after: int) -> str:
    """Return the words as they would stand there. Raises Problem as `publish` does."""
    words = words.replace("\r\n", "\n").strip()
    if not words:
        raise Problem("words-missing", "Write something first.", field="words")
    if len(words) > TEXT_CHARS:
        sentence = f"Say it in at most {TEXT_CHARS} characters."
        raise Problem("words-too-long", sentence, field="words")
    if GAP in words:
        sentence = f"Put your own words where “{GAP}…]” stands."
        raise Problem("gaps-left", sentence, field="words")
    last = newest(page)
    if (last.number if last else 0) != after:
        sentence = "Somebody has changed this page meanwhile. Open it again and look at it first."
        raise Problem("changed-meanwhile", sentence, status=409, field="words")
    if last and last.words == words:
        raise Problem("nothing-new", "This is what the page says already.", field="words")
    return words
