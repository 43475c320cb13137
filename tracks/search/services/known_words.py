"""Words of titles and names, kept for whoever mistypes them."""

from collections.abc import Iterable

from django.db import connection, transaction

from media_pipeline.locks import lock
from tracks.models import KnownWord
from tracks.search import words
from tracks.search.registry import Entry

BATCH = 500
LOCK = "search:documents"  # of whoever makes documents
UNUSED = """
SELECT word FROM unnest(%s::text[], %s::text[]) AS known (word, query)
WHERE NOT EXISTS (SELECT 1 FROM tracks_document WHERE words @@ query::tsquery)
"""


def learn(entries: Iterable[Entry]) -> None:
    """Keep the words of titles and names for whoever mistypes them."""
    texts = (text for entry in entries for text in (entry.title, *entry.makers, *entry.beside))
    found = {part for text in texts for chunk in words.chunks(text) for part in chunk}
    _keep_words(sorted(found))


def _keep_words(found: Iterable[str]) -> None:
    long = (word for word in found if len(word) >= words.TYPO_LETTERS - 1)
    rows = [KnownWord(word=word, variants=words.variants_of(word)) for word in long]
    KnownWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


def learn_all() -> None:
    """Keep the words of all titles and names there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM ts_stat('SELECT names FROM tracks_document')")
        known = sorted(word for (word,) in cursor.fetchall())
    _keep_words(known)


def unlearn() -> None:
    """Forget the words that stand in no document any more: some were somebody's name."""
    after = ""
    while True:
        batch = KnownWord.objects.filter(word__gt=after).order_by("word")
        known = list(batch.values_list("word", flat=True)[:BATCH])
        if not known:
            return
        _forget_unused(known)
        after = known[-1]


@transaction.atomic
def _forget_unused(known: list[str]) -> None:
    lock(LOCK)  # a document that has one of them may be in the making
    with connection.cursor() as cursor:
        cursor.execute(UNUSED, [known, [words.quoted(word) for word in known]])
        unused = [word for (word,) in cursor.fetchall()]
    KnownWord.objects.filter(word__in=unused).delete()
