"""Finding tracks by words: in their titles, in what is said about them, in their artists' names."""

import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorExact
from django.db.models import F, Func, Q, TextField, Value

from tracks import hidden_words

CONFIG = "simple"  # names and titles are of every language: no stems, no stop words
WORDS_MAX = 8
WORD_CHARACTERS = 60
WORD = re.compile(r"\w+")

# What stands in words and parts them, too: “Let's” is found as “lets”, “AC/DC” as “acdc” and “dc”.
MARKS = "'’‘ʼ`´.,;:!?/&+*@#\"“”„«»()_-‐–—"


def _vector(*columns: str) -> SearchVector:
    """Return the words of these columns twice: parted by the marks in them, and without those."""
    apart = [_replaced(name, " ") for name in columns]
    return SearchVector(*apart, *(_replaced(name, "") for name in columns), config=CONFIG)


def _replaced(column: str, mark: str) -> Func:
    """Return the text of a column with each mark replaced."""
    words = (Value(MARKS), Value(mark * len(MARKS)))
    return Func(F(column), *words, function="TRANSLATE", output_field=TextField())


# Each is the expression of an index: written another way it would not be used.
OF_TRACK = _vector("title", "description_md")
OF_TITLE = _vector("title")  # no index: only of what another has found
OF_PERSON = _vector("display_name", "handle")
OF_NAME = _vector("name", "key")
OF_TAG = _vector("name", "key")
WITHOUT_MARKS = str.maketrans("", "", MARKS)


def words_of(text: str) -> list[str]:
    """Return the words looked for, in small letters: the first eight, each of its first letters.

    Marks in words do not matter, and blanks part them.
    """
    bare = text.lower().translate(WITHOUT_MARKS)
    return [word[:WORD_CHARACTERS] for word in WORD.findall(bare)[:WORDS_MAX]]


def matching_by(vector: SearchVector, text: str) -> Q:
    """Return the Q of rows in whose words every word begins some word; none for no words."""
    found = Q() if words_of(text) else Q(pk__in=[])
    for word in words_of(text):
        query = SearchQuery(f"'{word}':*", search_type="raw", config=CONFIG)
        found &= Q(SearchVectorExact(vector, query))
    return found


def matching(text: str) -> Q:
    """Return the Q of tracks in which every word begins some word; none for no words."""
    words, tracks = words_of(text), apps.get_model("tracks.Track").objects.order_by()
    found = Q() if words else Q(pk__in=[])
    for word in words:
        query = SearchQuery(f"'{word}':*", search_type="raw", config=CONFIG)
        people = get_user_model().objects.filter(SearchVectorExact(OF_PERSON, query))
        # A union of two searches, each by its own index: an OR across tables reads every row.
        said = tracks.filter(SearchVectorExact(OF_TRACK, query))
        if unread := hidden_words.hidden(hidden_words.WORDS):
            said = said.filter(~unread | Q(SearchVectorExact(OF_TITLE, query)))
        made = tracks.filter(owner__in=people.values("pk")).values("pk")
        tags = apps.get_model("tracks.Tag").objects.filter(SearchVectorExact(OF_TAG, query))
        tagged = tracks.filter(
            track_tags__state="accepted", track_tags__tag__in=tags.values("pk")
        ).values("pk")
        names = apps.get_model("tracks.Name").objects.filter(SearchVectorExact(OF_NAME, query))
        under = tracks.filter(credits__role="artist", credits__name__in=names.values("pk"))
        found &= Q(pk__in=said.values("pk").union(made, tagged, under.values("pk")))
    return found
